"""What the telephone exchange says, and whether it was the exchange that said it. See docs/cti.md."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_datetime

from chat import numbers
from portal.core import clock
from portal.core.languages import DEFAULT, LANGUAGES

BIGGEST = 8 * 1024  # bytes
OLDEST = dt.timedelta(minutes=5)


class Forged(Exception):
    """The signature is missing, wrong or too old."""


class Unreadable(ValueError):
    """It is signed, but no notice; the text is a word of a fixed list."""


class Kind(enum.StrEnum):
    RINGING = "ringing"
    ANSWERED = "answered"
    MISSED = "missed"
    ABANDONED = "abandoned"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that happened to one call. `number` is empty when it is withheld."""

    key: str
    call: str
    kind: Kind
    at: dt.datetime
    number: str = ""
    extension: str = ""
    language: str = DEFAULT


def signature(body: bytes, *, at: int, secret: str) -> str:
    """What stands in the header `Parama-Signature`."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def check(body: bytes, header: str) -> None:
    """Raises Forged."""
    at = header.partition(",")[0].removeprefix("t=")
    if not settings.CTI_SECRET or not at.isascii() or not at.isdigit() or len(at) > 12:
        raise Forged
    if abs(clock.now().timestamp() - int(at)) > OLDEST.total_seconds():
        raise Forged
    if not hmac.compare_digest(signature(body, at=int(at), secret=settings.CTI_SECRET), header):
        raise Forged


def read(body: bytes) -> Notice:
    """Raises Unreadable."""
    try:
        said = json.loads(body)
        kind, at = Kind(said["kind"]), parse_datetime(str(said["at"]))
    except (ValueError, KeyError, TypeError, RecursionError) as nonsense:
        raise Unreadable("garbled") from nonsense
    if at is None or at.tzinfo is None:
        raise Unreadable("at")
    key, call = _word(said, "id"), _word(said, "call")
    if not key or not call:
        raise Unreadable("garbled")
    language = _word(said, "language")
    return Notice(
        key=key,
        call=call,
        kind=kind,
        at=min(at, clock.now()),  # an exchange whose clock is ahead does not make people wait in the future
        number=_number(_word(said, "number")),
        extension=_word(said, "extension")[:20],
        language=language if language in LANGUAGES else DEFAULT,
    )


def _word(said: dict[str, Any], name: str) -> str:
    value = said.get(name, "")
    return value.strip()[:80] if isinstance(value, str) else ""


def _number(typed: str) -> str:
    """A number that can't be rung (withheld, an extension) counts as none."""
    try:
        return numbers.read(typed)
    except numbers.NoNumber:
        return ""
