"""The days when offices are closed, as whoever keeps the town's calendar tells them.

A lower package asks here; the package that has the calendar registers its reader. Without one there are weekends only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from portal.core.working_days import DayClock

DAY = dt.timedelta(days=1)
LONGEST = 60  # no stretch of closed days lasts longer
Reader = Callable[[dt.date, dt.date], Iterable[dt.date]]
_readers: list[Reader] = []


def register(reader: Reader) -> Reader:
    """Name who knows the holidays from a day to a day."""
    if reader not in _readers:
        _readers.append(reader)
    return reader


def working_days(first: dt.date, last: dt.date) -> DayClock:
    """The clock of working days for this stretch and the days before it that it may fall back on."""
    begin = first - LONGEST * DAY
    return DayClock(working=True, holidays=frozenset(day for reader in _readers for day in reader(begin, last)))


def on_or_before(day: dt.date, works: DayClock) -> dt.date:
    """The last working day that is not after this one."""
    for _ in range(LONGEST):
        if works.counts(day):
            return day
        day -= DAY
    return day
