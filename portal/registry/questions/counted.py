"""Visits counted by month: months that are over are counted once, and again when something in them has changed.

A count is never trusted blindly. Whatever is written into a month that is over leaves a mark, and a month with a mark
is read from its visits; each night every count is compared with the visits, so that what left no mark is found, too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet, Sum
from django.db.models.functions import TruncMonth

from portal.core import clock
from portal.core.schedule import every
from portal.registry.models import CountedMonth, ServiceCount, TouchedMonth, Visit, VisitCount
from portal.registry.months.prices import next_month
from portal.registry.questions import raw

DAY = dt.timedelta(days=1)
SETTLED = 2  # days after its end a month is counted: by then nothing of it is still being written without a mark
AT_ONCE = 2000
VISIT_COLUMNS = ("department", "worker_id", "recipient_id", "outcome", "is_late", "is_corrected", "is_struck")
SERVICE_COLUMNS = ("department", "worker_id", "recipient_id", "service_id")


def touch(month: dt.date) -> None:
    """Something changed in this month: until it is counted again its visits are read themselves."""
    if month < clock.today().replace(day=1):
        TouchedMonth.objects.create(month=month)


def touch_since(day: dt.date) -> None:
    """Everything counted from this day on is in doubt: a price has changed."""
    months = CountedMonth.objects.filter(month__gte=day.replace(day=1)).values_list("month", flat=True)
    TouchedMonth.objects.bulk_create([TouchedMonth(month=month) for month in months])


def touch_visits(visits: QuerySet[Visit]) -> None:
    """These visits are about to be moved to somebody else."""
    months = visits.order_by().annotate(month=TruncMonth("day")).values_list("month", flat=True).distinct()
    for month in list(months):
        touch(month)


def sound() -> set[dt.date]:
    """The months whose counts hold. Two queries."""
    touched = set(TouchedMonth.objects.values_list("month", flat=True).distinct())
    return set(CountedMonth.objects.values_list("month", flat=True)) - touched


@every(10 * 60, "visits counted by month")
def count_what_changed() -> int:
    """The round: every month that is over, and is not counted or has a mark. Returns how many were counted."""
    known = sound()
    months = [month for month in _over() if month not in known]
    for month in months:
        count(month)
    return len(months)


@every(24 * 60 * 60, "visits compared with their counts")
def compare() -> list[dt.date]:
    """Mark the months whose counts and visits differ; returns them."""
    kept = _sums(VisitCount.objects.all(), "month", Sum("visits"))
    there = _sums(Visit.objects.annotate(month=TruncMonth("day")), "month", Count("pk"))
    wrong = [month for month in sorted(sound()) if kept.get(month) != there.get(month)]
    for month in wrong:
        touch(month)
    return wrong


def count_all() -> int:
    """Count every month that is over, whatever was counted before."""
    CountedMonth.objects.all().delete()
    months = list(_over())
    for month in months:
        count(month)
    return len(months)


@transaction.atomic
def count(month: dt.date) -> None:
    """Count a month anew. Marks that are seen here are done with; one that comes meanwhile stays for the next time."""
    marks = list(TouchedMonth.objects.filter(month=month).values_list("pk", flat=True))
    last = next_month(month) - DAY
    VisitCount.objects.filter(month=month).delete()
    ServiceCount.objects.filter(month=month).delete()
    VisitCount.objects.bulk_create(_visits(month, last), AT_ONCE)
    ServiceCount.objects.bulk_create(_services(month, last), AT_ONCE)
    CountedMonth.objects.update_or_create(month=month, defaults={"counted_at": clock.now()})
    TouchedMonth.objects.filter(pk__in=marks).delete()


def _visits(first: dt.date, last: dt.date) -> Iterator[VisitCount]:
    for *values, visits, minutes in raw.visits(VISIT_COLUMNS, first, last):
        yield VisitCount(month=first, visits=visits, minutes=minutes, **dict(zip(VISIT_COLUMNS, values, strict=True)))


def _services(first: dt.date, last: dt.date) -> Iterator[ServiceCount]:
    """A price that changes within the month gives two rows of the same key; they are added up."""
    width = len(SERVICE_COLUMNS)
    rows = sorted(raw.services(SERVICE_COLUMNS, first, last), key=lambda row: row[:width])
    for key, alike in groupby(rows, key=lambda row: row[:width]):
        times, minutes, worth = (sum(each) for each in zip(*(row[width:] for row in alike), strict=True))
        facts: dict[str, Any] = dict(zip(SERVICE_COLUMNS, key, strict=True))
        yield ServiceCount(month=first, times=times, minutes=minutes, sixtieths=worth, **facts)


def _over() -> Iterable[dt.date]:
    """Every month with visits that is over and has settled, oldest first."""
    ends = Visit.objects.aggregate(first=Min("day"), last=Max("day"))
    month = ends["first"].replace(day=1) if ends["first"] else dt.date.max
    while month <= (ends["last"] or dt.date.min) and next_month(month) + (SETTLED - 1) * DAY <= clock.today():
        yield month
        month = next_month(month)


def _sums(rows: QuerySet[Any], month: str, *sums: Any) -> dict[dt.date, tuple[int, int]]:
    found = rows.order_by().values_list(month).annotate(many=sums[0], lasted=Sum("minutes"))
    return {first: (many, lasted) for first, many, lasted in found}
