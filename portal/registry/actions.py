"""What can be done with a case: open it, move it on, write into it, ask the person, decide.

Everything that comes from another system carries that system's key: the same key twice is the same deed once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.core import audit, clock, uploads
from portal.registry.law import restricting
from portal.registry.models import (
    Case,
    CaseDocument,
    CaseNote,
    Clock,
    Contact,
    Enquiry,
    Post,
    Recipient,
    Status,
    StatusChange,
)
from portal.registry.models.case import DECIDED, NEXT
from portal.registry.models.people import code_index


class IllegalChange(ValueError):
    """A case in this status can't become that; the text names both."""


class NoDecision(ValueError):
    """A decision is either "granted" or "refused"."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, as far as is known."""

    name: str
    code: str = ""
    phone: str = ""
    email: str = ""
    language: str = "lt"


@dataclass(frozen=True, slots=True)
class Terms:
    """By when, as given by whoever opens the case."""

    promised_until: dt.date | None = None
    legal_until: dt.date | None = None
    clock: str = Clock.CALENDAR


@transaction.atomic
def open_case(
    *,
    person: Person,
    handle: str,
    service_code: str,
    title: str,
    by: Post | None,
    submitted_at: dt.datetime | None = None,
    terms: Terms | None = None,
    department: str = "",
    outer_key: str | None = None,
    is_demo: bool = False,
) -> Case:
    """A new case with its number; the same `outer_key` gives the case that is there."""
    known = Case.objects.filter(outer_key=outer_key).first() if outer_key else None
    if known is not None:
        return known
    terms = terms or Terms()
    now = clock.now()
    case = Case.objects.create(
        recipient=_recipient(person, department, is_demo=is_demo),
        person_handle=handle,
        outer_key=outer_key,
        service_code=service_code,
        title=title,
        department=department,
        submitted_at=submitted_at or now,
        clock=terms.clock,
        promised_until=terms.promised_until,
        legal_until=terms.legal_until,
        changed_at=now,
        is_demo=is_demo,
    )
    case.number = f"SP-{case.submitted_at.year}-{case.pk:06d}"
    case.save(update_fields=["number"])
    StatusChange.objects.create(case=case, status=Status.NEW, at=case.submitted_at, by=by)
    audit.record("registry.case_opened", case, by=_actor(by), service=service_code)
    return case


@transaction.atomic
def change_status(case: Case, status: str, *, by: Post | None, note: str = "") -> StatusChange:
    """Move a case on; `note` is what the person is told. Raises IllegalChange."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if status not in NEXT[case.status]:
        raise IllegalChange(f"{case.status} can't become {status}")
    before, case.status = case.status, status
    case.decided_on = clock.today() if status in DECIDED else None
    if by is not None and case.worker_id is None:
        case.worker = by
    _save(case, ["status", "decided_on", "worker"])
    change = StatusChange.objects.create(case=case, status=status, at=clock.now(), by=by, note=note.strip())
    audit.record("registry.status_changed", case, by=_actor(by), before=before, after=status)
    return change


@transaction.atomic
def decide(case: Case, outcome: str, *, by: Post, note: str) -> StatusChange:
    """Grant or refuse; `note` says why, in words the person can act on. Raises NoDecision, IllegalChange."""
    if outcome not in DECIDED or not note.strip():
        raise NoDecision("a decision is granted or refused, and says why")
    return change_status(case, outcome, by=by, note=note)


@transaction.atomic
def ask_person(
    case: Case, text: str, *, by: Post | None, until: dt.date | None, outer_key: str | None = None
) -> Enquiry:
    """Ask the person for something; the case waits for them until it comes. Raises IllegalChange.

    The same `outer_key` gives the enquiry that is there.
    """
    known = Enquiry.objects.filter(outer_key=outer_key).first() if outer_key else None
    if known is not None:
        return known
    case.refresh_from_db(fields=["status"])
    if case.status != Status.WAITING_PERSON:
        change_status(case, Status.WAITING_PERSON, by=by, note=text)
    enquiry = Enquiry.objects.create(
        case=case, at=clock.now(), by=by, text=text.strip(), until=until, outer_key=outer_key
    )
    _touch(case)
    audit.record("registry.person_asked", case, by=_actor(by))
    return enquiry


@transaction.atomic
def record_answer(enquiry: Enquiry, text: str, *, by: Post | None = None, outer_key: str | None = None) -> Enquiry:
    """What came back. When nothing else is awaited the case is worked on again; a second answer changes nothing."""
    enquiry = Enquiry.objects.select_for_update().select_related("case").get(pk=enquiry.pk)
    if enquiry.answered_at is not None:
        return enquiry
    enquiry.answered_at, enquiry.answer = clock.now(), text.strip()
    enquiry.outer_key = enquiry.outer_key or outer_key
    enquiry.save(update_fields=["answered_at", "answer", "outer_key"])
    case = enquiry.case
    if case.status == Status.WAITING_PERSON and not case.enquiries.filter(answered_at__isnull=True).exists():
        change_status(case, Status.WORKING, by=by)
    else:
        _touch(case)
    audit.record("registry.person_answered", case, by=_actor(by))
    return enquiry


@transaction.atomic
def add_note(
    case: Case, text: str, *, author: str, by: Post | None, for_person: bool = False, outer_key: str | None = None
) -> CaseNote:
    """Write into the file; the same `outer_key` gives the note that is there."""
    known = CaseNote.objects.filter(outer_key=outer_key).first() if outer_key else None
    if known is not None:
        return known
    note = CaseNote.objects.create(
        case=case,
        at=clock.now(),
        by=by,
        author=author[:80],
        text=text.strip(),
        for_person=for_person,
        outer_key=outer_key,
    )
    _touch(case)
    audit.record("registry.note_added", case, by=_actor(by), for_person=for_person)
    return note


@transaction.atomic
def add_document(
    case: Case, path: Path, *, name: str, by: Post | None, from_person: bool = True, outer_key: str | None = None
) -> CaseDocument:
    """Put a paper from the upload folder into the file; the same `outer_key` gives the one that is there."""
    known = CaseDocument.objects.filter(outer_key=outer_key).first() if outer_key else None
    if known is not None:
        return known
    document = CaseDocument.objects.create(
        case=case,
        at=clock.now(),
        name=name[:200],
        kept_name=path.name,
        size=(uploads.folder() / path.name).stat().st_size,
        from_person=from_person,
        outer_key=outer_key,
    )
    _touch(case)
    audit.record("registry.document_added", case, by=_actor(by), from_person=from_person)
    return document


@transaction.atomic
def record_contact(case: Case, summary: str, *, channel: str, by: Post | None) -> Contact:
    """A call, letter or visit about the case."""
    contact = Contact.objects.create(case=case, at=clock.now(), by=by, channel=channel, summary=summary.strip())
    _touch(case)
    audit.record("registry.contact_recorded", case, by=_actor(by), channel=channel)
    return contact


@transaction.atomic
def withdraw(case: Case, *, by: Post | None, note: str = "") -> Case:
    """The person no longer wants it; once withdrawn it stays so. Raises IllegalChange when it was decided."""
    case.refresh_from_db()
    if case.status != Status.WITHDRAWN:
        change_status(case, Status.WITHDRAWN, by=by, note=note)
        case.refresh_from_db()
    return case


def _recipient(person: Person, department: str, *, is_demo: bool) -> Recipient:
    """The recipient with this personal code, else a new one; what is newly known about them is added."""
    index = code_index(person.code)
    known = Recipient.objects.filter(code_index=index).first() if index else None
    facts: dict[str, Any] = {"name": person.name, "phone": person.phone, "email": person.email}
    facts = {name: value for name, value in facts.items() if value}
    if known is None:
        known = Recipient(department=department, is_demo=is_demo)
        if person.code:
            known.set_code(person.code)
    if known.pk and restricting.standing(known) is not None:
        return known  # what was told anew stands in the request; the record itself is not changed
    known.language = person.language
    for name, value in facts.items():
        setattr(known, name, value)
    known.save()
    return known


def _touch(case: Case) -> None:
    _save(case, [])


def _save(case: Case, fields: Iterable[str]) -> None:
    case.changed_at = clock.now()
    case.save(update_fields=[*fields, "changed_at"])


def _actor(post: Post | None) -> Any:
    return post.user if post is not None else audit.SYSTEM
