"""Terms: what a resident was told "20 working days" means on the calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.working_days import DayClock, Stop

CALENDAR = DayClock(working=False)
WORKING = DayClock(working=True, holidays=frozenset({dt.date(2026, 11, 2), dt.date(2026, 12, 25)}))
WEDNESDAY = dt.date(2026, 11, 4)


def test_twenty_calendar_days_are_twenty_days() -> None:
    assert CALENDAR.due(WEDNESDAY, 20) == dt.date(2026, 11, 24)


def test_weekends_and_holidays_are_no_working_days() -> None:
    assert WORKING.due(dt.date(2026, 10, 30), 1) == dt.date(2026, 11, 3)
    assert WORKING.due(WEDNESDAY, 20) == dt.date(2026, 12, 2)


def test_the_day_it_came_in_does_not_count() -> None:
    assert CALENDAR.passed(WEDNESDAY, WEDNESDAY) == 0
    assert WORKING.passed(WEDNESDAY, dt.date(2026, 11, 20)) == 12


def test_before_it_began_nothing_has_passed() -> None:
    assert CALENDAR.passed(WEDNESDAY, dt.date(2026, 11, 1)) == 0


def test_while_the_clock_stands_no_day_counts() -> None:
    stop = Stop(dt.date(2026, 11, 20))
    assert WORKING.passed(WEDNESDAY, dt.date(2026, 11, 27), [stop]) == 12


def test_a_stop_moves_the_end_by_the_days_it_left_out() -> None:
    stop = Stop(dt.date(2026, 11, 20), dt.date(2026, 11, 23))
    assert WORKING.due(WEDNESDAY, 20, [stop]) == dt.date(2026, 12, 3)
    assert CALENDAR.due(WEDNESDAY, 20, [stop]) == dt.date(2026, 11, 27)


def test_a_term_that_stands_still_for_ever_has_no_end() -> None:
    with pytest.raises(ValueError, match="no end"):
        CALENDAR.due(WEDNESDAY, 20, [Stop(WEDNESDAY)])


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.integers(1, 60), st.booleans(), st.integers(0, 30))
def test_on_its_last_day_exactly_the_term_has_passed(start: dt.date, days: int, working: bool, stood: int) -> None:
    clock = DayClock(working=working)
    stops = [Stop(start, start + dt.timedelta(days=stood))]
    end = clock.due(start, days, stops)
    assert clock.passed(start, end, stops) == days
    assert clock.passed(start, end - dt.timedelta(days=1), stops) == days - 1
