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
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class WrongValue(ImproperlyConfigured):
    """A variable holds something that can't be used; the text says what may stand there."""


@dataclass(frozen=True)
class Variable:
    """One row: name, how its text is read, the default as text, and a line for people."""

    name: str
    read: Callable[[str], Any]
    default: str
    about: str


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"write one of: {', '.join(word for word in words if word)}")
        return text

    return read


def _yes_no(text: str) -> bool:
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
    }
    words |= {"off": False, "": False}
    if text.lower() not in words:
        raise ValueError("write yes or no")
    return words[text.lower()]


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError("write a whole number, 1 or more")
    return int(text)


def _hours(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    if not (first.isdecimal() and last.isdecimal() and int(first) < int(last) <= 24):
        raise ValueError("write the first and the last hour, like 7-20")
    return int(first), int(last)


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _url(*schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text and urlsplit(text).scheme not in schemes:
            raise ValueError(f"write an address that begins with {' or '.join(s + '://' for s in schemes)}")
        return text

    return read


def _dotted_or(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words and "." not in text:
            raise ValueError(f"write one of: {', '.join(words)}, or the dotted path of a class")
        return text

    return read


def _pairs(*meanings: str) -> Callable[[str], dict[str, str]]:
    def read(text: str) -> dict[str, str]:
        pairs = dict(part.rpartition("=")[::2] for part in _list(text))
        if not all(name.strip() and meaning.strip() in meanings for name, meaning in pairs.items()):
            raise ValueError(f"write name=meaning, comma separated; a meaning is one of: {', '.join(meanings)}")
        return {name.strip(): meaning.strip() for name, meaning in pairs.items()}

    return read


def _whole(text: str) -> int:
    if not text.isdigit():
        raise ValueError("write a whole number")
    return int(text)


TABLE: tuple[Variable, ...] = (
    Variable(
        "PROFILE",
        _one_of("embedded", "production"),
        "embedded",
        "embedded: one process, secrets made by itself, demonstration accounts; "
        "production: HTTPS only, every secret given, no demonstration accounts.",
    ),
    Variable(
        "DEBUG",
        _yes_no,
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
    Variable("PORT", _whole, "8000", "Port the embedded server listens on."),
    Variable(
        "SITE_URL",
        _url("http", "https"),
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
        _list,
        "",
        "Keys for encrypted fields, comma separated: the first encrypts, all decrypt. Embedded: made once.",
    ),
    Variable(
        "ALLOWED_HOSTS",
        _list,
        "localhost,127.0.0.1,[::1]",
        "Host names the site answers to.",
    ),
    Variable(
        "DATABASE_URL",
        _url("sqlite", "postgres", "postgresql"),
        "",
        "sqlite:///file or postgres://user:password@host:port/name. Empty: SQLite in DATA_DIR.",
    ),
    Variable(
        "SEARCH_ENGINE",
        _dotted_or("embedded", "elasticsearch", "dummy"),
        "embedded",
        "Who searches.",
    ),
    Variable(
        "ELASTICSEARCH_URL",
        _url("http", "https"),
        "",
        "Needed with SEARCH_ENGINE=elasticsearch.",
    ),
    Variable(
        "CHANNEL_LAYER",
        _one_of("memory", "redis"),
        "memory",
        "What wakes open conversations.",
    ),
    Variable(
        "REDIS_URL",
        _url("redis", "rediss", "unix"),
        "",
        "Needed with CHANNEL_LAYER=redis; then also caches.",
    ),
    Variable(
        "CASE_REGISTRY",
        _dotted_or("reference", "zgw", "dummy"),
        "reference",
        "Which case registry is linked.",
    ),
    Variable(
        "ZGW_URL",
        _url("http", "https"),
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
        _pairs("granted", "refused", "withdrawn"),
        "Toegekend=granted,Afgewezen=refused,Ingetrokken=withdrawn",
        "What each result type means: granted, refused or withdrawn.",
    ),
    Variable(
        "OIDC_ISSUER",
        _url("http", "https"),
        "",
        "Address of the identity provider residents sign in at. Empty: “my case” opens by receipt only.",
    ),
    Variable("OIDC_CLIENT_ID", str, "", "Needed with OIDC_ISSUER: the name the provider knows us by."),
    Variable("OIDC_SECRET", str, "", "Proves to the provider that it is us."),
    Variable("OIDC_SCOPE", str, "openid profile", "What we ask the provider to tell."),
    Variable(
        "OIDC_CLAIMS",
        _pairs("code", "name", "given", "family", "level"),
        "personal_code=code,given_name=given,family_name=family,acr=level",
        "What each claim means: code, name (or given and family) and level.",
    ),
    Variable("OIDC_LEVELS", _list, "", "Levels that prove enough, commas between. Empty: every level."),
    Variable("LOOKS_AN_HOUR", _positive, "20", "How many cases a colleague may open within an hour before it is odd."),
    Variable(
        "LOOKS_ALONE_A_DAY",
        _positive,
        "5",
        "How often a day a consultant may open a case for a caller without a conversation before it is odd.",
    ),
    Variable(
        "LOOKS_HOURS", _hours, "7-20", "Hours in which cases are opened; outside them, and on days off, it is odd."
    ),
    Variable(
        "TASK_BACKEND",
        _one_of("database", "immediate"),
        "database",
        "Who does background work.",
    ),
    Variable(
        "STAFF_MFA",
        _one_of("", "off", "required"),
        "",
        "Second factor for staff. Empty: required in production.",
    ),
    Variable(
        "EMAIL_URL",
        _url("smtp", "smtps", "file", "memory"),
        "",
        "smtp://user:password@host:port. Empty: DATA_DIR/mail.",
    ),
    Variable("EMAIL_FROM", str, "Parama <parama@localhost>", "Sender of the site's letters."),
    Variable(
        "MAILBOX_URL",
        _url("imaps", "imap"),
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
        _url("http", "https"),
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
        _whole,
        "0",
        "How many proxies of yours stand in front (for the visitor's address).",
    ),
    Variable(
        "OPEN_DATA_LICENCE",
        _url("http", "https"),
        "",
        "Address of the licence the open data are given under. Empty: none was set, and the data say so.",
    ),
    Variable("PAGE_CACHE", _yes_no, "yes", "Keep anonymous public pages ready for a minute."),
    Variable(
        "LOG_LEVEL",
        _one_of("DEBUG", "INFO", "WARNING", "ERROR"),
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


def database(url: str, *, data_dir: Path) -> dict[str, Any]:
    """Django's DATABASES["default"] for a DATABASE_URL.

    SQLite: WAL, write lock taken at the start of a transaction (read-then-write never fails in the middle),
    `synchronous=FULL` because what was acknowledged to a person must survive a power cut.
    PostgreSQL: Django's psycopg pool, for sync views under ASGI leak persistent connections otherwise.
    """
    parts = urlsplit(url or f"sqlite:///{data_dir / 'parama.sqlite3'}")
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:] if parts.path.startswith("//") else parts.path,
            "CONN_MAX_AGE": 0,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;"
                " PRAGMA temp_store=MEMORY;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # a line that a restart of the database broke is not given to anybody
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }


def email(url: str, *, data_dir: Path) -> dict[str, Any]:
    """Django's EMAIL_* settings for an EMAIL_URL; empty: letters are files in DATA_DIR/mail."""
    parts = urlsplit(url or f"file://{data_dir / 'mail'}")
    if parts.scheme == "memory":
        return {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": parts.path,
        }
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in {"localhost", "127.0.0.1"},
    }
