"""The words of the wire: frames, codes of refusals, reasons for closing. Nothing else ever goes out.

Client → server: `hello {since}`, `send {client_id, text}`. Server → client: `events`, `live`, `beat`, `ack`,
`refused`, `bye`. An error is a code from `Code`, never a text: an exception's words in a frame have leaked
other people's sessions elsewhere.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from chat.actions.messages import Sent
from chat.models import Consultation
from chat.transcript import PublicEvent

BIGGEST_SEQUENCE = 2**31 - 1


class Code(enum.StrEnum):
    """Why a message was refused."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    ENDED = "ended"
    CONFLICT = "conflict"
    NOT_YOURS = "not_yours"
    NO_ARTICLE = "no_article"
    GARBLED = "garbled"
    TROUBLE = "trouble"  # ours; trying again helps


# How HTTP says it.
STATUS: dict[str, int] = {
    Code.EMPTY: 422,
    Code.TOO_LONG: 422,
    Code.TOO_MANY: 429,
    Code.ENDED: 409,
    Code.CONFLICT: 409,
    Code.NOT_YOURS: 404,
    Code.NO_ARTICLE: 404,
    Code.GARBLED: 400,
    Code.TROUBLE: 503,
}


class Close(enum.IntEnum):
    """Why a socket was closed."""

    COME_BACK = 1012  # a restart, or the socket is old: reconnect soon
    GARBLED = 4400
    NOT_STAFF = 4403
    NOT_YOURS = 4404
    TOO_MANY_SOCKETS = 4429


@dataclass(frozen=True, slots=True)
class Hello:
    """The client has everything up to `since`."""

    since: int


@dataclass(frozen=True, slots=True)
class Say:
    """A message under the id the client made for it."""

    client_id: UUID
    text: str


class Garbled(ValueError):
    """The frame is not one of ours."""


def read(frame: str | None) -> Hello | Say:
    """The frame's meaning. Raises Garbled, whatever came."""
    try:
        said = json.loads(frame or "")
        if said["type"] == "hello":
            return Hello(read_sequence(str(int(said.get("since", 0)))))
        if said["type"] == "send" and isinstance(said["text"], str):
            return Say(UUID(str(said["client_id"])), said["text"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as nonsense:
        raise Garbled from nonsense
    raise Garbled


def read_sequence(typed: str) -> int:
    """A sequence out of an address or frame; anything else counts as 0: from the beginning."""
    return min(int(typed), BIGGEST_SEQUENCE) if typed.isascii() and typed.isdigit() and len(typed) < 12 else 0


def page_of(consultation: Consultation, events: Sequence[PublicEvent]) -> dict[str, Any]:
    """A piece of the transcript with where the conversation stands."""
    return {
        "type": "events",
        "events": [event.as_frame() for event in events],
        "head": consultation.public_sequence,
        "state": consultation.state,
        **pressing(consultation),
    }


class Pressing(Protocol):
    """A consultation, or where it stands."""

    @property
    def is_urgent(self) -> bool: ...


def pressing(stand: Pressing) -> dict[str, bool]:
    """Somebody may be in danger: the resident's page offers to leave quickly, also when it came without that."""
    return {"urgent": True} if stand.is_urgent else {}


def ack(sent: Sent) -> dict[str, Any]:
    """The message is stored: acknowledged only after the commit."""
    return {
        "type": "ack",
        "client_id": str(sent.event.client_id),
        "sequence": sent.event.public_sequence,
        "at": sent.event.at.isoformat(),
        "duplicate": sent.is_duplicate,
    }


def refusal(client_id: UUID, code: str) -> dict[str, Any]:
    """The message was not stored, and why."""
    return {"type": "refused", "client_id": str(client_id), "code": str(Code(code))}
