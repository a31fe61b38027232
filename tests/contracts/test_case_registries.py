"""What every case registry promises. One suite for all of them; it plays the office through `Office`."""

from __future__ import annotations

import datetime as dt
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

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
    NewEnquiry,
    NewNote,
    PersonLink,
    Status,
)
from portal.cases.registries.reference import ReferenceRegistry
from portal.cases.registries.zgw import ZgwRegistry
from portal.cases.registries.zgw.catalogue import id_of
from portal.cases.registries.zgw.client import CATALOGI, DOCUMENTEN, ZAKEN, Client
from portal.core import clock, uploads
from portal.core.models import User
from portal.registry import actions, models
from tests.zgw.catalogue import CASE_TYPE, RESULTS, WAITING
from tests.zgw.server import CLIENT_ID, ORGANISATION, SECRET, StandIn

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


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

    def __init__(self, url: str, client_id: str, secret: str) -> None:
        options = {"case_type": CASE_TYPE, "waiting": WAITING, "results": RESULTS}
        super().__init__(ZgwRegistry(url, client_id, secret, ORGANISATION, **options))  # type: ignore[arg-type]
        self.access = (url, client_id, secret)
        self.client = Client(url, client_id, secret)

    def _case(self, case: CaseState) -> dict[str, Any]:
        told: dict[str, Any] = self.client.get(f"{ZAKEN}zaken/{case.id}")
        return told

    def _type(self, kind: str, name: str, case: CaseState) -> str:
        of_type = {"zaaktype": self._case(case)["zaaktype"]}
        found = self.client.all(f"{CATALOGI}{kind}", of_type)
        return str(next(one["url"] for one in found if one["omschrijving"] == name))

    def _set(self, case: CaseState, status: str, text: str) -> None:
        body = {
            "zaak": self._case(case)["url"],
            "statustype": self._type("statustypen", status, case),
            "datumStatusGezet": clock.now().isoformat(),
            "statustoelichting": text,
        }
        self.client.post(f"{ZAKEN}statussen", body)

    def ask(self, case: CaseState, text: str) -> None:
        self._set(case, WAITING, text)

    def decide(self, case: CaseState, why: str) -> None:
        result = self._type("resultaattypen", "Toegekend", case)
        self.client.post(f"{ZAKEN}resultaten", {"zaak": self._case(case)["url"], "resultaattype": result})
        self._set(case, "Afgehandeld", why)

    def tell(self, case: CaseState, text: str) -> None:
        pytest.fail("asked to tell, though its registry says that it can't")

    def notes(self, case: CaseState) -> list[str]:
        links = self.client.get(f"{ZAKEN}zaakinformatieobjecten", {"zaak": self._case(case)["url"]})
        papers = [f"{DOCUMENTEN}enkelvoudiginformatieobjecten/{id_of(link['informatieobject'])}" for link in links]
        return [self.client.download(f"{paper}/download", {}).decode() for paper in papers]


@contextmanager
def zgw_office() -> Iterator[ZgwOffice]:
    """At the registry that ZGW_URL names, else at the stand-in. A real one keeps what the tests write into it."""
    with ExitStack() as stack:
        url = os.environ.get("ZGW_URL") or stack.enter_context(StandIn().running()).url
        client_id, secret = os.environ.get("ZGW_CLIENT_ID", CLIENT_ID), os.environ.get("ZGW_SECRET", SECRET)
        office = ZgwOffice(url, client_id, secret)
        stack.callback(office.registry.close)
        stack.callback(office.client.close)
        yield office


@pytest.fixture(params=["reference", "dummy", "zgw"])
def office(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[Office]:
    settings.DATA_DIR = tmp_path
    if request.param == "reference":
        yield ReferenceOffice(ReferenceRegistry())
    elif request.param == "dummy":
        yield DummyOffice(DummyRegistry())
    else:
        with zgw_office() as office:
            yield office


@pytest.fixture
def registry(office: Office) -> CaseRegistry:
    return office.registry


@pytest.fixture
def alice() -> PersonLink:
    """Nobody has had her link before: a real registry remembers the last run."""
    return PersonLink(f"alice {uuid4().hex}")


@pytest.fixture
def dan() -> PersonLink:
    return PersonLink(f"dan {uuid4().hex}")


@pytest.fixture
def wish(alice: PersonLink) -> NewCase:
    return NewCase(
        key=f"k1 {alice}",
        person=alice,
        applicant=Applicant("Alice", identifier="44001010001", language="ru"),
        service="pagalba_i_namus",
        title="Help at home",
        submitted_at=dt.datetime(2026, 11, 4, 9, 42, tzinfo=dt.UTC),
        clock="calendar",
        promised_until=dt.date(2026, 11, 24),
    )


@pytest.fixture
def case(registry: CaseRegistry, wish: NewCase) -> CaseState:
    return registry.open_case(wish)


def test_a_request_becomes_a_case_with_a_number(case: CaseState, wish: NewCase, alice: PersonLink) -> None:
    assert case.number
    assert (case.person, case.service, case.status) == (alice, "pagalba_i_namus", Status.RECEIVED)
    assert case.submitted_at == wish.submitted_at
    assert [step.status for step in case.steps] == [Status.RECEIVED]


def test_the_same_request_sent_twice_is_one_case(
    registry: CaseRegistry, case: CaseState, wish: NewCase, alice: PersonLink
) -> None:
    assert registry.open_case(wish).id == case.id
    assert len(registry.cases_of(alice)) == 1


def test_a_case_is_found_by_its_person_only(
    registry: CaseRegistry, case: CaseState, alice: PersonLink, dan: PersonLink
) -> None:
    assert registry.get_case(case.id, person=alice) == case
    with pytest.raises(NotThere):
        registry.get_case(case.id, person=dan)
    assert registry.cases_of(dan) == ()


def test_an_unknown_case_is_said_to_be_unknown(registry: CaseRegistry, alice: PersonLink) -> None:
    with pytest.raises(NotThere):
        registry.get_case("nothing", person=alice)


def test_cases_of_a_person_come_newest_first(
    registry: CaseRegistry, case: CaseState, wish: NewCase, alice: PersonLink
) -> None:
    later = replace(wish, key=f"k2 {alice}", submitted_at=wish.submitted_at + dt.timedelta(days=1))
    newer = registry.open_case(later)
    assert [found.id for found in registry.cases_of(alice)] == [newer.id, case.id]


def test_a_note_sent_twice_stands_once_in_the_file(office: Office, case: CaseState, alice: PersonLink) -> None:
    for _ in range(2):
        office.registry.add_note(case.id, NewNote(f"n1 {alice}", alice, "She asked by chat.", "consultant"))
    assert office.notes(case) == ["She asked by chat."]


def test_our_note_is_for_the_office_and_not_shown_to_the_person(
    registry: CaseRegistry, case: CaseState, alice: PersonLink
) -> None:
    registry.add_note(case.id, NewNote(f"n1 {alice}", alice, "She asked by chat.", "consultant"))
    assert registry.contacts(case.id, person=alice) == ()


def test_nobody_writes_into_anothers_case(
    registry: CaseRegistry, case: CaseState, alice: PersonLink, dan: PersonLink
) -> None:
    with pytest.raises(NotThere):
        registry.add_note(case.id, NewNote(f"n1 {alice}", dan, "x", "consultant"))


def test_what_the_office_writes_for_the_person_reaches_them(
    office: Office, case: CaseState, alice: PersonLink, dan: PersonLink
) -> None:
    if Capability.CONTACTS in office.registry.capabilities():
        office.tell(case, "We come on Tuesday.")
        told = office.registry.contacts(case.id, person=alice)
        assert [contact.text for contact in told] == ["We come on Tuesday."]
        assert {contact.person for contact in told} == {alice}
    with pytest.raises(NotThere):
        office.registry.contacts(case.id, person=dan)


def paper(key: str, person: PersonLink) -> NewDocument:
    kept = uploads.take_in(SimpleUploadedFile("sp2.pdf", b"%PDF-1.7"))
    return NewDocument(key, person, "SP-2.pdf", uploads.folder() / kept.name)


def test_a_paper_sent_twice_lies_once_in_the_file(registry: CaseRegistry, case: CaseState, alice: PersonLink) -> None:
    key = f"d1 {alice}"
    assert registry.add_document(case.id, paper(key, alice)).id == registry.add_document(case.id, paper(key, alice)).id
    assert [document.name for document in registry.documents(case.id, person=alice)] == ["SP-2.pdf"]


def test_a_paper_opens_for_its_person_only(
    registry: CaseRegistry, case: CaseState, alice: PersonLink, dan: PersonLink
) -> None:
    sent = paper(f"d1 {alice}", alice)
    document = registry.add_document(case.id, sent)
    assert registry.open_document(document.id, person=alice).content == b"%PDF-1.7"
    for asked, person in ((document.id, dan), ("nothing", alice), ("999999", alice)):
        with pytest.raises(NotThere):
            registry.open_document(asked, person=person)
    with pytest.raises(NotThere):
        registry.add_document(case.id, paper(f"d2 {alice}", dan))
    with pytest.raises(NotThere):
        registry.documents(case.id, person=dan)


def test_while_something_is_asked_the_case_waits_for_the_person(
    office: Office, case: CaseState, alice: PersonLink
) -> None:
    office.ask(case, "Income certificate SP-2")
    now = office.registry.get_case(case.id, person=alice)
    assert now.status == Status.WAITING
    assert [(asked.text, asked.answered_at) for asked in now.enquiries] == [("Income certificate SP-2", None)]


def test_what_we_ask_the_person_twice_is_asked_once(registry: CaseRegistry, case: CaseState, alice: PersonLink) -> None:
    asked = NewEnquiry(f"e1 {alice}", alice, "Income certificate SP-2", clock.now(), dt.date(2027, 1, 15))
    for _ in range(2):
        registry.ask_person(case.id, asked)
    now = registry.get_case(case.id, person=alice)
    assert now.status == Status.WAITING
    assert ["Income certificate SP-2" in one.text for one in now.enquiries] == [True]
    assert "2027" in now.enquiries[0].text or now.enquiries[0].until == asked.until


def test_nothing_is_asked_of_another_or_about_a_case_that_ended(
    office: Office, case: CaseState, alice: PersonLink, dan: PersonLink
) -> None:
    with pytest.raises(NotThere):
        office.registry.ask_person(case.id, NewEnquiry(f"e1 {dan}", dan, "x", clock.now()))
    office.decide(case, "Granted.")
    with pytest.raises(Refused):
        office.registry.ask_person(case.id, NewEnquiry(f"e2 {alice}", alice, "x", clock.now()))


def test_the_answer_moves_the_case_on_once(office: Office, case: CaseState, alice: PersonLink) -> None:
    office.ask(case, "Income certificate SP-2")
    (asked,) = office.registry.get_case(case.id, person=alice).enquiries
    for _ in range(2):
        office.registry.answer_request(case.id, NewAnswer(f"a1 {alice}", alice, asked.id, "Here it is."))
    now = office.registry.get_case(case.id, person=alice)
    assert [step.status for step in now.steps] == [Status.RECEIVED, Status.WAITING, Status.WORKING]
    assert now.enquiries[0].answered_at is not None


def test_an_answer_to_nothing_is_refused(registry: CaseRegistry, case: CaseState, alice: PersonLink) -> None:
    for enquiry in ("nothing", "999999", "²"):
        with pytest.raises(NotThere):
            registry.answer_request(case.id, NewAnswer(f"a1 {alice}", alice, enquiry, "Here it is."))


def test_a_decision_has_its_day_and_reason(office: Office, case: CaseState, alice: PersonLink) -> None:
    office.decide(case, "You will get help twice a week.")
    now = office.registry.get_case(case.id, person=alice)
    assert (now.status, now.decided_on) == (Status.GRANTED, clock.today())
    assert now.steps[-1].note == "You will get help twice a week."


def test_a_person_may_withdraw_until_it_is_decided(office: Office, case: CaseState, alice: PersonLink) -> None:
    for _ in range(2):
        office.registry.withdraw(case.id, person=alice, key=f"w1 {alice}")
    now = office.registry.get_case(case.id, person=alice)
    assert [step.status for step in now.steps] == [Status.RECEIVED, Status.WITHDRAWN]


def test_a_decided_case_cannot_be_withdrawn(office: Office, case: CaseState, alice: PersonLink) -> None:
    office.decide(case, "Granted.")
    with pytest.raises(Refused):
        office.registry.withdraw(case.id, person=alice, key=f"w1 {alice}")


def heard(registry: CaseRegistry, cursor: str = "") -> tuple[dict[str, CaseState], str]:
    """What is told from the cursor on until nothing new comes: a real registry has more than one answer holds."""
    cases: dict[str, CaseState] = {}
    while True:
        told = registry.changes(cursor)
        cases |= {case.id: case for case in told.cases}
        if told.cursor == cursor:
            return cases, cursor
        cursor = told.cursor


def test_changes_are_told_from_where_the_reader_stopped(
    office: Office, case: CaseState, wish: NewCase, alice: PersonLink, dan: PersonLink
) -> None:
    first, cursor = heard(office.registry)
    assert case.id in first
    other = office.registry.open_case(replace(wish, key=f"k2 {alice}", person=dan))
    office.decide(other, "Granted.")
    told, _cursor = heard(office.registry, cursor)
    assert told[other.id].status == Status.GRANTED


def test_with_nothing_new_the_cursor_stays(registry: CaseRegistry) -> None:
    _cases, cursor = heard(registry)
    assert registry.changes(cursor).cursor == cursor


def test_it_says_that_it_is_well_and_what_it_can(registry: CaseRegistry) -> None:
    assert re.fullmatch(r"\d+ cases", registry.check())
    assert {"documents", "answers", "withdrawal"} <= registry.capabilities()
