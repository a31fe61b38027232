"""The environment: one table of what may be set, with types, defaults and hints.

Every variable the product reads stands in `TABLE`; nothing else reads `os.environ`.
A wrong value stops the start with one sentence that says what to write instead.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from portal.project.reading import dotted_or, hours, listed, one_of, pairs, positive, url, whole, yes_no


class WrongValue(ImproperlyConfigured):
    """A variable holds something that can't be used; the text says what may stand there."""


@dataclass(frozen=True)
class Variable:
    """One row: name, how its text is read, the default as text, and a line for people."""

    name: str
    read: Callable[[str], Any]
    default: str
    about: str


TABLE: tuple[Variable, ...] = (
    Variable(
        "PROFILE",
        one_of("embedded", "production"),
        "embedded",
        "embedded: one process, secrets made by itself, demonstration accounts; "
        "production: HTTPS only, every secret given, no demonstration accounts.",
    ),
    Variable(
        "DEBUG",
        yes_no,
        "no",
        "Django's debug pages. Never on a machine others can reach.",
    ),
    Variable(
        "DATA_DIR",
        str,
        "var",
        "Folder where all state lives: database, index, uploads, mail, secrets.",
    ),
    Variable("HOST", str, "127.0.0.1", "Address the embedded server listens on."),
    Variable("PORT", whole, "8000", "Port the embedded server listens on."),
    Variable(
        "SITE_URL",
        url("http", "https"),
        "",
        "The public address of the site, as people type it.",
    ),
    Variable(
        "SECRET_KEY",
        str,
        "",
        "Signs sessions and links. Embedded: made once and kept in DATA_DIR.",
    ),
    Variable(
        "FIELD_KEYS",
        listed,
        "",
        "Keys for encrypted fields, comma separated: the first encrypts, all decrypt. Embedded: made once.",
    ),
    Variable(
        "ALLOWED_HOSTS",
        listed,
        "localhost,127.0.0.1,[::1]",
        "Host names the site answers to.",
    ),
    Variable(
        "DATABASE_URL",
        url("sqlite", "postgres", "postgresql"),
        "",
        "sqlite:///file or postgres://user:password@host:port/name. Empty: SQLite in DATA_DIR.",
    ),
    Variable(
        "SEARCH_ENGINE",
        dotted_or("embedded", "elasticsearch", "dummy"),
        "embedded",
        "Who searches.",
    ),
    Variable(
        "ELASTICSEARCH_URL",
        url("http", "https"),
        "",
        "Needed with SEARCH_ENGINE=elasticsearch.",
    ),
    Variable(
        "CHANNEL_LAYER",
        one_of("memory", "redis"),
        "memory",
        "What wakes open conversations.",
    ),
    Variable(
        "REDIS_URL",
        url("redis", "rediss", "unix"),
        "",
        "Needed with CHANNEL_LAYER=redis; then also caches.",
    ),
    Variable(
        "CASE_REGISTRY",
        dotted_or("reference", "zgw", "dummy"),
        "reference",
        "Which case registry is linked.",
    ),
    Variable(
        "ZGW_URL",
        url("http", "https"),
        "",
        "Needed with CASE_REGISTRY=zgw: what stands before /zaken/api/v1 in the registry’s addresses.",
    ),
    Variable("ZGW_CLIENT_ID", str, "", "Needed with CASE_REGISTRY=zgw: the application the registry knows us as."),
    Variable("ZGW_SECRET", str, "", "Needed with CASE_REGISTRY=zgw: signs our requests."),
    Variable("ZGW_RSIN", str, "000000000", "Number of the organisation the cases belong to, nine digits."),
    Variable(
        "ZGW_CASE_TYPE",
        str,
        "PORTAL-001",
        "Case type of services that have none of their own (one whose identificatie is the service’s code).",
    ),
    Variable(
        "ZGW_WAITING_STATUS",
        str,
        "",
        "Name of the status type in which a case waits for the person. Empty: residents can’t answer here.",
    ),
    Variable(
        "ZGW_RESULTS",
        pairs("granted", "refused", "withdrawn"),
        "Toegekend=granted,Afgewezen=refused,Ingetrokken=withdrawn",
        "What each result type means: granted, refused or withdrawn.",
    ),
    Variable(
        "OIDC_ISSUER",
        url("http", "https"),
        "",
        "Address of the identity provider residents sign in at. Empty: “my case” opens by receipt only.",
    ),
    Variable("OIDC_CLIENT_ID", str, "", "Needed with OIDC_ISSUER: the name the provider knows us by."),
    Variable("OIDC_SECRET", str, "", "Proves to the provider that it is us."),
    Variable("OIDC_SCOPE", str, "openid profile", "What we ask the provider to tell."),
    Variable(
        "OIDC_CLAIMS",
        pairs("code", "name", "given", "family", "level"),
        "personal_code=code,given_name=given,family_name=family,acr=level",
        "What each claim means: code, name (or given and family) and level.",
    ),
    Variable("OIDC_LEVELS", listed, "", "Levels that prove enough, commas between. Empty: every level."),
    Variable("LOOKS_AN_HOUR", positive, "20", "How many cases a colleague may open within an hour before it is odd."),
    Variable(
        "LOOKS_ALONE_A_DAY",
        positive,
        "5",
        "How often a day a consultant may open a case for a caller without a conversation before it is odd.",
    ),
    Variable(
        "LOOKS_HOURS", hours, "7-20", "Hours in which cases are opened; outside them, and on days off, it is odd."
    ),
    Variable("VISIT_LATE_MINUTES", positive, "30", "How many minutes after its hour a visit of the registry is late."),
    Variable(
        "VISIT_SHORT_PERCENT",
        positive,
        "50",
        "A service by the hour is too short below this part of its minutes, in per cent.",
    ),
    Variable("VISIT_ABSENT_DAYS", positive, "7", "After how many days without a visit the head of department is told."),
    Variable(
        "LAW_PROFILE",
        one_of("lt", "ru-442"),
        "lt",
        "lt: people are served as a public task; ru-442: no programme without a consent on paper, revocable.",
    ),
    Variable(
        "KEEP_MONEY_YEARS", positive, "10", "How long acts and the visits behind them are kept after the last one."
    ),
    Variable("KEEP_FILE_YEARS", positive, "5", "How long a case and its file are kept after it was decided or ended."),
    Variable(
        "TASK_BACKEND",
        one_of("database", "immediate"),
        "database",
        "Who does background work.",
    ),
    Variable(
        "STAFF_MFA",
        one_of("", "off", "required"),
        "",
        "Second factor for staff. Empty: required in production.",
    ),
    Variable(
        "EMAIL_URL",
        url("smtp", "smtps", "file", "memory"),
        "",
        "smtp://user:password@host:port. Empty: DATA_DIR/mail.",
    ),
    Variable("EMAIL_FROM", str, "Parama <parama@localhost>", "Sender of the site's letters."),
    Variable(
        "MAILBOX_URL",
        url("imaps", "imap"),
        "",
        "imaps://user:password@host/folder: letters there become consultations. Empty: no mailbox is read.",
    ),
    Variable(
        "MAILBOX_ADDRESS",
        str,
        "",
        "The address people write to. Empty: the user of MAILBOX_URL, when that is an address.",
    ),
    Variable(
        "SMS_URL",
        url("http", "https"),
        "",
        "https://user:token@gateway/path of a short-message gateway. Empty: files in DATA_DIR/sms.",
    ),
    Variable(
        "CTI_SECRET",
        str,
        "",
        "Shared with the telephone exchange, signs its notices of calls. Empty: no notices are taken.",
    ),
    Variable(
        "CLAMAV_SOCKET",
        str,
        "",
        "Virus scanner; when set, no upload is seen before it is clean.",
    ),
    Variable(
        "PROXIES",
        whole,
        "0",
        "How many proxies of yours stand in front (for the visitor's address).",
    ),
    Variable(
        "OPEN_DATA_LICENCE",
        url("http", "https"),
        "",
        "Address of the licence the open data are given under. Empty: none was set, and the data say so.",
    ),
    Variable("PAGE_CACHE", yes_no, "yes", "Keep anonymous public pages ready for a minute."),
    Variable(
        "LOG_LEVEL",
        one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        "INFO",
        "How much is written to the log.",
    ),
)


class Environment:
    """The table read once. `env["PORT"]` gives the typed value; unknown names are a programmer's error."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._values: dict[str, Any] = {row.name: self._value(row, given) for row in TABLE}
        self._check_together()

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    @property
    def production(self) -> bool:
        return bool(self["PROFILE"] == "production")

    @property
    def data_dir(self) -> Path:
        return Path(self["DATA_DIR"]).resolve()

    def secret(self, name: str) -> str:
        """The value of a secret; in the embedded profile made once and kept in DATA_DIR/secrets (0600)."""
        given: Any = self[name]
        if given:
            return ",".join(given) if isinstance(given, list) else str(given)
        if self.production:
            raise WrongValue(
                f"{name} is empty: give one, e.g. from `python -c 'import secrets; print(secrets.token_urlsafe(50))'`."
            )
        return _kept_secret(self.data_dir / "secrets" / name.lower())

    @staticmethod
    def _value(row: Variable, given: Mapping[str, str]) -> Any:
        text = given.get(row.name, row.default).strip()
        try:
            return row.read(text)
        except ValueError as wrong:
            raise WrongValue(f"{row.name}={text!r} can't be used: {wrong}.") from wrong

    def _check_together(self) -> None:
        needs = (
            ("SEARCH_ENGINE", "elasticsearch", "ELASTICSEARCH_URL"),
            ("CHANNEL_LAYER", "redis", "REDIS_URL"),
            ("CASE_REGISTRY", "zgw", "ZGW_URL"),
            ("CASE_REGISTRY", "zgw", "ZGW_CLIENT_ID"),
            ("CASE_REGISTRY", "zgw", "ZGW_SECRET"),
        )
        if self["OIDC_ISSUER"] and not self["OIDC_CLIENT_ID"]:
            raise WrongValue("OIDC_ISSUER needs OIDC_CLIENT_ID: write it there.")
        if self.production and self["OIDC_ISSUER"].startswith("http://"):
            raise WrongValue("OIDC_ISSUER must begin with https:// when PROFILE=production.")
        for name, word, needed in needs:
            if self[name] == word and not self[needed]:
                raise WrongValue(f"{name}={word} needs {needed}: write it there.")
        if self.production and self["DEBUG"]:
            raise WrongValue("DEBUG=yes is refused with PROFILE=production: leave DEBUG out.")


def _kept_secret(path: Path) -> str:
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process of the same start was faster
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        secret = secrets.token_urlsafe(50)
        file.write(secret)
    return secret
