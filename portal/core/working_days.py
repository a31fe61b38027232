"""Counting days of a term: calendar or working days, holidays left out, and the clock stopped while we wait.

Pure. The day something came in is day 0; the first day that counts is the next one. A stop leaves out the days
after the one it began on, up to and including the one it ended on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
SATURDAY = 5
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stands from a day until another; `until` None: it still stands."""

    since: dt.date
    until: dt.date | None = None

    def leaves_out(self, day: dt.date) -> bool:
        return self.since < day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class DayClock:
    """How the days of a term are counted."""

    working: bool
    holidays: frozenset[dt.date] = frozenset()

    def counts(self, day: dt.date) -> bool:
        """Whether this day counts on this clock."""
        return not self.working or (day.weekday() < SATURDAY and day not in self.holidays)

    def passed(self, start: dt.date, until: dt.date, stops: Iterable[Stop] = ()) -> int:
        """Days that have counted after `start`, up to and including `until`."""
        stops = tuple(stops)
        days = ((start + DAY * n) for n in range(1, (until - start).days + 1))
        return sum(self.counts(day) and not any(stop.leaves_out(day) for stop in stops) for day in days)

    def due(self, start: dt.date, days: int, stops: Iterable[Stop] = ()) -> dt.date:
        """The last day of a term of `days`. Every stop needs an end; ValueError when the term never ends."""
        stops, day, counted = tuple(stops), start, 0
        for _ in range(LONGEST):
            if counted >= days:
                return day
            day += DAY
            counted += self.counts(day) and not any(stop.leaves_out(day) for stop in stops)
        raise ValueError("this term never ends: a stop has no end")
