"""How each kind of thing in the outbox is said to a registry, and what its arrival changes here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from portal.cases import linking
from portal.cases.models import CaseLink, Kind, OutboxItem
from portal.cases.registries import CaseRegistry
from portal.cases.registries.care import NewWord
from portal.cases.registries.facts import (
    Applicant,
    NewAnswer,
    NewCase,
    NewDocument,
    NewEnquiry,
    NewNote,
    PersonLink,
)
from portal.core import uploads

Payload = Mapping[str, Any]
Arrive = Callable[[CaseLink], None]


def send(item: OutboxItem, payload: Payload, registry: CaseRegistry) -> Arrive:
    """Say it to the registry; returns what to do here now that it has arrived. No table of ours is touched before."""
    return _SENDERS[Kind(item.kind)](item, payload, registry)


def _nothing_more(link: CaseLink) -> None:
    """The next reading of the case shows it."""


def _open_case(item: OutboxItem, payload: Payload, registry: CaseRegistry) -> Arrive:
    link = item.link
    state = registry.open_case(
        NewCase(
            key=item.key,
            person=PersonLink(link.person_link),
            applicant=Applicant(**payload["applicant"]),
            service=link.service,
            title=payload["title"],
            submitted_at=link.submitted_at,
            clock=link.clock,
            promised_until=link.promised_until,
            legal_until=link.legal_until,
            office=payload["office"],
            is_demo=link.is_demo,
        )
    )
    linking.check(state, person=link.person_link)

    def arrive(link: CaseLink) -> None:
        link.external_id = state.id
        link.save(update_fields=["external_id"])
        linking.keep_state(link, state)

    return arrive


def _note(item: OutboxItem, payload: Payload, registry: CaseRegistry) -> Arrive:
    note = NewNote(item.key, PersonLink(item.link.person_link), payload["text"], payload["author"])
    registry.add_note(item.link.external_id, note)
    return _nothing_more


def _document(item: OutboxItem, payload: Payload, registry: CaseRegistry) -> Arrive:
    path = uploads.folder() / payload["kept_name"]
    registry.add_document(
        item.link.external_id, NewDocument(item.key, PersonLink(item.link.person_link), payload["name"], path)
    )
    if registry.is_here:
        return _nothing_more
    return lambda link: path.unlink(missing_ok=True)


def _answer(item: OutboxItem, payload: Payload, registry: CaseRegistry) -> Arrive:
    answer = NewAnswer(item.key, PersonLink(item.link.person_link), payload["enquiry"], payload["text"])
    registry.answer_request(item.link.external_id, answer)
    return _nothing_more


def _enquiry(item: OutboxItem, payload: Payload, registry: CaseRegistry) -> Arrive:
    link = item.link
    at, until = dt.datetime.fromisoformat(payload["at"]), payload["until"]
    person, day = PersonLink(link.person_link), dt.date.fromisoformat(until) if until else None
    registry.ask_person(link.external_id, NewEnquiry(item.key, person, payload["text"], at, day))
    return _nothing_more


def _withdrawal(item: OutboxItem, payload: Payload, registry: CaseRegistry) -> Arrive:
    link = item.link
    registry.withdraw(link.external_id, person=PersonLink(link.person_link), key=item.key)
    return _nothing_more


def _visit(item: OutboxItem, payload: Payload, registry: CaseRegistry) -> Arrive:
    link = item.link
    registry.confirm_visit(link.external_id, NewWord(item.key, PersonLink(link.person_link), **payload))
    return _nothing_more


_SENDERS: dict[Kind, Callable[[OutboxItem, Payload, CaseRegistry], Arrive]] = {
    Kind.OPEN_CASE: _open_case,
    Kind.NOTE: _note,
    Kind.DOCUMENT: _document,
    Kind.ANSWER: _answer,
    Kind.WITHDRAWAL: _withdrawal,
    Kind.ENQUIRY: _enquiry,
    Kind.VISIT: _visit,
}
