"""Measured on the calendar: months in which a story was told, quarters whose results were published in time, minutes
in which the portal answered."""

from __future__ import annotations

import datetime as dt

from django.db.models import Min, Q

from charter.feedback.models import Story
from charter.models import MeasuredHow, Measurement, PeriodKind, ServiceStandard
from charter.periods import Period
from portal.core import clock
from portal.dashboard import periods
from portal.dashboard.models import AnsweredDay
from portal.dashboard.sources.base import Counted, Tally

PUBLISHED_WITHIN = dt.timedelta(days=31)
DAY_MINUTES = 24 * 60


def months_told(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Counted:
    """Whole months in which a story was published, of those since the first one or since the promise stands here."""
    told = {day.replace(day=1) for day in Story.objects.filter(live=True).values_list("told_on", flat=True)}
    stands = standard.first_published_at
    begun = [*told, *([periods.month_of(clock.day_of(stands)).end] if stands else [])]  # the first whole month
    first = max(clock.day_of(since), standard.valid_from, min(begun, default=clock.today()))
    last = min(clock.day_of(until), clock.today())
    months = (each for each in periods.between(first, last) if each.kind == PeriodKind.MONTH)
    return {(month.start, None): Tally(int(month.start in told), 1) for month in months if month.end <= last}


def quarters_published(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Counted:
    """Whole quarters, by their last month: was every result that was due out within a month of the quarter's end?

    A quarter counts once it is published or its month has passed. What people bring must be there from the first
    quarter they brought it for; what the portal counts must not have come later than the others.
    """
    wanted = list(
        ServiceStandard.objects.filter(live=True, valid_from__lte=clock.today())
        .exclude(measured=MeasuredHow.NOT_YET)
        .exclude(pk=standard.pk)
        .values_list("pk", "measured")
    )
    came = {
        (row["standard"], row["period_start"]): row["first"]
        for row in Measurement.objects.filter(institution=None, period_kind=PeriodKind.QUARTER)
        .order_by()
        .values("standard", "period_start")
        .annotate(first=Min("measured_at"))
    }
    if not came:
        return {}
    begun = min(start for _standard, start in came)
    first = max(clock.day_of(since), standard.valid_from, begun)
    found: Counted = {}
    for quarter in periods.between(first, clock.day_of(until) - dt.timedelta(days=1)):
        if quarter.kind != PeriodKind.QUARTER or not quarter.is_over(clock.today()):
            continue
        is_kept = _is_published(quarter, wanted, came)
        if is_kept or quarter.end + PUBLISHED_WITHIN <= clock.today():
            found[periods.months_in(quarter)[-1].start, None] = Tally(int(is_kept), 1)
    return found


def _is_published(quarter: Period, wanted: list[tuple[int, str]], came: dict[tuple[int, dt.date], dt.datetime]) -> bool:
    deadline = periods.moment(quarter.end + PUBLISHED_WITHIN)
    rows = {standard: at for (standard, start), at in came.items() if start == quarter.start}
    brought = {
        standard
        for standard, how in wanted
        if how == MeasuredHow.MANUAL and any(one == standard and start <= quarter.start for one, start in came)
    }
    counted = {standard for standard, how in wanted if how == MeasuredHow.COMPUTED}
    return bool(rows) and brought <= rows.keys() and all(rows[each] <= deadline for each in rows if each in counted)


def minutes_answered(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Counted:
    """Minutes in which the portal answered, of all since somebody watches; work that was planned counts as well."""
    first = AnsweredDay.objects.order_by("day").first()
    if first is None:
        return {}
    now = clock.now().astimezone(dt.UTC)
    known = dict(
        AnsweredDay.objects.filter(Q(day__gte=clock.day_of(since), day__lt=clock.day_of(until))).values_list(
            "day", "answered"
        )
    )
    day = max(clock.day_of(since), standard.valid_from, first.day)
    last = min(clock.day_of(until) - dt.timedelta(days=1), now.date())
    found: Counted = {}
    while day <= last:
        of = now.hour * 60 + now.minute if day == now.date() else DAY_MINUTES
        of -= first.from_minute if day == first.day else 0
        kept = min(known.get(day, 0), max(of, 0))
        key = (day.replace(day=1), None)
        found[key] = found.get(key, Tally()) + Tally(kept, max(of, 0))
        day += dt.timedelta(days=1)
    return {key: tally for key, tally in found.items() if tally.of}


# Duties of the calendar and the portal's up-time, by metric; all of them are the whole city's.
DUTIES = {
    "months_published": months_told,
    "quarters_published": quarters_published,
    "uptime": minutes_answered,
}
