"""Figures entered by hand: brought by one person with a source, counted once another person has checked them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet

from charter.actions import record_measurement
from charter.memberships import Reach
from charter.models import (
    FigureState,
    Institution,
    ManualFigure,
    MeasuredHow,
    Municipality,
    ServiceStandard,
    StandardKind,
)
from charter.periods import Period, quarter_of
from portal.core import audit, clock
from portal.core.models import User


class Unfit(ValueError):
    """What was entered can't be a figure of this standard. `wrong`: field → code of what is wrong with it."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(dict(wrong))
        self.wrong = dict(wrong)


class NotYours(PermissionError):
    """Nobody confirms a figure of their own."""


class Decided(RuntimeError):
    """Somebody else has already confirmed or refused it."""


def within(reach: Reach) -> QuerySet[ManualFigure]:
    """Figures of the institutions in reach; all of them for the whole city."""
    found = ManualFigure.objects.all()
    return found if reach.whole_city else found.filter(institution__in=reach.institutions)


def waiting(reach: Reach) -> QuerySet[ManualFigure]:
    """Figures within reach that wait for a second pair of eyes, oldest first."""
    found = within(reach).filter(state=FigureState.WAITING)
    return found.select_related("standard", "institution", "entered_by").order_by("entered_at")


def of_standard(standard: ServiceStandard, reach: Reach) -> QuerySet[ManualFigure]:
    """Every figure ever entered for a standard within reach, newest first."""
    return within(reach).filter(standard=standard).select_related("institution", "entered_by", "decided_by")


def check(
    standard: ServiceStandard, *, period: Period, numerator: int | None, denominator: int | None, source: str
) -> None:
    """Raises Unfit when this can't be a figure of the standard in that period."""
    wrong: dict[str, str] = {}
    if standard.measured != MeasuredHow.MANUAL:
        wrong["standard"] = "computed"
    if period.start > clock.today():
        wrong["period"] = "future"
    elif period.end <= standard.valid_from or (standard.valid_until and period.start > standard.valid_until):
        wrong["period"] = "outside"
    if numerator is None or numerator < 0:
        wrong["numerator"] = "number"
    if standard.kind != StandardKind.COUNT:
        if denominator is None or denominator < 1:
            wrong["denominator"] = "number"
        elif numerator is not None and numerator > denominator:
            wrong["numerator"] = "more_than_counted"
    if not source.strip():
        wrong["source"] = "needed"
    if wrong:
        raise Unfit(wrong)


@transaction.atomic
def enter(
    standard: ServiceStandard,
    *,
    institution: Institution | None,
    period: Period,
    numerator: int | None,
    denominator: int | None,
    source: str,
    by: User,
) -> ManualFigure:
    """Keep a figure until somebody else confirms it; one that still waits for the same cell is replaced.

    Raises Unfit.
    """
    check(standard, period=period, numerator=numerator, denominator=denominator, source=source)
    standard = ServiceStandard.objects.select_for_update().get(pk=standard.pk)
    cell = {"standard": standard, "institution": institution, "period_kind": period.kind, "period_start": period.start}
    for older in ManualFigure.objects.select_for_update().filter(**cell, state=FigureState.WAITING):
        _decide(older, FigureState.REFUSED, None)
    figure = ManualFigure.objects.create(
        **cell,
        numerator=numerator or 0,
        denominator=0 if standard.kind == StandardKind.COUNT else denominator or 0,
        source=source.strip()[:300],
        entered_by=by,
        entered_at=clock.now(),
    )
    audit.record("figure.entered", figure, by=by, standard=standard.code)
    return figure


@transaction.atomic
def confirm(figure: ManualFigure, *, by: User) -> ManualFigure:
    """The second pair of eyes: from now on the figure counts, as a correction where another one stood.

    Raises NotYours for one's own figure, Decided when somebody was quicker.
    """
    figure = _open(figure, by)
    _decide(figure, FigureState.CONFIRMED, by)
    figure.measurement = record_measurement(
        figure.standard,
        institution=figure.institution,
        period_kind=figure.period_kind,
        period_start=figure.period_start,
        numerator=figure.numerator,
        denominator=figure.denominator,
        by=by,
        is_demo=Municipality.objects.filter(is_demonstration=True).exists(),
    )
    # The same figure confirmed again counts by the row that is there.
    ManualFigure.objects.filter(measurement=figure.measurement).update(measurement=None)
    figure.save(update_fields=["measurement"])
    audit.record("figure.confirmed", figure, by=by, standard=figure.standard.code)
    return figure


@transaction.atomic
def refuse(figure: ManualFigure, why: str, *, by: User) -> ManualFigure:
    """Not confirmed, with the reason for whoever entered it. Raises as `confirm`; Unfit without a reason."""
    if not why.strip():
        raise Unfit({"why": "needed"})
    figure = _open(figure, by)
    figure.refusal = why.strip()[:300]
    figure.save(update_fields=["refusal"])
    _decide(figure, FigureState.REFUSED, by)
    audit.record("figure.refused", figure, by=by, standard=figure.standard.code)
    return figure


def quarters_of(standard: ServiceStandard, *, today: dt.date, many: int = 5) -> list[Period]:
    """Quarters a figure may be entered for, the running one first: quarters are what is published."""
    found = [quarter_of(today)]
    while len(found) < many:
        found.append(quarter_of(found[-1].start - dt.timedelta(days=1)))
    return [period for period in found if period.end > standard.valid_from]


def _open(figure: ManualFigure, by: User) -> ManualFigure:
    figure = ManualFigure.objects.select_for_update().get(pk=figure.pk)
    if figure.entered_by_id == by.pk:
        raise NotYours
    if figure.state != FigureState.WAITING:
        raise Decided
    return figure


def _decide(figure: ManualFigure, state: FigureState, by: User | None) -> None:
    figure.state, figure.decided_by, figure.decided_at = state, by, clock.now()
    figure.save(update_fields=["state", "decided_by", "decided_at"])
