"""A record as it was told: opened, its writer's mark checked, read and set to the town's clock.

Inside the seal lies `{"body": text, "mark": HMAC-SHA-256 of that text under the tablet's pen}`. The body is JSON:
`client_id`, `tablet`, `recipient`, `started_at` (ISO, UTC), `by_clock` (the hour came from the tablet's clock and not
from a hand), `written_at` (ISO, by the tablet's clock), `offset` (seconds that the tablet added to its clock then),
`minutes`, `outcome`, `services` [{service, minutes, times}], `note`, `is_emergency`, `confirmation`, `path`, `reason`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.registry.field.sealing import packed
from portal.registry.models import Confirmation, Outcome
from portal.registry.refusals import Refused
from portal.registry.visits.actions import Done, Entry

FORGIVEN = 120  # seconds that a clock may be off before anything is mended
LONGEST_PATH = 6000
PATH = re.compile(r"^(M\d{1,4} \d{1,4}(L\d{1,4} \d{1,4})*)*$")
MOST_SERVICES = 40


class NotByTheWorker(ValueError):
    """The mark does not fit: somebody without the tablet's pen wrote this."""


@dataclass(frozen=True, slots=True)
class Told:
    """A record as it was told. `entry.started_at` is mended by `mended` seconds; `told_at` is what the tablet said."""

    entry: Entry
    told_at: dt.datetime
    written_at: dt.datetime
    mended: int
    confirmation: str
    path: str
    reason: str


def body_of(plain: bytes, pen: bytes) -> dict[str, Any]:
    """The record's body, surely its writer's. Raises NotByTheWorker."""
    try:
        outer = json.loads(plain)
        text, mark = str(outer["body"]), str(outer["mark"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise NotByTheWorker from wrong
    if not hmac.compare_digest(mark_of(text, pen), mark):
        raise NotByTheWorker
    body = json.loads(text)
    return body if isinstance(body, dict) else {}


def mark_of(text: str, pen: bytes) -> str:
    """What a worker's tablet puts under a record."""
    return packed(hmac.new(pen, text.encode(), hashlib.sha256).digest())


def read(body: dict[str, Any], *, client_id: UUID, skew: int) -> Told:
    """The record in a body. `skew`: seconds that the server's clock is before the tablet's, measured at this contact.

    The tablet adds what it measured last to its clock. When the clock was off by something else since, an hour that
    came from it is mended by the difference; an hour that a hand wrote stands. Raises Refused for what can't be read.
    """
    try:
        offset = int(body["offset"])
        told_at, written_at = _moment(body["started_at"]), _moment(body["written_at"])
        missed = skew - offset
        mended = missed if body["by_clock"] is True and abs(missed) > FORGIVEN else 0
        since_written = written_at + dt.timedelta(seconds=skew)
        entry = Entry(
            client_id=client_id,
            recipient=int(body["recipient"]),
            started_at=told_at + dt.timedelta(seconds=mended),
            minutes=int(body["minutes"]),
            services=[_service(one) for one in body["services"][:MOST_SERVICES]],
            outcome=str(body["outcome"]),
            note=str(body.get("note", ""))[:2000],
            is_emergency=body.get("is_emergency") is True,
        )
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
        raise Refused("unreadable", field="minutes") from None
    if entry.outcome not in Outcome.values or str(body["client_id"]) != str(client_id):
        raise Refused("unreadable", field="minutes")
    confirmation, path = str(body.get("confirmation", "")), str(body.get("path", ""))
    if confirmation not in Confirmation.values or len(path) > LONGEST_PATH or not PATH.match(path):
        raise Refused("unreadable", field="minutes")
    return Told(entry, told_at, since_written, mended, confirmation, path, str(body.get("reason", ""))[:200].strip())


def _moment(said: Any) -> dt.datetime:
    moment = dt.datetime.fromisoformat(str(said))
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment.astimezone(dt.UTC).replace(microsecond=0)


def _service(said: Any) -> Done:
    lasted, times = int(said.get("minutes", 0)), int(said.get("times", 1))
    if not (0 <= lasted <= 720 and 1 <= times <= 99):
        raise ValueError("out of bounds")
    return Done(int(said["service"]), minutes=lasted, times=times)
