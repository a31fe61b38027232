"""What every case registry promises. One suite for all of them; it plays the office through `Office`."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.cases.registries.base import CaseRegistry, NotThere, Refused
from portal.cases.registries.dummy import DummyRegistry
from portal.cases.registries.facts import (
    Applicant,
    Capability,
    CaseState,
    NewAnswer,
    NewCase,
    NewDocument,
    NewNote,
    PersonLink,
    Status,
)
from portal.cases.registries.reference import ReferenceRegistry
from portal.cases.registries.zgw import ZgwRegistry
from portal.core import clock, uploads
from portal.core.models import User
from portal.registry import actions, models
from tests.zgw.catalogue import CASE_TYPE, RESULTS, WAITING
from tests.zgw.server import CLIENT_ID, ORGANISATION, SECRET, StandIn

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

ALICE, DAN = PersonLink("alice"), PersonLink("dan")


class Office(ABC):
    """What people in the office do with a case."""

    def __init__(self, registry: CaseRegistry) -> None:
        self.registry = registry

    @abstractmethod
    def ask(self, case: CaseState, text: str) -> None: ...

    @abstractmethod
    def decide(self, case: CaseState, why: str) -> None: ...

    @abstractmethod
    def tell(self, case: CaseState, text: str) -> None: ...

    @abstractmethod
    def notes(self, case: CaseState) -> list[str]: ...


class DummyOffice(Office):
    registry: DummyRegistry

    def ask(self, case: CaseState, text: str) -> None:
        self.registry.ask(case.id, text)

    def decide(self, case: CaseState, why: str) -> None:
        self.registry.move(case.id, Status.GRANTED, why)

    def tell(self, case: CaseState, text: str) -> None:
        self.registry.tell(case.id, text)

    def notes(self, case: CaseState) -> list[str]:
        return [note.text for note in self.registry.notes(case.id)]


class ReferenceOffice(Office):
    def __init__(self, registry: CaseRegistry) -> None:
        super().__init__(registry)
        user = User.objects.create(username="daiva", display_name="Daiva")
        self.post = models.Post.objects.create(user=user)

    @staticmethod
    def case(case: CaseState) -> models.Case:
        return models.Case.objects.get(number=case.number)

    def ask(self, case: CaseState, text: str) -> None:
        actions.ask_person(self.case(case), text, by=self.post, until=None)

    def decide(self, case: CaseState, why: str) -> None:
        actions.decide(self.case(case), models.Status.GRANTED, by=self.post, note=why)

    def tell(self, case: CaseState, text: str) -> None:
        actions.add_note(self.case(case), text, author="Daiva", by=self.post, for_person=True)

    def notes(self, case: CaseState) -> list[str]:
        return [note.text for note in self.case(case).notes.all()]


class ZgwOffice(Office):
    """What is told to the person stands with the steps, so that this office tells nothing beside them."""

    registry: ZgwRegistry

    def __init__(self, stand_in: StandIn) -> None:
        options = {"case_type": CASE_TYPE, "waiting": WAITING, "results": RESULTS}
        super().__init__(ZgwRegistry(stand_in.url, CLIENT_ID, SECRET, ORGANISATION, **options))  # type: ignore[arg-type]
        self.tables, self.cases, self.papers = stand_in.tables, stand_in.cases, stand_in.papers

    def _address(self, kind: str, **of: str) -> str:
        return str(self.tables.where(kind, **of)[0]["url"])

    def _set(self, case: CaseState, status: str, text: str) -> None:
        self.cases.set_status(
            {
                "zaak": self._address("zaken", uuid=case.id),
                "statustype": self._address("statustypen", omschrijving=status),
                "datumStatusGezet": clock.now().isoformat(),
                "statustoelichting": text,
            }
        )

    def ask(self, case: CaseState, text: str) -> None:
        self._set(case, WAITING, text)

    def decide(self, case: CaseState, why: str) -> None:
        result = self._address("resultaattypen", omschrijving="Toegekend")
        self.cases.set_result({"zaak": self._address("zaken", uuid=case.id), "resultaattype": result})
        self._set(case, "Afgehandeld", why)

    def tell(self, case: CaseState, text: str) -> None:
        pytest.fail("asked to tell, though its registry says that it can't")

    def notes(self, case: CaseState) -> list[str]:
        links = self.tables.where("zaakinformatieobjecten", zaak=self._address("zaken", uuid=case.id))
        return [self.papers.contents[link["informatieobject"].rsplit("/", 1)[-1]].decode() for link in links]


@pytest.fixture(params=["reference", "dummy", "zgw"])
def office(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[Office]:
    settings.DATA_DIR = tmp_path
    if request.param == "reference":
        yield ReferenceOffice(ReferenceRegistry())
    elif request.param == "dummy":
        yield DummyOffice(DummyRegistry())
    else:
        with StandIn().running() as stand_in:
            office = ZgwOffice(stand_in)
            yield office
            office.registry.close()


@pytest.fixture
def registry(office: Office) -> CaseRegistry:
    return office.registry


REQUEST = NewCase(
    key="k1",
    person=ALICE,
    applicant=Applicant("Alice", identifier="44001010001", language="ru"),
    service="pagalba_i_namus",
    title="Help at home",
    submitted_at=dt.datetime(2026, 11, 4, 9, 42, tzinfo=dt.UTC),
    clock="calendar",
    promised_until=dt.date(2026, 11, 24),
)


@pytest.fixture
def case(registry: CaseRegistry) -> CaseState:
    return registry.open_case(REQUEST)


def test_a_request_becomes_a_case_with_a_number(case: CaseState) -> None:
    assert case.number
    assert (case.person, case.service, case.status) == (ALICE, "pagalba_i_namus", Status.RECEIVED)
    assert case.submitted_at == REQUEST.submitted_at
    assert [step.status for step in case.steps] == [Status.RECEIVED]


def test_the_same_request_sent_twice_is_one_case(registry: CaseRegistry, case: CaseState) -> None:
    assert registry.open_case(REQUEST).id == case.id
    assert len(registry.cases_of(ALICE)) == 1


def test_a_case_is_found_by_its_person_only(registry: CaseRegistry, case: CaseState) -> None:
    assert registry.get_case(case.id, person=ALICE) == case
    with pytest.raises(NotThere):
        registry.get_case(case.id, person=DAN)
    assert registry.cases_of(DAN) == ()


def test_an_unknown_case_is_said_to_be_unknown(registry: CaseRegistry) -> None:
    with pytest.raises(NotThere):
        registry.get_case("nothing", person=ALICE)


def test_cases_of_a_person_come_newest_first(registry: CaseRegistry, case: CaseState) -> None:
    later = replace(REQUEST, key="k2", submitted_at=REQUEST.submitted_at + dt.timedelta(days=1))
    newer = registry.open_case(later)
    assert [found.id for found in registry.cases_of(ALICE)] == [newer.id, case.id]


def test_a_note_sent_twice_stands_once_in_the_file(office: Office, case: CaseState) -> None:
    for _ in range(2):
        office.registry.add_note(case.id, NewNote("n1", ALICE, "She asked by chat.", "consultant"))
    assert office.notes(case) == ["She asked by chat."]


def test_our_note_is_for_the_office_and_not_shown_to_the_person(registry: CaseRegistry, case: CaseState) -> None:
    registry.add_note(case.id, NewNote("n1", ALICE, "She asked by chat.", "consultant"))
    assert registry.contacts(case.id, person=ALICE) == ()


def test_nobody_writes_into_anothers_case(registry: CaseRegistry, case: CaseState) -> None:
    with pytest.raises(NotThere):
        registry.add_note(case.id, NewNote("n1", DAN, "x", "consultant"))


def test_what_the_office_writes_for_the_person_reaches_them(office: Office, case: CaseState) -> None:
    if Capability.CONTACTS in office.registry.capabilities():
        office.tell(case, "We come on Tuesday.")
        told = office.registry.contacts(case.id, person=ALICE)
        assert [contact.text for contact in told] == ["We come on Tuesday."]
        assert {contact.person for contact in told} == {ALICE}
    with pytest.raises(NotThere):
        office.registry.contacts(case.id, person=DAN)


def paper(key: str = "d1", person: PersonLink = ALICE) -> NewDocument:
    kept = uploads.take_in(SimpleUploadedFile("sp2.pdf", b"%PDF-1.7"))
    return NewDocument(key, person, "SP-2.pdf", uploads.folder() / kept.name)


def test_a_paper_sent_twice_lies_once_in_the_file(registry: CaseRegistry, case: CaseState) -> None:
    assert registry.add_document(case.id, paper()).id == registry.add_document(case.id, paper()).id
    assert [document.name for document in registry.documents(case.id, person=ALICE)] == ["SP-2.pdf"]


def test_a_paper_opens_for_its_person_only(registry: CaseRegistry, case: CaseState) -> None:
    sent = paper()
    document = registry.add_document(case.id, sent)
    assert registry.open_document(document.id, person=ALICE).content == b"%PDF-1.7"
    for asked, person in ((document.id, DAN), ("nothing", ALICE), ("999999", ALICE)):
        with pytest.raises(NotThere):
            registry.open_document(asked, person=person)
    with pytest.raises(NotThere):
        registry.add_document(case.id, paper("d2", DAN))
    with pytest.raises(NotThere):
        registry.documents(case.id, person=DAN)


def test_while_something_is_asked_the_case_waits_for_the_person(office: Office, case: CaseState) -> None:
    office.ask(case, "Income certificate SP-2")
    now = office.registry.get_case(case.id, person=ALICE)
    assert now.status == Status.WAITING
    assert [(asked.text, asked.answered_at) for asked in now.enquiries] == [("Income certificate SP-2", None)]


def test_the_answer_moves_the_case_on_once(office: Office, case: CaseState) -> None:
    office.ask(case, "Income certificate SP-2")
    (asked,) = office.registry.get_case(case.id, person=ALICE).enquiries
    for _ in range(2):
        office.registry.answer_request(case.id, NewAnswer("a1", ALICE, asked.id, "Here it is."))
    now = office.registry.get_case(case.id, person=ALICE)
    assert [step.status for step in now.steps] == [Status.RECEIVED, Status.WAITING, Status.WORKING]
    assert now.enquiries[0].answered_at is not None


def test_an_answer_to_nothing_is_refused(registry: CaseRegistry, case: CaseState) -> None:
    for enquiry in ("nothing", "999999", "²"):
        with pytest.raises(NotThere):
            registry.answer_request(case.id, NewAnswer("a1", ALICE, enquiry, "Here it is."))


def test_a_decision_has_its_day_and_reason(office: Office, case: CaseState) -> None:
    office.decide(case, "You will get help twice a week.")
    now = office.registry.get_case(case.id, person=ALICE)
    assert (now.status, now.decided_on) == (Status.GRANTED, clock.today())
    assert now.steps[-1].note == "You will get help twice a week."


def test_a_person_may_withdraw_until_it_is_decided(office: Office, case: CaseState) -> None:
    for _ in range(2):
        office.registry.withdraw(case.id, person=ALICE, key="w1")
    now = office.registry.get_case(case.id, person=ALICE)
    assert [step.status for step in now.steps] == [Status.RECEIVED, Status.WITHDRAWN]


def test_a_decided_case_cannot_be_withdrawn(office: Office, case: CaseState) -> None:
    office.decide(case, "Granted.")
    with pytest.raises(Refused):
        office.registry.withdraw(case.id, person=ALICE, key="w1")


def test_changes_are_told_from_where_the_reader_stopped(office: Office, case: CaseState) -> None:
    first = office.registry.changes("")
    assert [changed.id for changed in first.cases] == [case.id]
    other = office.registry.open_case(replace(REQUEST, key="k2", person=DAN))
    office.decide(other, "Granted.")
    told = office.registry.changes(first.cursor).cases
    assert told[-1].id == other.id
    assert told[-1].status == Status.GRANTED


def test_with_nothing_new_the_cursor_stays(registry: CaseRegistry) -> None:
    assert registry.changes("").cases == ()
    assert registry.changes("2026-11-04T09:42:00+00:00").cursor == "2026-11-04T09:42:00+00:00"


def test_it_says_that_it_is_well_and_what_it_can(registry: CaseRegistry) -> None:
    assert "0 cases" in registry.check()
    assert {"documents", "answers", "withdrawal"} <= registry.capabilities()
