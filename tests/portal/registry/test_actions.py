"""What happens in a case, in which order, and what stands on record."""

import datetime as dt

import pytest
import time_machine

from portal.core import clock
from portal.core.models import AuditEntry
from portal.registry import actions
from portal.registry.models import Case, Post, Recipient, Status
from tests.portal.registry.conftest import ALICE, open_case

pytestmark = pytest.mark.django_db


def status(case: Case) -> str:
    case.refresh_from_db()
    return case.status


def test_numbers_follow_each_other_and_name_the_year() -> None:
    with time_machine.travel("2026-11-04 09:00Z"):
        first, second = open_case(), open_case()
    assert first.number
    assert first.number.startswith("SP-2026-")
    assert first.number != second.number


def test_a_person_is_known_by_their_code_however_it_is_typed(case: Case) -> None:
    again = open_case(actions.Person("Alice K.", code="4400101 0001"))
    assert again.recipient == case.recipient
    again.recipient.refresh_from_db()
    assert (again.recipient.name, again.recipient.phone) == ("Alice K.", ALICE.phone)


def test_the_code_lies_encrypted(case: Case) -> None:
    kept = Recipient.objects.get()
    assert "44001010001" not in kept.code_encrypted
    assert kept.code == "44001010001"


def test_two_people_without_a_code_are_two() -> None:
    nameless = actions.Person("Alice")
    assert open_case(nameless).recipient != open_case(nameless).recipient


def test_the_first_who_works_on_it_keeps_it(case: Case, daiva: Post) -> None:
    actions.change_status(case, Status.WORKING, by=daiva)
    case.refresh_from_db()
    assert case.worker == daiva


@pytest.mark.parametrize("after", [Status.NEW, Status.WORKING, Status.WITHDRAWN, Status.REFUSED])
def test_a_decision_is_the_end(case: Case, daiva: Post, after: str) -> None:
    actions.decide(case, Status.GRANTED, by=daiva, note="Twice a week.")
    with pytest.raises(actions.IllegalChange):
        actions.change_status(case, after, by=daiva)
    assert (status(case), case.decided_on) == (Status.GRANTED, clock.today())


@pytest.mark.parametrize(("outcome", "note"), [(Status.GRANTED, " "), (Status.WORKING, "Why."), ("", "Why.")])
def test_no_decision_without_outcome_and_reason(case: Case, daiva: Post, outcome: str, note: str) -> None:
    with pytest.raises(actions.NoDecision):
        actions.decide(case, outcome, by=daiva, note=note)
    assert status(case) == Status.NEW


def test_the_case_waits_until_the_last_thing_asked_for_has_come(case: Case, daiva: Post) -> None:
    first = actions.ask_person(case, "SP-1", by=daiva, until=None)
    second = actions.ask_person(case, "SP-2", by=daiva, until=None)
    actions.record_answer(first, "here")
    assert status(case) == Status.WAITING_PERSON
    actions.record_answer(second, "here")
    assert status(case) == Status.WORKING


def test_late_is_the_same_for_a_case_and_for_the_list(daiva: Post) -> None:
    day = clock.today()
    late, today, waits = (open_case(until=day - dt.timedelta(days=n)) for n in (1, 0, 1))
    decided = open_case(until=day - dt.timedelta(days=1))
    actions.ask_person(waits, "SP-1", by=daiva, until=None)
    actions.decide(decided, Status.REFUSED, by=daiva, note="No.")
    cases = [Case.objects.get(pk=case.pk) for case in (late, today, waits, decided)]
    assert [case.is_late for case in cases] == [True, False, False, False]
    assert list(Case.objects.late(day)) == [late]


def test_every_deed_is_on_record_without_a_persons_words(case: Case, daiva: Post) -> None:
    actions.add_note(case, "Her son drinks.", author="Daiva", by=daiva)
    actions.record_contact(case, "She phoned.", channel="phone", by=daiva)
    actions.withdraw(case, by=daiva)
    deeds = AuditEntry.objects.filter(actor=daiva.user)
    assert {deed.action for deed in deeds} == {
        "registry.note_added",
        "registry.contact_recorded",
        "registry.status_changed",
    }
    assert "drinks" not in str(list(deeds.values()))
