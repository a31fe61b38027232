"""A registry that only remembers, for tests and for trying things out: nothing survives the process."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from portal.cases.registries.base import CaseRegistry, NotThere, Refused
from portal.cases.registries.care import Act, NewWord, Programme, Visit, VisitState, Word
from portal.cases.registries.facts import (
    DECIDED,
    ENDED,
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
from portal.core import clock


class DummyRegistry(CaseRegistry):
    """Remembers what it was told. `ask`, `move`, `tell`, `plan`, `visit` and `close_month` play the office."""

    def __init__(self) -> None:
        self._cases: dict[str, CaseState] = {}
        self._keys: dict[str, str] = {}
        self._notes: dict[str, list[NewNote]] = {}
        self._documents: dict[str, Document] = {}
        self._files: dict[str, File] = {}
        self._contacts: dict[str, list[Contact]] = {}
        self._programmes: dict[str, Programme] = {}
        self._visits: dict[str, list[Visit]] = {}
        self._acts: dict[str, list[Act]] = {}

    def open_case(self, new: NewCase) -> CaseState:
        if new.key not in self._keys:
            number = self._keys[new.key] = f"D-{len(self._cases) + 1:04d}"
            self._cases[number] = CaseState(
                id=number,
                person=new.person,
                number=number,
                service=new.service,
                title=new.title,
                status=Status.RECEIVED,
                submitted_at=new.submitted_at,
                changed_at=clock.now(),
                office=new.office,
                steps=(Step(Status.RECEIVED, new.submitted_at),),
            )
        return self._cases[self._keys[new.key]]

    def get_case(self, case: str, *, person: PersonLink) -> CaseState:
        found = self._cases.get(case)
        if found is None or found.person != person:
            raise NotThere(case)
        return found

    def cases_of(self, person: PersonLink) -> tuple[CaseState, ...]:
        mine = [case for case in self._cases.values() if case.person == person]
        return tuple(sorted(mine, key=lambda case: case.submitted_at, reverse=True))

    def add_note(self, case: str, note: NewNote) -> None:
        self.get_case(case, person=note.person)
        if note.key not in self._keys:
            self._keys[note.key] = case
            self._notes.setdefault(case, []).append(note)

    def notes(self, case: str) -> list[NewNote]:
        """What the office reads in the file."""
        return self._notes.get(case, [])

    def add_document(self, case: str, document: NewDocument) -> Document:
        self.get_case(case, person=document.person)
        if document.key not in self._keys:
            number = self._keys[document.key] = f"P-{len(self._documents) + 1}"
            self._documents[number] = Document(number, case, document.person, document.name, clock.now(), True)
            self._files[number] = File(document.name, document.path.read_bytes())
        return self._documents[self._keys[document.key]]

    def documents(self, case: str, *, person: PersonLink) -> tuple[Document, ...]:
        self.get_case(case, person=person)
        return tuple(document for document in self._documents.values() if document.case == case)

    def open_document(self, document: str, *, person: PersonLink) -> File:
        known = self._documents.get(document)
        if known is None or known.person != person:
            raise NotThere(document)
        return self._files[document]

    def contacts(self, case: str, *, person: PersonLink) -> tuple[Contact, ...]:
        self.get_case(case, person=person)
        return tuple(self._contacts.get(case, []))

    def ask_person(self, case: str, enquiry: NewEnquiry) -> None:
        if self.get_case(case, person=enquiry.person).status in ENDED:
            raise Refused("the case has ended")
        if enquiry.key not in self._keys:
            self._keys[enquiry.key] = case
            self.ask(case, enquiry.text, enquiry.until)

    def answer_request(self, case: str, answer: NewAnswer) -> None:
        found = self.get_case(case, person=answer.person)
        if answer.enquiry not in {asked.id for asked in found.enquiries}:
            raise NotThere(answer.enquiry)
        if answer.key in self._keys:
            return
        self._keys[answer.key] = case
        enquiries = tuple(
            replace(asked, answered_at=clock.now()) if asked.id == answer.enquiry else asked
            for asked in found.enquiries
        )
        self._change(replace(found, enquiries=enquiries))
        if all(asked.answered_at for asked in enquiries):
            self.move(case, Status.WORKING)

    def withdraw(self, case: str, *, person: PersonLink, key: str) -> None:
        found = self.get_case(case, person=person)
        if found.status in DECIDED:
            raise Refused("it has been decided")
        if found.status not in ENDED:
            self.move(case, Status.WITHDRAWN)

    def programme(self, case: str, *, person: PersonLink) -> Programme | None:
        self.get_case(case, person=person)
        return self._programmes.get(case)

    def visits(self, case: str, *, person: PersonLink) -> tuple[Visit, ...]:
        self.get_case(case, person=person)
        return tuple(sorted(self._visits.get(case, ()), key=lambda visit: visit.day))

    def acts(self, case: str, *, person: PersonLink) -> tuple[Act, ...]:
        self.get_case(case, person=person)
        return tuple(sorted(self._acts.get(case, ()), key=lambda act: act.month, reverse=True))

    def confirm_visit(self, case: str, word: NewWord) -> None:
        known = next((one for one in self.visits(case, person=word.person) if one.id == word.visit), None)
        if known is None or known.state == VisitState.PLANNED:
            raise NotThere(word.visit)
        if word.key in self._keys:
            return
        if known.word is not None:
            raise Refused("the person has said something else of this visit")
        self._keys[word.key] = case
        said = Word(word.is_confirmed, clock.now(), word.text, word.appeal)
        self._visits[case] = [replace(one, word=said) if one.id == word.visit else one for one in self._visits[case]]

    def changes(self, since: str) -> Changes:
        after = dt.datetime.fromisoformat(since) if since else None
        changed = [case for case in self._cases.values() if after is None or case.changed_at >= after]
        changed.sort(key=lambda case: case.changed_at)
        return Changes(tuple(changed), changed[-1].changed_at.isoformat() if changed else since)

    def check(self) -> str:
        return f"{len(self._cases)} cases"

    def capabilities(self) -> frozenset[Capability]:
        return frozenset(Capability)

    def plan(self, programme: Programme) -> None:
        """The office makes a programme of a case."""
        self._programmes[programme.case] = programme

    def visit(self, visit: Visit) -> None:
        """Somebody has been at the person's home, or is to come."""
        self._visits.setdefault(visit.case, []).append(visit)

    def close_month(self, act: Act) -> None:
        """The office says what was done in a month."""
        self._acts.setdefault(act.case, []).append(act)

    def move(self, case: str, status: Status, note: str = "") -> None:
        """The office moves a case on."""
        found = self._cases[case]
        self._change(
            replace(
                found,
                status=status,
                decided_on=clock.today() if status in DECIDED else None,
                steps=(*found.steps, Step(status, clock.now(), note)),
            )
        )

    def ask(self, case: str, text: str, until: dt.date | None = None) -> str:
        """The office asks the person for something; returns the enquiry's id."""
        found = self._cases[case]
        asked = Enquiry(f"E-{case}-{len(found.enquiries) + 1}", text, clock.now(), until)
        self._change(replace(found, enquiries=(*found.enquiries, asked)))
        self.move(case, Status.WAITING, text)
        return asked.id

    def tell(self, case: str, text: str, channel: str = "note") -> None:
        """The office writes something for the person."""
        told = self._contacts.setdefault(case, [])
        told.append(Contact(f"{case}-{len(told)}", case, self._cases[case].person, clock.now(), channel, text))

    def _change(self, case: CaseState) -> None:
        self._cases[case.id] = replace(case, changed_at=clock.now())
