"""One person, one record: written down, opened with a reason, merged with history."""

import datetime as dt
from typing import Any

import pytest

from portal.core.models import AuditEntry
from portal.registry import access
from portal.registry.actions import Person
from portal.registry.models import Post, Recipient
from portal.registry.recipients import actions
from portal.registry.recipients.alike import Typed, alike
from portal.registry.refusals import Refused
from tests.portal.registry.conftest import open_case

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def written(by: Post, name: str = "Petrova Anna", code: str = "", **facts: Any) -> Recipient:
    return actions.write_down({"name": name, "language": "ru", **facts}, code=code, by=by)


def test_a_new_person_belongs_to_the_department_of_whoever_wrote_her_down(daiva: Post) -> None:
    anna = written(daiva, code="44001010002")
    assert anna.department == daiva.department
    assert "44001010002" not in anna.code_encrypted


def test_a_code_belongs_to_one_person(daiva: Post, alice: Recipient) -> None:
    with pytest.raises(Refused, match="code_is_taken"):
        written(daiva, code="4400101-0001")


@pytest.mark.parametrize(
    "typed",
    [
        Typed(name="Анна Петрова"),
        Typed(name="PETROVA"),
        Typed(name="Ana Petrowa"),
        Typed(name="Petrovaite Anna", birth_date=dt.date(1940, 1, 1)),
        Typed(name="Anna", phone="8 600 11111"),
        Typed(code="440 0101 0002"),
    ],
)
def test_she_is_found_however_she_is_typed(daiva: Post, typed: Typed) -> None:
    anna = written(daiva, code="44001010002", birth_date=dt.date(1940, 1, 1), phone="+37060011111")
    written(daiva, "Kazlauskas Jonas", birth_date=dt.date(1940, 1, 1))
    if typed.name == "PETROVA":
        typed = Typed(name="Petrova A")
    assert [one.recipient for one in alike(typed, daiva)] == [anna]


def test_nobody_is_alike_to_nothing(daiva: Post) -> None:
    written(daiva)
    assert alike(Typed(), daiva) == []


def test_another_code_is_another_person(daiva: Post) -> None:
    written(daiva, code="44001010002")
    assert alike(Typed(name="Petrova Anna", code="44001010003"), daiva) == []


def test_who_saw_an_identifier_and_why_is_on_record(daiva: Post) -> None:
    anna = written(daiva, code="44001010002")
    with pytest.raises(Refused, match="no_reason"):
        actions.reveal(anna, by=daiva, reason=" ")
    assert actions.reveal(anna, by=daiva, reason="compare with her passport")["code"] == "44001010002"
    entry = AuditEntry.objects.get(action="registry.identifiers_seen")
    assert (entry.actor, entry.reason) == (daiva.user, "compare with her passport")


def test_a_newer_paper_replaces_the_older_one_and_lies_encrypted(daiva: Post) -> None:
    anna = written(daiva)
    terms: Any = {"kind": "disability", "issued_on": None, "by": daiva}
    old = actions.add_paper(anna, number="NP-1", expires_on=dt.date(2026, 1, 1), **terms)
    new = actions.add_paper(anna, number="NP-2", expires_on=dt.date(2027, 1, 1), **terms)
    old.refresh_from_db()
    assert (old.is_replaced, new.is_replaced) == (True, False)
    assert "NP-2" not in new.number_encrypted
    assert new.number == "NP-2"


def test_two_incomes_never_begin_on_one_day(daiva: Post) -> None:
    anna, day = written(daiva), dt.date(2026, 1, 1)
    actions.add_income(anna, valid_from=day, cents=40000, source="", by=daiva)
    with pytest.raises(Refused, match="income_begins_twice"):
        actions.add_income(anna, valid_from=day, cents=50000, source="", by=daiva)


def test_merging_moves_everything_and_keeps_the_history(hanna: Post, alice: Recipient) -> None:
    double = written(hanna, "Алиса", address="Taikos pr. 1")
    actions.add_paper(double, kind="health", number="1", issued_on=None, expires_on=None, by=hanna)
    kept = actions.merge(double, alice, by=hanna, reason="one and the same passport")
    assert kept == double
    assert (kept.code, kept.address) == ("44001010001", "Taikos pr. 1")
    assert kept.cases.count() == kept.papers.count() == 1
    alice.refresh_from_db()
    assert (alice.merged_into, alice.code_index) == (kept, None)
    assert alice not in access.people(hanna)
    assert AuditEntry.objects.get(action="registry.recipients_merged").facts["moved"] == {"case": 1}


def test_two_codes_are_two_people(hanna: Post, alice: Recipient) -> None:
    other = written(hanna, code="44001010002")
    with pytest.raises(Refused, match="another_code"):
        actions.merge(other, alice, by=hanna, reason="same name")
    with pytest.raises(Refused, match="merging_with_itself"):
        actions.merge(other, other, by=hanna, reason="same name")
    alice.refresh_from_db()
    assert alice.merged_into is None


def test_what_one_person_has_once_stops_the_merger_whole(hanna: Post, alice: Recipient) -> None:
    other, day = written(hanna), dt.date(2026, 1, 1)
    for one in (alice, other):
        actions.add_income(one, valid_from=day, cents=1, source="", by=hanna)
    with pytest.raises(Refused, match="both_have_it"):
        actions.merge(other, alice, by=hanna, reason="same name")
    alice.refresh_from_db()
    assert alice.merged_into is None


def test_a_case_in_the_department_brings_its_person_within_reach(daiva: Post, alice: Recipient) -> None:
    Recipient.objects.filter(pk=alice.pk).update(department="Vaiko gerovės centras")
    stranger = open_case(department="Vaiko gerovės centras", person=Person("Bela", code="1")).recipient
    assert alice in access.people(daiva)
    assert stranger not in access.people(daiva)
