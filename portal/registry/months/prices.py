"""Tariffs and base amounts as they stand in the tables."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from portal.core import audit
from portal.registry.models import BaseSum, CareService, Month, Post, Tariff
from portal.registry.months.money import Prices
from portal.registry.refusals import Refused


def prices() -> Prices:
    """Every tariff there is. One query."""
    return Prices.of(Tariff.objects.values_list("service_id", "valid_from", "cents"))


def base_sum(code: str, day: dt.date) -> int | None:
    """A base amount as it was on a day, in cents; None before the first."""
    rows = BaseSum.objects.filter(code=code, valid_from__lte=day).order_by("-valid_from")
    return rows.values_list("cents", flat=True).first()


@transaction.atomic
def set_tariff(service: CareService, *, valid_from: dt.date, cents: int, by: Post) -> Tariff:
    """A price from a day on. Raises Refused for a day in or before a month that is closed, or one that has a price."""
    last = Month.objects.order_by("-first").values_list("first", flat=True).first()
    if last is not None and valid_from < next_month(last):
        raise Refused("tariff_in_a_closed_month", field="valid_from", month=f"{last:%Y-%m}")
    try:
        with transaction.atomic():
            tariff = Tariff.objects.create(service=service, valid_from=valid_from, cents=cents)
    except IntegrityError:
        raise Refused("tariff_begins_twice", field="valid_from") from None
    audit.record("registry.tariff_set", tariff, by=by.user, service=service.code, cents=cents)
    return tariff


def next_month(first: dt.date) -> dt.date:
    """The first day of the month after."""
    return (first + dt.timedelta(days=32)).replace(day=1)
