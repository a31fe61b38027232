"""How many asked and how many were helped in a period, and who waited how long.

Five independent counts – searches, those that found, consultations, those answered, ratings that were good – and the
page says so: the same person may stand in several of them or in none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Avg, Case, CharField, Count, Q, Value, When

from charter.periods import Period
from chat import access
from chat.models import Channel
from kb.models import SearchEvent
from portal.core.languages import LANGUAGES
from portal.dashboard import periods
from portal.dashboard.scope import Scope

WAITS_LONGER = 1.5
ENOUGH_WAITED = 30


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one period. Searches belong to no institution: None where only some institutions are in sight."""

    searches: int | None
    found: int | None
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class Wait:
    """How long people of one language waited in the chat until somebody took their question."""

    language: str
    people: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Counted:
    """The period, the one before, and waiting by language in the period. `is_demo`: something of it was generated."""

    now: Counts
    earlier: Counts
    waits: list[Wait]
    is_demo: bool


def counted(scope: Scope) -> Counted:
    """Two queries for the whole city, one for an institution."""
    now, earlier = scope.period, periods.before(scope.period)
    searched = _searches(now, earlier) if scope.is_whole_city else {}
    rows = _consultations(scope, now, earlier)

    def of(period: str) -> Counts:
        mine = [row for row in rows if row.period == period]
        searches, found = searched.get(period, (0, 0)) if scope.is_whole_city else (None, None)
        return Counts(
            searches=searches,
            found=found,
            asked=sum(row.asked for row in mine),
            answered=sum(row.answered for row in mine),
        )

    by_language = {row.language: row for row in rows if row.period == "now" and row.waited}
    return Counted(
        now=of("now"),
        earlier=of("earlier"),
        waits=[
            Wait(code, by_language[code].waited, by_language[code].seconds or 0.0)
            for code in LANGUAGES
            if code in by_language
        ],
        is_demo=any(row.generated for row in rows),
    )


def waits_longest(waits: list[Wait]) -> tuple[Wait, float] | None:
    """The language that waits so much longer than the others that somebody must act, and how many times as long."""
    worst: tuple[Wait, float] | None = None
    for wait in waits:
        others = [other for other in waits if other is not wait]
        people = sum(other.people for other in others)
        if wait.people < ENOUGH_WAITED or people < ENOUGH_WAITED:
            continue
        usual = sum(other.seconds * other.people for other in others) / people
        if usual and wait.seconds >= WAITS_LONGER * usual and (worst is None or wait.seconds > worst[0].seconds):
            worst = (wait, wait.seconds / usual)
    return worst


def _which(field: str, now: Period) -> Case:
    begin, _end = periods.span(now)
    return Case(When(**{f"{field}__gte": begin}, then=Value("now")), default=Value("earlier"), output_field=CharField())


def _searches(now: Period, earlier: Period) -> dict[str, tuple[int, int]]:
    found = ~Q(opened_kind="") & Q(led_to_consultation=False)
    rows = (
        SearchEvent.objects.filter(
            at__gte=periods.moment(earlier.start), at__lt=periods.moment(now.end), reader="resident"
        )
        .order_by()
        .values_list(_which("at", now))
        .annotate(searches=Count("id"), with_answer=Count("id", filter=found))
    )
    return {period: (searches, with_answer) for period, searches, with_answer in rows}


class _Row(NamedTuple):
    period: str
    language: str
    asked: int
    answered: int
    waited: int
    seconds: float | None
    generated: int


def _consultations(scope: Scope, now: Period, earlier: Period) -> list[_Row]:
    """By period and language; `waited` and `seconds` are of those who waited in the chat in opening hours."""
    waited = Q(channel=Channel.CHAT, waited_seconds__isnull=False, started_in_hours=True)
    rows = (
        access.for_statistics()
        .filter(
            scope.of_chosen(), started_at__gte=periods.moment(earlier.start), started_at__lt=periods.moment(now.end)
        )
        .order_by()
        .values_list(_which("started_at", now), "language")
        .annotate(
            asked=Count("id"),
            answered=Count("id", filter=Q(claimed_at__isnull=False)),
            waited=Count("id", filter=waited),
            seconds=Avg("waited_seconds", filter=waited),
            generated=Count("id", filter=Q(is_demo=True)),
        )
    )
    return [_Row(*row) for row in rows]
