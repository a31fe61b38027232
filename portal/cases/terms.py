"""A promised term as it runs: how many days have counted, when it ends, and what stopping the clock did. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from portal.cases.registries.facts import Status, Step
from portal.core.working_days import DayClock, Stop


@dataclass(frozen=True, slots=True)
class Term:
    """`until` is the last day; while the clock stands, what it would be if it went on after today.

    `paused`: days that would have counted, had the clock not stood.
    """

    days: int
    passed: int
    until: dt.date
    stands_since: dt.date | None
    ended_on: dt.date | None
    today: dt.date
    paused: int = 0

    @property
    def left(self) -> int:
        return max(0, self.days - self.passed)

    @property
    def is_late(self) -> bool:
        """The last day is behind, or was when it was decided."""
        return self.until < (self.ended_on or self.today) and (self.stands_since is None or self.passed > self.days)

    @property
    def late_by(self) -> int:
        return max(0, self.passed - self.days)

    @property
    def day(self) -> int:
        """Which day of the term it is, never more than it has."""
        return min(self.passed, self.days)


def stops_of(steps: Iterable[Step], tz: dt.tzinfo) -> tuple[Stop, ...]:
    """When the clock stood: from each day we began to wait for the person until the next change."""
    stops, since = [], None
    for step in steps:
        day = step.at.astimezone(tz).date()
        if since is not None:
            stops.append(Stop(since, day))
            since = None
        if step.status == Status.WAITING:
            since = day
    return (*stops, Stop(since)) if since is not None else tuple(stops)


def term_of(
    days: int, *, start: dt.date, clock: DayClock, stops: Iterable[Stop], today: dt.date, ended_on: dt.date | None
) -> Term:
    """The term of `days` that began on `start`, as it stands on `today` or stood when it ended."""
    now = ended_on or today
    all_stops = tuple(stops)
    open_stop = next((stop for stop in all_stops if stop.until is None), None)
    known = tuple(stop if stop.until is not None else Stop(stop.since, now) for stop in all_stops)
    passed = clock.passed(start, now, known)
    return Term(
        days=days,
        passed=passed,
        until=clock.due(start, days, known),
        stands_since=open_stop.since if open_stop and ended_on is None else None,
        ended_on=ended_on,
        today=today,
        paused=clock.passed(start, now) - passed,
    )
