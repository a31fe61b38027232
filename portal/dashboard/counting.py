"""Counting months: each count is one query over what was recorded (`tallying`), for a span of time, by month.

The nightly round counts what may have changed; `manage.py count_months` counts everything anew. A page asks
`spans()` what is counted and what has to be read from the records themselves, and adds both.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db import models, transaction
from django.db.models import Min, Q, Sum

from charter.feedback.models import Rating
from chat import access
from kb.models import SearchEvent
from portal.core import clock
from portal.core.schedule import every
from portal.dashboard import periods
from portal.dashboard.models import (
    AnswerCount,
    AppealCount,
    ContactCount,
    CountedMonth,
    RatingCount,
    SearchCount,
    VoteCount,
    WordCount,
)
from portal.dashboard.tallying import Rows, answers, appeals, contacts, ratings, searches, votes, words

DAYS_BACK = 40


@dataclass(frozen=True, slots=True)
class Spans:
    """Months that are counted, and spans of time (from, up to) to be read from the records themselves."""

    counted: tuple[dt.date, ...]
    recorded: tuple[tuple[dt.datetime, dt.datetime], ...]

    def during(self, field: str) -> Q:
        """The condition for records in the spans that are not counted; matches nothing when all are."""
        found = Q(pk__in=())
        for begin, end in self.recorded:
            found |= Q(**{f"{field}__gte": begin, f"{field}__lt": end})
        return found


Known: TypeAlias = Mapping[dt.date, dt.datetime]


def known() -> Known:
    """Until which moment each counted month is counted: one query for a whole page."""
    return dict(CountedMonth.objects.values_list("month", "until"))


def spans(since: dt.date, until: dt.date, known: Known) -> Spans:
    """What is counted of the months from `since` up to, not including, `until` (both first days)."""
    counted, recorded = [], []
    for first in months_between(since, until):
        begin, end = periods.moment(first), periods.moment(_next(first))
        if first in known:
            counted.append(first)
            begin = max(begin, known[first])
        if begin < end:
            recorded.append((begin, end))
    return Spans(tuple(counted), tuple(_joined(recorded)))


def months_between(since: dt.date, until: dt.date) -> list[dt.date]:
    """First days of the months from `since` up to, not including, `until`."""
    found, first = [], since.replace(day=1)
    while first < until:
        found.append(first)
        first = _next(first)
    return found


# Table, its query, and the column of the moment a record belongs to.
_COUNTS: tuple[tuple[type[models.Model], Callable[[Q], Rows], str], ...] = (
    (ContactCount, contacts, "started_at"),
    (RatingCount, ratings, "at"),
    (SearchCount, searches, "at"),
    (WordCount, words, "at"),
    (VoteCount, votes, "at"),
    (AppealCount, appeals, "entered_at"),
    (AnswerCount, answers, "sent_at"),
)


@every(24 * 60 * 60, "counting")
def count_what_may_have_changed() -> int:
    """The nightly round; where months are missing, from the first record on."""
    since = clock.today() - dt.timedelta(days=DAYS_BACK)
    missing = first_record()
    if missing and not CountedMonth.objects.filter(month=missing.replace(day=1)).exists():
        since = missing
    return count(since=since)


def count(*, since: dt.date) -> int:
    """Count the months from `since` on anew, each in one transaction; returns how many."""
    today = clock.today()
    found = months_between(since, today + dt.timedelta(days=1))
    for first in found:
        _count(first)
    return len(found)


def first_record() -> dt.date | None:
    """The day of the oldest record that is counted; None when nothing was recorded."""
    moments = (
        access.for_statistics().order_by().aggregate(at=Min("started_at"))["at"],
        SearchEvent.objects.aggregate(at=Min("at"))["at"],
        Rating.objects.aggregate(at=Min("at"))["at"],
    )
    return min((clock.day_of(moment) for moment in moments if moment), default=None)


@transaction.atomic
def _count(first: dt.date) -> None:
    begin, end = periods.moment(first), periods.moment(_next(first))
    until = min(end, clock.now())
    for table, query, field in _COUNTS:
        rows = query(Q(**{f"{field}__gte": begin, f"{field}__lt": until}))
        table._default_manager.filter(month=first).delete()
        table._default_manager.bulk_create((table(**row) for row in rows), batch_size=1000)
    CountedMonth.objects.update_or_create(month=first, defaults={"until": until, "counted_at": clock.now()})


def _next(first: dt.date) -> dt.date:
    return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def _joined(
    recorded: Iterable[tuple[dt.datetime, dt.datetime]],
) -> Iterable[tuple[dt.datetime, dt.datetime]]:
    """Spans that follow each other as one."""
    joined: list[tuple[dt.datetime, dt.datetime]] = []
    for begin, end in recorded:
        if joined and joined[-1][1] == begin:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined


def added_up(
    table: type[models.Model],
    query: Callable[[Q], Rows],
    field: str,
    within: Spans,
    *,
    by: tuple[str, ...],
    sums: tuple[str, ...],
    where: Callable[[str], Q] = lambda _field: Q(),
    place: str = "institution",
) -> list[dict[str, Any]]:
    """Rows of `by` with the `sums` of what is counted and of what is not counted yet; at most two queries.

    `where` is asked for the condition on institutions, once for the counts and once for the records, whose institution
    is called `place`.
    """
    totals: dict[tuple[Any, ...], dict[str, Any]] = {}
    found: list[Rows] = []
    if within.counted:
        counted = table._default_manager.filter(where("institution_id"), month__in=within.counted)
        found.append(counted.order_by().values(*by).annotate(**{f"sum_{name}": Sum(name) for name in sums}))
    if within.recorded:
        found.append(query(within.during(field) & where(place)))
    for row in itertools.chain(*found):
        key = tuple(row[name] for name in by)
        total = totals.setdefault(key, {**dict(zip(by, key, strict=True)), **dict.fromkeys(sums, 0)})
        for name in sums:
            total[name] += row[f"sum_{name}"] if f"sum_{name}" in row else row[name]
    return list(totals.values())
