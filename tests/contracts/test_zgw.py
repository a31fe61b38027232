"""A registry of the ZGW APIs that is slow, wrong or gone: it is never believed, and silence is never an empty list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from portal.cases import linking
from portal.cases.registries.base import Away, RegistryTrouble
from portal.cases.registries.facts import Applicant, NewCase, NewDocument, NewNote, PersonLink
from portal.cases.registries.zgw import ZgwRegistry
from portal.cases.registries.zgw.reading import short
from tests.zgw.catalogue import CASE_TYPE
from tests.zgw.server import CLIENT_ID, ORGANISATION, SECRET, StandIn

ALICE, DAN = PersonLink("alice"), PersonLink("dan")
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
def stand_in() -> Iterator[StandIn]:
    with StandIn().running() as stand_in:
        yield stand_in


def linked(stand_in: StandIn, secret: str = SECRET) -> ZgwRegistry:
    return ZgwRegistry(stand_in.url, CLIENT_ID, secret, ORGANISATION, CASE_TYPE)


@pytest.fixture
def registry(stand_in: StandIn) -> Iterator[ZgwRegistry]:
    registry = linked(stand_in)
    yield registry
    registry.close()


@pytest.mark.parametrize("mood", ["down", "500", "html", "half", "expired"])
def test_trouble_counts_as_no_answer(stand_in: StandIn, registry: ZgwRegistry, mood: str) -> None:
    case = registry.open_case(REQUEST)
    stand_in.mood = mood
    with pytest.raises(Away):
        registry.cases_of(ALICE)
    with pytest.raises(Away):
        registry.get_case(case.id, person=ALICE)
    stand_in.mood = ""
    assert registry.get_case(case.id, person=ALICE) == case


def test_a_wrong_secret_is_worth_another_try(stand_in: StandIn) -> None:
    registry = linked(stand_in, secret="another secret of thirty-two characters")
    with pytest.raises(Away):
        registry.check()
    registry.close()


def test_anothers_case_is_never_told(stand_in: StandIn, registry: ZgwRegistry) -> None:
    mine = registry.open_case(REQUEST)
    registry.open_case(replace(REQUEST, key="k2", person=DAN))
    stand_in.mood = "foreign"
    with suppress(RegistryTrouble):
        assert {case.person for case in registry.cases_of(ALICE)} <= {ALICE}
    with pytest.raises(RegistryTrouble):
        linking.check(registry.get_case(mine.id, person=ALICE), person=ALICE, case=mine.id)


def test_anothers_papers_are_never_told_as_mine(stand_in: StandIn, registry: ZgwRegistry, tmp_path: Path) -> None:
    mine, theirs = registry.open_case(REQUEST), registry.open_case(replace(REQUEST, key="k2", person=DAN))
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7")
    registry.add_document(theirs.id, NewDocument("d1", DAN, "Diagnosis.pdf", paper))
    stand_in.mood = "foreign"
    with pytest.raises(Away):
        registry.documents(mine.id, person=ALICE)
    with pytest.raises(Away):
        registry.add_note(mine.id, NewNote("n1", ALICE, "She asked by chat.", "consultant"))


def test_all_cases_of_a_person_take_three_calls_at_most(stand_in: StandIn, registry: ZgwRegistry) -> None:
    for number in range(20):
        registry.open_case(replace(REQUEST, key=f"k{number}"))
    stand_in.calls.clear()
    assert len(registry.cases_of(ALICE)) == 20
    assert len(stand_in.calls) <= 3


def test_no_identification_stands_in_an_address(stand_in: StandIn, registry: ZgwRegistry) -> None:
    case = registry.open_case(REQUEST)
    registry.cases_of(ALICE)
    registry.documents(case.id, person=ALICE)
    told = " ".join(stand_in.calls)
    assert short(ALICE) not in told
    assert REQUEST.applicant.identifier not in told
