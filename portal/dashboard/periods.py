"""Whole months and quarters: which are offered, how an address names them, when they begin and end by the clock."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone

from charter.models import PeriodKind
from charter.periods import Period, quarter_of
from portal.core import clock

MONTHS_OFFERED = 12
QUARTERS_OFFERED = 4
_CODE = re.compile(r"(\d{4})-(?:Q([1-4])|(0[1-9]|1[0-2]))")


def month_of(day: dt.date) -> Period:
    """The month that `day` lies in."""
    return Period(day.replace(day=1), PeriodKind.MONTH.value)


def before(period: Period) -> Period:
    """The month or quarter before."""
    day = period.start - dt.timedelta(days=1)
    return month_of(day) if period.kind == PeriodKind.MONTH else quarter_of(day)


def back(period: Period, many: int) -> list[Period]:
    """`period` and those before it, newest first, `many` in all."""
    found = [period]
    while len(found) < many:
        found.append(before(found[-1]))
    return found


def months_in(period: Period) -> list[Period]:
    """The months of a quarter, or the month itself; oldest first."""
    months = [month_of(period.start)]
    while months[-1].end < period.end:
        months.append(month_of(months[-1].end))
    return months


def between(since: dt.date, until: dt.date) -> list[Period]:
    """Every month and quarter that has a day in common with `since`…`until`, both included."""
    months, quarters = [month_of(since)], [quarter_of(since)]
    while months[-1].end <= until:
        months.append(month_of(months[-1].end))
    while quarters[-1].end <= until:
        quarters.append(quarter_of(quarters[-1].end))
    return [*months, *quarters]


def offered() -> list[Period]:
    """What a manager may choose: months and quarters, the running ones first."""
    today = clock.today()
    return [*back(month_of(today), MONTHS_OFFERED), *back(quarter_of(today), QUARTERS_OFFERED)]


def usual(kind: str = PeriodKind.MONTH) -> Period:
    """The last whole month or quarter: what a page shows when nobody asks for another."""
    today = clock.today()
    return before(month_of(today) if kind == PeriodKind.MONTH else quarter_of(today))


def read(code: str, kind: str = PeriodKind.MONTH) -> Period:
    """The period an address names; the usual one of this kind when it names none that is offered."""
    found = _CODE.fullmatch(code)
    if found:
        year, quarter, month = found.groups()
        day = dt.date(int(year), int(month) if month else int(quarter) * 3 - 2, 1)
        period = month_of(day) if month else quarter_of(day)
        if period in offered():
            return period
    return usual(kind)


def moment(day: dt.date) -> dt.datetime:
    """The first moment of `day` in the town."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def span(period: Period) -> tuple[dt.datetime, dt.datetime]:
    """From the first moment up to, not including, the first one after it."""
    return moment(period.start), moment(period.end)
