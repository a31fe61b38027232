"""Writes of the charter: a measurement is recorded, explained and corrected – never overwritten."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from charter.compliance import Judgement, Verdict, judge
from charter.models import Institution, Measurement, ServiceStandard
from portal.core import audit, clock
from portal.core.caching import forget_pages
from portal.core.models import User


@transaction.atomic
def record_measurement(
    standard: ServiceStandard,
    *,
    institution: Institution | None = None,
    period_kind: str,
    period_start: dt.date,
    numerator: int,
    denominator: int,
    by: User | str,
    reason: str = "",
    action: str = "",
    is_demo: bool = False,
) -> Measurement:
    """Keep what was counted for a standard in a period, with its verdict; returns the row that counts now.

    The same figures again make no new row (a changed reason or action is written into it); other figures are a
    correction: a new row counts, the old one stays as replaced. Words given earlier go along while the promise
    is not kept. For a count, `numerator` is the count and `denominator` 0.
    Raises ValueError when more is kept than was counted.
    """
    if denominator and numerator > denominator:
        raise ValueError(f"{numerator} of {denominator} is more than was counted")
    # Two jobs may measure at the same moment: the lock on the standard lets one row count.
    standard = ServiceStandard.objects.select_for_update().get(pk=standard.pk)
    current = Measurement.objects.filter(
        standard=standard,
        institution=institution,
        period_kind=period_kind,
        period_start=period_start,
        superseded_at=None,
    ).first()
    figures = (numerator, denominator, float(standard.target), is_demo)
    if current and figures == (current.numerator, current.denominator, current.target, current.is_demo):
        return _explain(current, reason, action, by)
    judgement = judge(standard.kind, standard.direction, numerator, denominator, standard.target)
    if current:
        _supersede(current)
        if judgement.verdict != Verdict.KEPT:
            reason, action = reason or current.reason, action or current.action
    measurement = Measurement(
        standard=standard,
        institution=institution,
        period_kind=period_kind,
        period_start=period_start,
        numerator=numerator,
        denominator=denominator,
        target=float(standard.target),
        reason=reason,
        action=action,
        is_demo=is_demo,
        measured_at=clock.now(),
    )
    _save(measurement, judgement)
    audit.record(
        "measurement.corrected" if current else "measurement.recorded",
        measurement,
        by=by,
        standard=standard.code,
        verdict=measurement.verdict,
    )
    forget_pages()
    return measurement


def _explain(measurement: Measurement, reason: str, action: str, by: User | str) -> Measurement:
    """Write why it was missed and what is done about it into a row whose figures stand; empty words change nothing."""
    words = (reason or measurement.reason, action or measurement.action)
    if words == (measurement.reason, measurement.action):
        return measurement
    measurement.reason, measurement.action = words
    measurement.save(update_fields=["reason", "action"])
    audit.record("measurement.explained", measurement, by=by)
    forget_pages()
    return measurement


def _supersede(measurement: Measurement) -> None:
    measurement.superseded_at = clock.now()
    measurement.save(update_fields=["superseded_at"])


def _save(measurement: Measurement, judgement: Judgement) -> None:
    measurement.value, measurement.low, measurement.high = judgement.value, judgement.low, judgement.high
    measurement.verdict = judgement.verdict
    measurement.save()
