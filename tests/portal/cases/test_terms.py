"""How a promised term runs, stands and ends, as the resident is told."""

import datetime as dt

from portal.cases.registries.facts import Status, Step
from portal.cases.terms import Term, stops_of, term_of
from portal.core.working_days import DayClock, Stop

START = dt.date(2026, 11, 4)
CALENDAR, WORKING = DayClock(working=False), DayClock(working=True)


def day(number: int) -> dt.date:
    return dt.date(2026, 11, number)


def term(today: int, *, stops: tuple[Stop, ...] = (), ended_on: int | None = None, clock: DayClock = CALENDAR) -> Term:
    end = day(ended_on) if ended_on else None
    return term_of(20, start=START, clock=clock, stops=stops, today=day(today), ended_on=end)


def step(status: Status, number: int) -> Step:
    return Step(status, dt.datetime(2026, 11, number, 22, 30, tzinfo=dt.UTC))


def test_day_by_day_it_fills() -> None:
    now = term(16)
    assert (now.day, now.left, now.until, now.is_late) == (12, 8, day(24), False)


def test_on_the_last_day_it_is_not_late_and_after_it_is() -> None:
    assert not term(24).is_late
    late = term(26)
    assert (late.is_late, late.late_by, late.day) == (True, 2, 20)


def test_while_the_clock_stands_the_end_moves_with_today() -> None:
    now = term(23, stops=(Stop(day(20)),), clock=WORKING)
    assert (now.day, now.left, now.stands_since, now.until) == (12, 8, day(20), dt.date(2026, 12, 3))


def test_it_is_not_late_while_we_wait_even_on_the_last_day() -> None:
    assert not term(30, stops=(Stop(day(24)),)).is_late
    assert term(30, stops=(Stop(day(26)),)).is_late


def test_a_decision_ends_it() -> None:
    ended = term(30, ended_on=20)
    assert (ended.day, ended.is_late, ended.stands_since) == (16, False, None)
    assert term(30, ended_on=26).is_late


def test_we_wait_from_the_day_we_asked_until_the_next_change_by_the_towns_clock() -> None:
    tz = dt.timezone(dt.timedelta(hours=2))
    steps = [step(Status.RECEIVED, 3), step(Status.WAITING, 19), step(Status.WORKING, 22), step(Status.WAITING, 24)]
    assert stops_of(steps, tz) == (Stop(day(20), day(23)), Stop(day(25)))
