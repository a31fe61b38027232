"""When consultants work: open now? when next? – from the calendar of the charter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from charter.models import Holiday, WorkingHours
from portal.core import clock

AHEAD = 21  # days looked through for the next opening
Stretch = tuple[dt.time, dt.time]


@dataclass(frozen=True, slots=True)
class Opening:
    """`next_at`: when it opens next, None while it is open or when nothing is known."""

    is_open: bool
    closes_at: dt.datetime | None = None
    next_at: dt.datetime | None = None


def opening(
    moment: dt.datetime,
    *,
    week: Mapping[int, Sequence[Stretch]],
    holidays: Collection[dt.date],
) -> Opening:
    """Pure: `moment`, in the town’s time, against the week and the holidays. Lunch is a gap like any other."""
    upcoming: dt.datetime | None = None
    for days in range(AHEAD):
        date = moment.date() + dt.timedelta(days=days)
        if date in holidays:
            continue
        for opens, closes in sorted(week.get(date.weekday(), ())):
            begins = dt.datetime.combine(date, opens, tzinfo=moment.tzinfo)
            ends = dt.datetime.combine(date, closes, tzinfo=moment.tzinfo)
            if begins <= moment < ends:
                return Opening(is_open=True, closes_at=ends)
            if begins > moment and upcoming is None:
                upcoming = begins
        if upcoming is not None:
            break
    return Opening(is_open=False, next_at=upcoming)


def opening_now(*, now: dt.datetime | None = None) -> Opening:
    """Two queries. A site without a calendar is never open, and says no next time."""
    moment = timezone.localtime(now or clock.now())
    week: dict[int, list[Stretch]] = {}
    for weekday, opens, closes in WorkingHours.objects.values_list("weekday", "opens", "closes"):
        week.setdefault(weekday, []).append((opens, closes))
    last = moment.date() + dt.timedelta(days=AHEAD)
    holidays = set(Holiday.objects.filter(date__range=(moment.date(), last)).values_list("date", flat=True))
    return opening(moment, week=week, holidays=holidays)
