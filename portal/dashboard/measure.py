"""The measurement job: counts what was promised against what was recorded, and writes it to the charter.

Every night for the periods that may still change, and on demand. Running it again writes nothing new.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django_tasks import task

from charter.actions import record_measurement
from charter.corrections import counted_anew
from charter.models import Institution, MeasuredHow, Municipality, ServiceStandard
from charter.periods import Period, quarter_of
from portal.core import audit, clock
from portal.core.schedule import every
from portal.dashboard import periods
from portal.dashboard.lattice import hidden
from portal.dashboard.sources import ONLY_WHOLE_PERIODS, SNAPSHOTS, SOURCES, Counted, Tally

logger = logging.getLogger(__name__)
# A wrap-up, a decision or a correction may come late: nightly we look this far back.
DAYS_BACK = 40


@every(24 * 60 * 60, "measurements")
def measure_what_may_have_changed() -> int:
    """The nightly round."""
    return measure(since=clock.today() - dt.timedelta(days=DAYS_BACK))


@receiver(counted_anew, dispatch_uid="measure-anew")
def _calendar_corrected(since: dt.date, **_more: Any) -> None:
    """A holiday came afterwards: what was measured from that day on is measured anew, in the background."""
    try:
        measure_anew.enqueue(since.isoformat())
    except Exception as trouble:  # the calendar is corrected; the nightly round still comes
        logger.warning("measure: a corrected calendar could not be queued: %s", type(trouble).__name__)


@task()
def measure_anew(since: str) -> None:
    """The same job, from a day on."""
    measure(since=dt.date.fromisoformat(since))


@transaction.atomic
def measure(*, since: dt.date) -> int:
    """Measure every computed standard for the months and quarters from `since` on; returns how many rows count now.

    The first month and quarter are measured whole, though `since` may lie in their middle.
    """
    is_demo = Municipality.objects.filter(is_demonstration=True).exists()
    institutions = {each.pk: each for each in Institution.objects.all()}
    spans = periods.between(since, clock.today())
    standards = ServiceStandard.objects.filter(live=True, measured=MeasuredHow.COMPUTED)
    measured = 0
    for standard in standards.order_by("code"):
        for period, institution, tally in _tallies(standard, spans):
            record_measurement(
                standard,
                institution=institutions.get(institution) if institution else None,
                period_kind=period.kind,
                period_start=period.start,
                numerator=tally.kept,
                denominator=tally.of,
                by=audit.SYSTEM,
                is_demo=is_demo,
            )
            measured += 1
    return measured


def _tallies(standard: ServiceStandard, spans: list[Period]) -> Iterator[tuple[Period, int | None, Tally]]:
    """What is to be written: by period, for the city (None) and for each institution that had something to count."""
    today = clock.today()
    if snapshot := SNAPSHOTS.get(standard.metric):
        now = snapshot()
        yield from ((period, None, now) for period in spans if not period.is_over(today))
        return
    if (source := SOURCES.get(standard.metric)) is None:
        return
    counted = source(standard, periods.moment(min(spans).start), periods.moment(max(each.end for each in spans)))
    kept_back = _kept_back(counted) if standard.metric in ONLY_WHOLE_PERIODS else frozenset()
    for period in spans:
        if standard.metric in ONLY_WHOLE_PERIODS and not period.is_over(today):
            continue
        found = _in(period, counted)
        city = sum(found.values(), Tally())
        if city.of:
            yield period, None, city
        yield from (
            (period, institution, tally)
            for institution, tally in found.items()
            if institution and (period, institution) not in kept_back
        )


def _in(period: Period, counted: Counted) -> dict[int | None, Tally]:
    """Tallies of one period by institution."""
    found: dict[int | None, Tally] = {}
    for (month, institution), tally in counted.items():
        if period.start <= month < period.end:
            found[institution] = found.get(institution, Tally()) + tally
    return found


def _kept_back(counted: Counted) -> frozenset[tuple[Period, int | None]]:
    """Institutions whose ratings of a period are too few to publish, or would give such a one away."""
    found: set[tuple[Period, int | None]] = set()
    for quarter in {quarter_of(month) for month, _institution in counted}:
        cells = {cell: tally.of for cell, tally in counted.items() if quarter.start <= cell[0] < quarter.end}
        for row, institution in hidden(cells):
            period = periods.month_of(row) if isinstance(row, dt.date) else quarter
            if isinstance(institution, int):
                found.add((period, institution))
    return frozenset(found)
