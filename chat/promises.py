"""By when we answer whoever can't be answered at once: from the charter's standards and the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from charter.models import Holiday, ServiceStandard, WorkingHours
from chat.hours import Stretch
from chat.models import Channel, Consultation, Task, TaskKind, TaskState
from portal.core import clock

# Whichever of these is promised first counts for somebody who wrote and waits for an answer.
WRITTEN_METRICS = ("written_answer_within_working_days", "acknowledged_within_working_days")
FIRST_REPLY = "first_reply_within_seconds"
USUAL_DAYS = 1
HURRY = dt.timedelta(hours=1)
LONGEST_WINDOW = dt.timedelta(hours=2)
SHORTEST_NOTICE = dt.timedelta(minutes=30)
SHORTEST_WINDOW = dt.timedelta(minutes=30)
OFFERED = 12
MOST_IN_A_WINDOW = 8  # calls one window has room for
AHEAD = 30  # days looked through


@dataclass(frozen=True, slots=True)
class Window:
    """When we ring. `code` is what a form sends back."""

    begins_at: dt.datetime
    ends_at: dt.datetime

    @property
    def code(self) -> str:
        return f"{self.begins_at:%Y%m%d%H%M}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The week and the holidays, read once."""

    week: Mapping[int, tuple[Stretch, ...]]
    holidays: frozenset[dt.date]

    def stretches(self, day: dt.date) -> tuple[Stretch, ...]:
        return () if day in self.holidays else self.week.get(day.weekday(), ())


def calendar(*, since: dt.date) -> Calendar:
    """Two queries."""
    week: dict[int, tuple[Stretch, ...]] = {}
    rows = WorkingHours.objects.order_by("weekday", "opens").values_list("weekday", "opens", "closes")
    for weekday, opens, closes in rows:
        week[weekday] = (*week.get(weekday, ()), (opens, closes))
    until = since + dt.timedelta(days=AHEAD)
    return Calendar(week, frozenset(Holiday.objects.filter(date__range=(since, until)).values_list("date", flat=True)))


def written_due(moment: dt.datetime, *, is_urgent: bool = False) -> dt.datetime:
    """Closing time of the last promised working day after `moment`; the day it was written on is day 0.

    Where somebody may be in danger it is the first hour of work that comes.
    """
    if is_urgent:
        return next_window(now=moment).begins_at + HURRY
    since = timezone.localtime(moment)
    days, closing = promised_days(), None
    known = calendar(since=since.date())
    for ahead in range(1, AHEAD):
        day = since.date() + dt.timedelta(days=ahead)
        if stretches := known.stretches(day):
            days -= 1
            closing = dt.datetime.combine(day, stretches[-1][1], tzinfo=since.tzinfo)
        if days <= 0:
            break
    return closing or moment + dt.timedelta(days=promised_days())


def promised_days() -> int:
    """Working days until a written answer, by the charter; one while it promises nothing."""
    found = dict(
        ServiceStandard.objects.filter(metric__in=WRITTEN_METRICS, live=True, service=None)
        .exclude(promised_value=None)
        .values_list("metric", "promised_value")
    )
    return next((int(found[metric] or USUAL_DAYS) for metric in WRITTEN_METRICS if metric in found), USUAL_DAYS)


def measured_by(consultation: Consultation) -> str:
    """The metric of what was promised to whoever wrote this way; empty where nothing is promised of it."""
    return {Channel.CHAT.value: FIRST_REPLY, Channel.EMAIL.value: WRITTEN_METRICS[0]}.get(consultation.channel, "")


def windows(*, now: dt.datetime | None = None) -> list[Window]:
    """When somebody may be phoned: the next windows of opening hours that are not full yet. Three queries."""
    since = timezone.localtime(now or clock.now())
    known = calendar(since=since.date())
    found: list[Window] = []
    for ahead in range(AHEAD):
        day = since.date() + dt.timedelta(days=ahead)
        for opens, closes in known.stretches(day):
            found += _cut(
                dt.datetime.combine(day, opens, tzinfo=since.tzinfo),
                dt.datetime.combine(day, closes, tzinfo=since.tzinfo),
                earliest=since + SHORTEST_NOTICE,
            )
        if len(found) >= 2 * OFFERED:
            break
    taken = _taken([window.begins_at for window in found])
    return [window for window in found if taken.get(window.begins_at, 0) < MOST_IN_A_WINDOW][:OFFERED]


def window_of(code: str, *, now: dt.datetime | None = None) -> Window | None:
    """The offered window with this code; None for one that is past, full or was never offered."""
    return next((window for window in windows(now=now) if window.code == code), None)


def next_window(*, now: dt.datetime | None = None) -> Window:
    """The first one; where there is no calendar at all, a day from now."""
    moment = now or clock.now()
    offered = windows(now=moment)
    return offered[0] if offered else Window(moment, moment + dt.timedelta(days=1))


def _cut(opens: dt.datetime, closes: dt.datetime, *, earliest: dt.datetime) -> list[Window]:
    """A stretch of work in windows of at most two hours; a short rest belongs to the window before it."""
    found: list[Window] = []
    begins = opens
    while begins < closes:
        ends = min(begins + LONGEST_WINDOW, closes)
        if closes - ends < SHORTEST_WINDOW:
            ends = closes
        if begins >= earliest:
            found.append(Window(begins, ends))
        begins = ends
    return found


def _taken(begins: list[dt.datetime]) -> dict[dt.datetime, int]:
    rows = (
        Task.objects.filter(kind=TaskKind.CALLBACK, state=TaskState.OPEN, begins_at__in=begins)
        .order_by()
        .values_list("begins_at")
        .annotate(how_many=Count("pk"))
    )
    return dict(rows)
