"""How many consultants the phone needs by day and hour, estimated from the last four weeks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from charter.memberships import Reach
from charter.models import ServiceStandard
from chat import access, staffing
from chat.models import Channel
from chat.staffing import Expected
from portal.core import clock

WEEKS = 4
HOUR = 3600
ENOUGH_CALLS = 30
MONDAY = dt.date(2024, 1, 1)
USUAL_TARGET, USUAL_SHARE = 20.0, 0.8
WRAP_UP_LIMIT = 60 * 60  # whatever lay longer than this was forgotten, not worked on


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour of one weekday: calls on average, and what they need."""

    weekday: int
    hour: int
    calls: float
    expected: Expected | None


@dataclass(frozen=True, slots=True)
class Plan:
    """`basis`: calls it rests on; with fewer than thirty there are no cells."""

    basis: int
    seconds: float
    target: float
    share: float
    cells: tuple[Cell, ...]

    @property
    def days(self) -> list[dt.date]:
        """Any dates of the weekdays there are: their names are written in the reader's language."""
        return [MONDAY + dt.timedelta(days=weekday) for weekday in sorted({cell.weekday for cell in self.cells})]

    @property
    def hours(self) -> list[tuple[int, list[Cell | None]]]:
        """By hour, one cell a weekday."""
        at = {(cell.weekday, cell.hour): cell for cell in self.cells}
        return [
            (hour, [at.get((day.weekday(), hour)) for day in self.days])
            for hour in sorted({cell.hour for cell in self.cells})
        ]

    @property
    def percent(self) -> int:
        return round(100 * self.share)


def plan(reach: Reach) -> Plan:
    """Two queries. A call takes from its answer until its notes are done."""
    since = clock.now() - dt.timedelta(weeks=WEEKS)
    calls = access.for_statistics().filter(channel=Channel.PHONE, started_at__gte=since, claimed_at__isnull=False)
    if not reach.whole_city:
        calls = calls.filter(institution_id__in=reach.institutions)
    rows = calls.annotate(done=F("closed_at")).values_list("started_at", "claimed_at", "done")
    lasted: list[float] = []
    at: dict[tuple[int, int], int] = defaultdict(int)
    for started, claimed, done in rows:
        local = timezone.localtime(started)
        at[local.weekday(), local.hour] += 1
        if claimed and done and 0 < (done - claimed).total_seconds() < WRAP_UP_LIMIT:
            lasted.append((done - claimed).total_seconds())
    target, share = _promise()
    if len(lasted) < ENOUGH_CALLS:
        return Plan(len(lasted), 0.0, target, share, ())
    seconds = sum(lasted) / len(lasted)
    cells = (
        Cell(weekday, hour, count / WEEKS, _needed(count / WEEKS, seconds, target, share))
        for (weekday, hour), count in sorted(at.items())
    )
    return Plan(len(lasted), seconds, target, share, tuple(cells))


def _needed(calls: float, seconds: float, target: float, share: float) -> Expected | None:
    return staffing.needed(calls=calls, seconds=seconds, period=HOUR, target=target, share=share)


def _promise() -> tuple[float, float]:
    """(seconds, share) of the charter's promise for the phone."""
    found = ServiceStandard.objects.filter(metric="answered_within_seconds", live=True)
    row = found.values_list("promised_value", "target").first()
    return (float(row[0] or USUAL_TARGET), float(row[1])) if row else (USUAL_TARGET, USUAL_SHARE)
