"""What a registry told about a case, kept for the hours when it does not answer: encrypted, with its time."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from portal.cases import keeping_care
from portal.cases.registries.care import Care
from portal.cases.registries.facts import CaseState, Contact, Document, Enquiry, PersonLink, Status, Step
from portal.core.crypto import Unreadable, decrypt, encrypt

NO_CARE = Care()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with what may be shown of its papers and contacts, and the help it led to."""

    state: CaseState
    documents: tuple[Document, ...] = ()
    contacts: tuple[Contact, ...] = ()
    care: Care = NO_CARE

    def with_state(self, state: CaseState) -> CaseFile:
        return replace(self, state=state)


def to_text(file: CaseFile) -> str:
    return encrypt(json.dumps(asdict(file), default=_plain, ensure_ascii=False))


def from_text(text: str) -> CaseFile | None:
    """The file behind `text`; None when there is none, or when it was kept by an older or lost key or form."""
    try:
        facts = json.loads(decrypt(text)) if text else None
        return _file(facts) if facts else None
    except (Unreadable, KeyError, TypeError, ValueError):
        return None


def _plain(value: object) -> str:
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _file(facts: dict[str, Any]) -> CaseFile:
    return CaseFile(
        state=_state(facts["state"]),
        documents=tuple(Document(**one | {"at": _moment(one["at"])}) for one in facts["documents"]),
        contacts=tuple(Contact(**one | {"at": _moment(one["at"])}) for one in facts["contacts"]),
        care=keeping_care.care(facts["care"]) if "care" in facts else NO_CARE,
    )


def _state(facts: dict[str, Any]) -> CaseState:
    return CaseState(
        **facts
        | {
            "person": PersonLink(facts["person"]),
            "status": Status(facts["status"]),
            "submitted_at": _moment(facts["submitted_at"]),
            "changed_at": _moment(facts["changed_at"]),
            "decided_on": _day(facts["decided_on"]),
            "steps": tuple(
                Step(Status(s["status"]), _moment(s["at"]), s["note"], s.get("code", "")) for s in facts["steps"]
            ),
            "enquiries": tuple(_enquiry(one) for one in facts["enquiries"]),
        }
    )


def _enquiry(facts: dict[str, Any]) -> Enquiry:
    answered = facts["answered_at"]
    return Enquiry(
        facts["id"],
        facts["text"],
        _moment(facts["at"]),
        _day(facts["until"]),
        _moment(answered) if answered else None,
    )


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
