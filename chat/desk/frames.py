"""The words of the desk's socket: what a desk may say, and how its messages are answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chat import protocol
from chat.actions.errors import NotYours, Refused
from chat.actions.messages import fit
from chat.actions.storing import Draft, Entry, Sent
from chat.models import EventKind
from chat.protocol import read_sequence
from chat.writing import Letter, Outcome
from portal.core.models import User

_KINDS = {"send": EventKind.MESSAGE, "note": EventKind.NOTE}


@dataclass(frozen=True, slots=True)
class Life:
    """A sign of life, and nothing else."""


@dataclass(frozen=True, slots=True)
class Follow:
    """The desk has everything of a conversation up to `since` (of the staff's count) and wants the rest."""

    consultation: str
    since: int


@dataclass(frozen=True, slots=True)
class Leave:
    """Enough of this conversation."""

    consultation: str


@dataclass(frozen=True, slots=True)
class Write:
    """A message to the resident, or a note for colleagues."""

    kind: EventKind
    consultation: str
    client_id: UUID
    text: str


def read(text: str | None) -> Life | Follow | Leave | Write:
    """The frame's meaning; what can't be understood is a sign of life."""
    try:
        said = json.loads(text or "")
        kind, consultation = said["type"], said["consultation"]
        if not isinstance(consultation, str):
            return Life()
        if kind == "follow":
            return Follow(consultation, read_sequence(str(int(said.get("since", 0)))))
        if kind == "leave":
            return Leave(consultation)
        if isinstance(said["text"], str):
            return Write(_KINDS[kind], consultation, UUID(str(said["client_id"])), said["text"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        pass
    return Life()


def refusal(frame: Write, code: str) -> dict[str, Any]:
    return {"consultation": frame.consultation, **protocol.refusal(frame.client_id, code)}


def letter(frame: Write, consultation_id: int, *, by: User, answer: Callable[[dict[str, Any]], None]) -> Letter | None:
    """The message on its way to the writer; None when it was refused at once. `answer` gets the frame that answers."""
    try:
        text = fit(frame.text)
    except Refused as refused:
        answer(refusal(frame, refused.code))
        return None
    language = None if frame.kind == EventKind.MESSAGE else ""
    draft = Draft(frame.kind, by=by, client_id=frame.client_id, text=text, language=language)
    entry = Entry(consultation_id, draft, is_at_desk=True)
    return Letter(entry, "", lambda outcome: answer(_answer(frame, outcome)))


def _answer(frame: Write, outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, Sent):
        staff = {"sequence": outcome.event.staff_sequence, "public_sequence": outcome.event.public_sequence}
        return {"consultation": frame.consultation, **protocol.ack(outcome), **staff}
    return refusal(frame, outcome.code if isinstance(outcome, Refused) else NotYours.code)
