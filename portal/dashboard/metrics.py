"""How many asked and how many were helped in a period, and who waited how long.

Five independent counts – searches, those that found, consultations, those answered, ratings that were good – and the
page says so: the same person may stand in several of them or in none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from charter.models import PeriodKind
from charter.periods import Period, quarter_of
from portal.core.languages import LANGUAGES
from portal.dashboard import counting, periods, tallying
from portal.dashboard.lattice import WHOLE, hidden
from portal.dashboard.models import ContactCount, SearchCount
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
    """The period, the one before, and waiting by language in the period as far as the lattice shows it.

    `is_demo`: something of it was generated.
    """

    now: Counts
    earlier: Counts
    waits: list[Wait]
    is_demo: bool


def counted(scope: Scope, known: counting.Known) -> Counted:
    """What is counted by month is added up, what came since is read from the records: at most five queries."""
    now, earlier = scope.period, periods.before(scope.period)
    quarter = quarter_of(now.start)
    within = counting.spans(min(earlier.start, quarter.start), quarter.end, known)
    rows = _contacts(scope, within)
    searches = _searches(within) if scope.is_whole_city else []
    return Counted(
        now=_counts(now, rows, searches, scope),
        earlier=_counts(earlier, rows, searches, scope),
        waits=_waits(now, [row for row in rows if row["month"] >= quarter.start]),
        is_demo=any(row["generated"] for row in rows if earlier.start <= row["month"] < now.end),
    )


def _waits(period: Period, rows: list[dict[str, Any]]) -> list[Wait]:
    """By language; `rows` are of the whole quarter, since its months and the quarter give each other away."""
    row_of_period = WHOLE if period.kind == PeriodKind.QUARTER else period.start
    back = hidden({(row["month"], row["language"]): row["waited"] for row in rows})
    waits = []
    for code in LANGUAGES:
        mine = [row for row in rows if row["language"] == code and period.start <= row["month"] < period.end]
        people = sum(row["waited"] for row in mine)
        if people and (row_of_period, code) not in back:
            waits.append(Wait(code, people, sum(row["wait_seconds"] for row in mine) / people))
    return waits


def _counts(period: Period, rows: list[dict[str, Any]], searches: list[dict[str, Any]], scope: Scope) -> Counts:
    def total(of: list[dict[str, Any]], name: str) -> int:
        return sum(row[name] for row in of if period.start <= row["month"] < period.end)

    return Counts(
        searches=total(searches, "searches") if scope.is_whole_city else None,
        found=total(searches, "found") if scope.is_whole_city else None,
        asked=total(rows, "asked"),
        answered=total(rows, "answered"),
    )


def _contacts(scope: Scope, within: counting.Spans) -> list[dict[str, Any]]:
    """By month and language; `waited` and `wait_seconds` are of those who waited in the chat in opening hours."""
    return counting.added_up(
        ContactCount,
        tallying.contacts,
        "started_at",
        within,
        by=("month", "language"),
        sums=("asked", "answered", "waited", "wait_seconds", "generated"),
        where=scope.of_chosen,
    )


def _searches(within: counting.Spans) -> list[dict[str, Any]]:
    sums = ("searches", "found")
    return counting.added_up(SearchCount, tallying.searches, "at", within, by=("month",), sums=sums)


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
