"""Visits and services as they are written down, added up by the columns that are asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from portal.registry.models import CareService, Outcome, Provided, Unit, Visit
from portal.registry.months.money import HOUR
from portal.registry.months.prices import prices

Row = tuple[Any, ...]


def _is(condition: Q) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(condition, output_field=BooleanField())


def visits(columns: Sequence[str], first: dt.date, last: dt.date, where: Q = Q()) -> Iterator[Row]:  # noqa: B008
    """(columns…, visits, minutes) of the days from `first` to `last`; those struck out are among them."""
    rows = Visit.objects.filter(day__gte=first, day__lte=last).annotate(
        month=TruncMonth("day"),
        is_late=_is(Q(entered_at__date__gt=F("day"))),
        is_corrected=_is(~Q(corrects="")),
        is_struck=_is(Q(struck_at__isnull=False)),
    )
    return added(rows.filter(where), columns, many=Count("pk"), lasted=Sum("minutes"))


def services(columns: Sequence[str], first: dt.date, last: dt.date, where: Q = Q()) -> Iterator[Row]:  # noqa: B008
    """(columns…, times, minutes, worth) of what was given at visits that stand; its worth in sixtieths of a cent."""
    price, by_time = prices(), set(CareService.objects.filter(unit=Unit.TIME).values_list("pk", flat=True))
    asked = tuple(dict.fromkeys((*columns, "service_id")))
    for since, until in price.windows(first, last):
        rows = Provided.objects.filter(
            visit__day__gte=since, visit__day__lte=until, visit__outcome=Outcome.DONE, visit__struck_at__isnull=True
        ).annotate(
            day=F("visit__day"),
            month=TruncMonth("visit__day"),
            department=F("visit__department"),
            worker_id=F("visit__worker_id"),
            recipient_id=F("visit__recipient_id"),
        )
        found = added(rows.filter(where), asked, given=Sum("times"), lasted=Sum("minutes"))
        for *values, times, minutes in found:
            service = values[asked.index("service_id")]
            cents = price.on(service, since) or 0
            worth = times * HOUR * cents if service in by_time else minutes * cents
            yield (*values[: len(columns)], times, minutes, worth)


def added(rows: QuerySet[Any], columns: Sequence[str], **sums: Any) -> Iterator[Row]:
    if not columns:
        found = tuple(rows.aggregate(**sums).values())
        return iter([found] if found[0] else [])
    grouped: Iterator[Row] = rows.order_by().values_list(*columns).annotate(**sums).iterator(chunk_size=5000)
    return grouped
