"""The registry built in, spoken to through the port: the only module outside it that knows its tables."""

from __future__ import annotations

import datetime as dt

from django.db import DatabaseError

from portal.cases.registries import reference_care
from portal.cases.registries.base import Away, CaseRegistry, NotThere, Refused
from portal.cases.registries.care import Act, NewWord, Programme, Visit
from portal.cases.registries.facts import (
    Capability,
    CaseState,
    Changes,
    Contact,
    Document,
    Enquiry,
    File,
    NewAnswer,
    NewCase,
    NewDocument,
    NewEnquiry,
    NewNote,
    PersonLink,
    Status,
    Step,
)
from portal.core import uploads
from portal.registry import actions, models

WORDS = {
    models.Status.NEW: Status.RECEIVED,
    models.Status.WORKING: Status.WORKING,
    models.Status.WAITING_PERSON: Status.WAITING,
    models.Status.GRANTED: Status.GRANTED,
    models.Status.REFUSED: Status.REFUSED,
    models.Status.WITHDRAWN: Status.WITHDRAWN,
}
AT_ONCE = 200
_PARTS = ("status_changes", "enquiries")


class ReferenceRegistry(CaseRegistry):
    """Cases of `portal.registry`. Case ids are its case numbers."""

    is_here = True

    def open_case(self, new: NewCase) -> CaseState:
        who = new.applicant
        case = actions.open_case(
            person=actions.Person(who.name, who.identifier, who.phone, who.email, who.language),
            handle=new.person,
            service_code=new.service,
            title=new.title,
            by=None,
            submitted_at=new.submitted_at,
            terms=actions.Terms(new.promised_until, new.legal_until, new.clock),
            department=new.office,
            outer_key=new.key,
            is_demo=new.is_demo,
        )
        return _state(case)

    def get_case(self, case: str, *, person: PersonLink) -> CaseState:
        return _state(_first(_cases(), case, person))

    def cases_of(self, person: PersonLink) -> tuple[CaseState, ...]:
        return tuple(_state(case) for case in _cases().filter(person_handle=person))

    def add_note(self, case: str, note: NewNote) -> None:
        actions.add_note(self._bare(case, note.person), note.text, author=note.author, by=None, outer_key=note.key)

    def add_document(self, case: str, document: NewDocument) -> Document:
        found = self._bare(case, document.person)
        kept = actions.add_document(found, document.path, name=document.name, by=None, outer_key=document.key)
        return _document(kept, found)

    def documents(self, case: str, *, person: PersonLink) -> tuple[Document, ...]:
        found = self._bare(case, person)
        kept = found.documents.filter(for_person=True)
        return tuple(_document(document, found) for document in kept)

    def open_document(self, document: str, *, person: PersonLink) -> File:
        if not document.isdecimal():
            raise NotThere(document)
        kept = models.CaseDocument.objects.filter(pk=int(document), for_person=True, case__person_handle=person).first()
        if kept is None:
            raise NotThere(document)
        try:
            return File(kept.name, (uploads.folder() / kept.kept_name).read_bytes())
        except OSError as trouble:
            raise Away("the paper is not where it should be") from trouble

    def contacts(self, case: str, *, person: PersonLink) -> tuple[Contact, ...]:
        found = self._bare(case, person)
        told = [
            Contact(f"note-{note.pk}", case, person, note.at, "note", note.text)
            for note in found.notes.filter(for_person=True)
        ]
        told += [
            Contact(f"contact-{one.pk}", case, person, one.at, one.channel, one.summary) for one in found.contacts.all()
        ]
        return tuple(sorted(told, key=lambda contact: contact.at))

    def ask_person(self, case: str, enquiry: NewEnquiry) -> None:
        found = self._bare(case, enquiry.person)
        try:
            actions.ask_person(found, enquiry.text, by=None, until=enquiry.until, outer_key=enquiry.key)
        except actions.IllegalChange as illegal:
            raise Refused(str(illegal)) from illegal

    def answer_request(self, case: str, answer: NewAnswer) -> None:
        found = self._bare(case, answer.person)
        asked = found.enquiries.filter(pk=int(answer.enquiry)).first() if answer.enquiry.isdecimal() else None
        if asked is None:
            raise NotThere(answer.enquiry)
        actions.record_answer(asked, answer.text, outer_key=answer.key)

    def withdraw(self, case: str, *, person: PersonLink, key: str) -> None:
        try:
            actions.withdraw(self._bare(case, person), by=None)
        except actions.IllegalChange as illegal:
            raise Refused(str(illegal)) from illegal

    def programme(self, case: str, *, person: PersonLink) -> Programme | None:
        return reference_care.programme(self._bare(case, person))

    def visits(self, case: str, *, person: PersonLink) -> tuple[Visit, ...]:
        return reference_care.visits(self._bare(case, person))

    def acts(self, case: str, *, person: PersonLink) -> tuple[Act, ...]:
        return reference_care.acts(self._bare(case, person))

    def confirm_visit(self, case: str, word: NewWord) -> None:
        reference_care.hear(self._bare(case, word.person), word)

    def changes(self, since: str) -> Changes:
        changed = _cases().order_by("changed_at", "pk")
        if since:
            changed = changed.filter(changed_at__gte=dt.datetime.fromisoformat(since))
        cases = list(changed[:AT_ONCE])
        cursor = cases[-1].changed_at.isoformat() if cases else since
        return Changes(tuple(_state(case) for case in cases), cursor)

    def check(self) -> str:
        try:
            count = models.Case.objects.count()
        except DatabaseError as trouble:
            raise Away(type(trouble).__name__) from trouble
        return f"{count} cases"

    def capabilities(self) -> frozenset[Capability]:
        return frozenset(Capability) - {Capability.CASE_TYPES}

    @staticmethod
    def _bare(number: str, person: PersonLink) -> models.Case:
        """The case without what lies in it."""
        return _first(models.Case.objects.all(), number, person)


def _first(cases: models.case.CaseQuerySet, number: str, person: PersonLink) -> models.Case:
    case = cases.filter(number=number, person_handle=person).first()
    if case is None:
        raise NotThere(number)
    return case


def _cases() -> models.case.CaseQuerySet:
    return models.Case.objects.select_related("worker__user").prefetch_related(*_PARTS)


def _state(case: models.Case) -> CaseState:
    return CaseState(
        id=case.number or "",
        person=PersonLink(case.person_handle),
        number=case.number or "",
        service=case.service_code,
        title=case.title,
        status=WORDS[models.Status(case.status)],
        submitted_at=case.submitted_at,
        changed_at=case.changed_at,
        decided_on=case.decided_on,
        office=case.department,
        worker=str(case.worker.user) if case.worker else "",
        steps=tuple(
            Step(WORDS[models.Status(change.status)], change.at, change.note) for change in case.status_changes.all()
        ),
        enquiries=tuple(
            Enquiry(str(asked.pk), asked.text, asked.at, asked.until, asked.answered_at)
            for asked in case.enquiries.all()
        ),
    )


def _document(document: models.CaseDocument, case: models.Case) -> Document:
    return Document(
        id=str(document.pk),
        case=case.number or "",
        person=PersonLink(case.person_handle),
        name=document.name,
        at=document.at,
        from_person=document.from_person,
    )
