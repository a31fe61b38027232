"""Writes of the charter: a measurement is recorded, explained and corrected – never overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from charter.compliance import Verdict, judge
from charter.models import Institution, Measurement, ServiceStandard
from portal.core import audit, clock
from portal.core.caching import forget_pages
from portal.core.languages import LANGUAGES, column, columns
from portal.core.models import User


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a promise was missed and what is done about it, by language; `act_by`: when that will be done."""

    reason: Mapping[str, str] = field(default_factory=dict)
    action: Mapping[str, str] = field(default_factory=dict)
    act_by: dt.date | None = None


_EXPLAINED = (*columns(("reason", "action")), "act_by")


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
    is_demo: bool = False,
) -> Measurement:
    """Keep what was counted for a standard in a period, with its verdict; returns the row that counts now.

    The same figures again make no new row; other figures are a correction: a new row counts, the old one stays as
    replaced, and its explanation goes along while the promise is not kept. For a count, `numerator` is the count and
    `denominator` 0. Raises ValueError when more is kept than was counted.
    """
    if denominator and numerator > denominator:
        raise ValueError(f"{numerator} of {denominator} is more than was counted")
    # Two jobs may measure at the same moment: the lock on the standard lets one row count.
    standard = ServiceStandard.objects.select_for_update().get(pk=standard.pk)
    cell = {
        "standard": standard,
        "institution": institution,
        "period_kind": period_kind,
        "period_start": period_start,
    }
    figures = {
        "numerator": numerator,
        "denominator": denominator,
        "target": float(standard.target),
        "is_demo": is_demo,
    }
    current = Measurement.objects.filter(**cell, superseded_at=None).first()
    if current and all(getattr(current, name) == value for name, value in figures.items()):
        return current
    measurement = Measurement(**cell, **figures, measured_at=clock.now())
    _judge(measurement, standard)
    if current:
        _replace(current, measurement)
    measurement.save()
    audit.record(
        "measurement.corrected" if current else "measurement.recorded",
        measurement,
        by=by,
        standard=standard.code,
        verdict=measurement.verdict,
    )
    forget_pages()
    return measurement


@transaction.atomic
def explain_measurement(measurement: Measurement, explanation: Explanation, *, by: User | str) -> None:
    """Write why it was missed, what is done about it and until when beside figures that stand as they are.

    What is written replaces what stood there, in every language: an empty text takes a sentence back.
    """
    measurement = Measurement.objects.select_for_update().get(pk=measurement.pk)
    before = [getattr(measurement, name) for name in _EXPLAINED]
    for code in LANGUAGES:
        setattr(measurement, column("reason", code), explanation.reason.get(code, "").strip())
        setattr(measurement, column("action", code), explanation.action.get(code, "").strip())
    measurement.act_by = explanation.act_by
    if before == [getattr(measurement, name) for name in _EXPLAINED]:
        return
    measurement.save(update_fields=_EXPLAINED)
    audit.record("measurement.explained", measurement, by=by)
    forget_pages()


def _judge(measurement: Measurement, standard: ServiceStandard) -> None:
    judgement = judge(
        standard.kind, standard.direction, measurement.numerator, measurement.denominator, standard.target
    )
    measurement.value, measurement.low, measurement.high = judgement.value, judgement.low, judgement.high
    measurement.verdict = judgement.verdict


def _replace(old: Measurement, new: Measurement) -> None:
    """The old row stays on record; its explanation goes along while the promise is not kept."""
    old.superseded_at = new.measured_at
    old.save(update_fields=["superseded_at"])
    if new.verdict != Verdict.KEPT:
        for name in _EXPLAINED:
            setattr(new, name, getattr(old, name))
