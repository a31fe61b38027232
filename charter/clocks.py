"""How the days of a promised term are counted here: on calendar or working days, the town's holidays left out."""

from __future__ import annotations

import datetime as dt

from charter.models import Clock, Holiday
from portal.core.working_days import DayClock

YEAR = dt.timedelta(days=366)


def day_clock(clock: str, *, around: dt.date) -> DayClock:
    """How days count on this clock; the holidays of the year before and after `around` are left out."""
    if clock != Clock.WORKING:
        return DayClock(working=False)
    holidays = Holiday.objects.filter(date__range=(around - YEAR, around + YEAR)).values_list("date", flat=True)
    return DayClock(working=True, holidays=frozenset(holidays))
