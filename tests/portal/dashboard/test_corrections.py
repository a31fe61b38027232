"""A holiday added or struck out afterwards: terms are counted anew, results with them, and the pages say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from charter.feedback.appeals import actions, handling
from charter.feedback.models import Appeal
from charter.models import CalendarChange, Holiday, Measurement, PeriodKind
from portal.dashboard.measure import measure
from tests.factories.appeals import appeal, promised
from tests.people import mona

pytestmark = [pytest.mark.django_db(transaction=True)]
MONDAY = dt.datetime(2026, 7, 6, 9, tzinfo=dt.UTC)
WEDNESDAY, THURSDAY, FRIDAY = (dt.date(2026, 7, day) for day in (8, 9, 10))


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def go_to(clock: time_machine.Traveller, day: dt.date) -> None:
    clock.move_to(dt.datetime.combine(day, dt.time(9), dt.UTC))


def figures() -> tuple[int, int]:
    found = Measurement.objects.get(period_kind=PeriodKind.MONTH, period_start="2026-07-01", superseded_at=None)
    return found.numerator, found.denominator


def late_by_a_day(clock: time_machine.Traveller) -> tuple[Appeal, Appeal]:
    """Three working days were promised on Monday; one letter was answered on Thursday, one on Friday."""
    promised(days=3)
    quick, late = appeal(), appeal()
    for one, day in ((quick, THURSDAY), (late, FRIDAY)):
        go_to(clock, day)
        handling.answer(one, "upheld", "Sorry.", by=mona())
    measure(since=MONDAY.date())
    return quick, late


def test_a_holiday_of_long_ago_makes_a_late_answer_a_timely_one_and_the_old_figure_stays_on_record(
    clock: time_machine.Traveller,
) -> None:
    late_by_a_day(clock)
    assert figures() == (1, 2)
    go_to(clock, dt.date(2026, 11, 2))  # long after the nightly round has stopped looking
    Holiday.objects.create(date=WEDNESDAY, name="Miners’ day")
    assert figures() == (2, 2)
    assert Measurement.objects.filter(period_kind=PeriodKind.MONTH, superseded_at__isnull=False).count() == 1
    Holiday.objects.get().delete()
    assert figures() == (1, 2)


def test_who_still_waits_is_promised_the_day_after(clock: time_machine.Traveller) -> None:
    promised(days=3)
    one = appeal()
    assert one.due_on == THURSDAY
    holiday = Holiday.objects.create(date=WEDNESDAY, name="Miners’ day")
    one.refresh_from_db()
    assert one.due_on == FRIDAY
    holiday.date = FRIDAY  # moved: Wednesday is a day like any other again, and Friday lies behind the last day
    holiday.save()
    one.refresh_from_db()
    assert one.due_on == THURSDAY


def test_a_day_on_which_the_clock_stood_moves_nothing(clock: time_machine.Traveller) -> None:
    promised(days=3)
    one = appeal()
    handling.ask(one, "Which day?", by=mona())
    go_to(clock, THURSDAY)
    actions.add(one, "On Tuesday.")
    one.refresh_from_db()
    due = one.due_on
    assert due == dt.date(2026, 7, 14)
    Holiday.objects.create(date=WEDNESDAY, name="Miners’ day")
    one.refresh_from_db()
    assert one.due_on == due
    assert not CalendarChange.objects.exists()


def test_a_holiday_that_nobodys_term_runs_over_is_nothing_to_tell(clock: time_machine.Traveller) -> None:
    promised(days=3)
    appeal()
    Holiday.objects.create(date=dt.date(2026, 12, 25), name="Christmas")
    holiday = Holiday.objects.get()
    holiday.name = "Christmas Day"
    holiday.save()
    assert not CalendarChange.objects.exists()


def test_residents_and_managers_read_that_the_calendar_was_corrected(
    clock: time_machine.Traveller, client: Client
) -> None:
    late_by_a_day(clock)
    go_to(clock, dt.date(2026, 11, 2))
    Holiday.objects.create(date=WEDNESDAY, name="Miners’ day")
    said = "Time limits in working days that ran over it were counted anew"
    assert said in client.get("/en/promises/results/", {"period": "2026-Q3"}).content.decode()
    figure = Measurement.objects.get(period_kind=PeriodKind.QUARTER, superseded_at=None)
    client.force_login(mona())
    assert said in client.get(reverse("dashboard:measurement", args=[figure.pk])).content.decode()
    figure.period_start = dt.date(2026, 4, 1)
    figure.save()
    assert said not in client.get("/en/promises/results/", {"period": "2026-Q2"}).content.decode()


def test_asked_twice_the_clock_stands_once(clock: time_machine.Traveller) -> None:
    """Two questions before the answer are one pause, from the first of them on."""
    promised(days=3)
    once, twice = appeal(), appeal()
    for one in (once, twice):
        handling.ask(one, "Which day?", by=mona())
    go_to(clock, WEDNESDAY)
    handling.ask(twice, "And where?", by=mona())
    go_to(clock, FRIDAY)
    for one in (once, twice):
        actions.add(one, "On Tuesday.")
        one.refresh_from_db()
    assert once.due_on == twice.due_on == dt.date(2026, 7, 15)
