"""Moments of a working day, by the town's clock."""

from __future__ import annotations

import datetime as dt
from random import Random

from portal.dashboard.periods import moment

OPENS, CLOSES, LUNCH = 8 * 60, 15 * 60 + 40, range(12 * 60, 12 * 60 + 45)


def in_hours(day: dt.date, rng: Random) -> dt.datetime:
    """A moment while the consultation is open; mornings are busier."""
    while True:
        minute = int(rng.triangular(OPENS, CLOSES, 10 * 60))
        if minute not in LUNCH:
            return moment(day) + dt.timedelta(minutes=minute, seconds=rng.randrange(60))


def out_of_hours(day: dt.date, rng: Random) -> dt.datetime:
    """A moment before the consultation opens."""
    return moment(day) + dt.timedelta(minutes=rng.randrange(6 * 60, OPENS), seconds=rng.randrange(60))


def any_time(day: dt.date, rng: Random) -> dt.datetime:
    """A waking hour."""
    return moment(day) + dt.timedelta(minutes=int(rng.triangular(7 * 60, 22 * 60, 11 * 60)), seconds=rng.randrange(60))
