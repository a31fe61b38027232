"""Appeals are measured against what was promised: confirmed, passed on, answered in working days."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from charter.feedback.appeals import actions, handling
from charter.feedback.models import Appeal
from charter.models import Measurement, PeriodKind
from portal.dashboard.measure import measure
from portal.dashboard.sources import RECORDS
from tests.factories.appeals import appeal, promised
from tests.people import mona

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
MONDAY = dt.datetime(2026, 10, 5, 9, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def figures(code: str) -> tuple[int, int]:
    measure(since=MONDAY.date())
    found = Measurement.objects.get(
        standard__code=code, period_kind=PeriodKind.MONTH, period_start="2026-10-01", superseded_at=None
    )
    return found.numerator, found.denominator


def answered(one: Appeal) -> Appeal:
    handling.answer(one, "upheld", "Sorry.", by=mona())
    return one


def test_a_complaint_answered_in_time_is_kept_a_late_one_and_a_silent_one_are_missed(
    clock: time_machine.Traveller,
) -> None:
    promised(days=3)
    quick, late, _silent = appeal(), appeal(), appeal()
    taken_back, asked = appeal(), appeal()
    actions.withdraw(taken_back)
    handling.ask(asked, "Which day?", by=mona())
    answered(quick)
    clock.move_to(MONDAY + dt.timedelta(days=7))
    answered(late)
    assert figures("S14") == (1, 3)


def test_a_second_answer_is_measured_for_itself(clock: time_machine.Traveller) -> None:
    promised(days=3)
    one = answered(appeal())
    actions.rate(one, 1)
    clock.move_to(MONDAY + dt.timedelta(days=7))
    answered(one)
    assert figures("S14") == (1, 2)


def test_a_letter_entered_late_was_confirmed_late(clock: time_machine.Traveller) -> None:
    promised("C05", "acknowledged_within_working_days", days=2)
    appeal()
    appeal(received_on=dt.date(2026, 10, 1))  # Thursday: Friday and Monday make two
    clock.move_to(MONDAY + dt.timedelta(days=1))
    appeal(received_on=dt.date(2026, 10, 1))
    assert figures("S05") == (2, 3)


def test_what_is_not_ours_is_passed_on_in_time(clock: time_machine.Traveller) -> None:
    promised("C07", "forwarded_within_working_days", days=5)
    quick, late = appeal(), appeal()
    handling.pass_on(quick, "The ministry", by=mona())
    clock.move_to(MONDAY + dt.timedelta(days=8))
    handling.pass_on(late, "The ministry", by=mona())
    assert figures("S07") == (1, 2)


def test_the_records_behind_it_are_the_appeals(clock: time_machine.Traveller) -> None:
    standard = promised(days=3)
    one = answered(appeal())
    span = (dt.datetime(2026, 10, 1, tzinfo=dt.UTC), dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    found = RECORDS["complaints_within_working_days"](standard, *span)
    assert [(record.reference, record.is_kept) for record in found] == [(one.reference, True)]
