"""Counting a month: what each person was given, at which prices, and who pays – in a handful of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Sum

from portal.registry.models import (
    CareService,
    HouseholdMember,
    Income,
    Outcome,
    Payment,
    PaymentRule,
    Programme,
    Provided,
    Unit,
    Visit,
)
from portal.registry.months.money import Given, Prices, Rule, Sums, sums
from portal.registry.months.prices import base_sum, next_month, prices

Key = tuple[int, int, str, bool]  # service, price, who pays, extra


@dataclass(frozen=True, slots=True)
class Counted:
    """One person's month. `lines` as an act keeps them; `worker`: who came most often."""

    recipient: int
    worker: int | None
    visits: int
    minutes: int
    lines: tuple[dict[str, Any], ...]
    ceiling: int | None
    sums: Sums

    @classmethod
    def nothing(cls, recipient: int, worker: int | None) -> Counted:
        """A month in which, after all, nothing was done."""
        return cls(recipient, worker, 0, 0, (), None, Sums(0, 0, 0, 0))


@dataclass(slots=True)
class _Person:
    added: dict[Key, list[int]] = field(default_factory=dict)
    visits: int = 0
    minutes: int = 0
    workers: dict[int, int] = field(default_factory=dict)


def count(department: str, first: dt.date, *, recipient: int | None = None) -> list[Counted]:
    """Everybody's month in this department, or one person's; by recipient. The number of queries does not grow."""
    last = next_month(first) - dt.timedelta(days=1)
    here = Q(department=department)
    if recipient is not None:
        here &= Q(recipient_id=recipient)
    price, services = prices(), CareService.objects.in_bulk()
    people: dict[int, _Person] = {}
    for since, until in price.windows(first, last):
        _add_services(people, here, since, until, price)
    _add_visits(people, here, first, last)
    ceilings = _ceilings(here, first, last)
    return [_counted(pk, people[pk], services, ceilings.get(pk)) for pk in sorted(people)]


def _add_services(people: dict[int, _Person], here: Q, since: dt.date, until: dt.date, price: Prices) -> None:
    visits = Visit.objects.standing().filter(here, day__gte=since, day__lte=until, outcome=Outcome.DONE)
    rows = (
        Provided.objects.filter(visit__in=visits)
        .order_by()
        .annotate(extra=ExpressionWrapper(Q(line__isnull=True), output_field=BooleanField()))
        .values_list("visit__recipient_id", "service_id", "visit__programme__payment", "extra")
        .annotate(lasted=Sum("minutes"), given=Sum("times"))
    )
    for recipient, service, pays, is_extra, minutes, times in rows:
        cents = price.on(service, since)
        if cents is None:  # refused when it was written down; a tariff is never taken away
            raise LookupError(f"service {service} has no tariff on {since}")
        person = people.setdefault(recipient, _Person())
        so_far = person.added.setdefault((service, cents, pays, bool(is_extra)), [0, 0])
        so_far[0] += minutes
        so_far[1] += times


def _add_visits(people: dict[int, _Person], here: Q, first: dt.date, last: dt.date) -> None:
    rows = (
        Visit.objects.standing()
        .filter(here, day__gte=first, day__lte=last)
        .order_by()
        .values_list("recipient_id", "worker_id")
        .annotate(how_many=Count("pk"), lasted=Sum("minutes", filter=Q(outcome=Outcome.DONE)))
    )
    for recipient, worker, visits, minutes in rows:
        person = people.setdefault(recipient, _Person())
        person.visits += visits
        person.minutes += minutes or 0
        person.workers[worker] = person.workers.get(worker, 0) + visits


def _ceilings(here: Q, first: dt.date, last: dt.date) -> dict[int, int]:
    """The most each person pays by their rule: the latest programme's, on the income of the month's first day."""
    programmes = Programme.objects.running(first, last).filter(here, payment=Payment.RULE)
    rule_of = dict(programmes.order_by("since", "version").values_list("recipient_id", "rule_id"))
    rules = {rule.pk: Rule.read(rule.document) for rule in PaymentRule.objects.filter(pk__in=set(rule_of.values()))}
    bases = {rule.base: base_sum(rule.base, first) for rule in rules.values()}
    mine = Q(recipient__in=programmes.order_by().values("recipient_id"))
    incomes = _incomes(mine, first, last)
    household: dict[int, list[int]] = {}
    for recipient, cents in HouseholdMember.objects.filter(mine).values_list("recipient_id", "income_cents"):
        household.setdefault(recipient, []).append(cents)
    found = {}
    for recipient, rule_pk in rule_of.items():
        rule, income = rules[rule_pk], incomes.get(recipient)
        base = bases[rule.base]
        if income is not None and base is not None:
            found[recipient] = rule.ceiling(income=income, household=household.get(recipient, ()), base=base)
    return found


def _incomes(mine: Q, first: dt.date, last: dt.date) -> dict[int, int]:
    """Each person's income on the first day of the month; where it is known only later, the first that is known."""
    rows = Income.objects.filter(mine, valid_from__lte=last).order_by("valid_from")
    found: dict[int, int] = {}
    for recipient, valid_from, cents in rows.values_list("recipient_id", "valid_from", "cents"):
        if valid_from <= first or recipient not in found:
            found[recipient] = cents
    return found


def _counted(recipient: int, person: _Person, services: Mapping[int, CareService], ceiling: int | None) -> Counted:
    given = [
        Given(
            service=service,
            is_by_hour=services[service].unit == Unit.HOUR,
            price=price,
            pays=pays,
            is_extra=is_extra,
            minutes=minutes,
            times=times,
        )
        for (service, price, pays, is_extra), (minutes, times) in sorted(person.added.items())
    ]
    lines = tuple(
        {
            "service": services[one.service].code,
            "unit": services[one.service].unit,
            "price": one.price,
            "pays": one.pays,
            "is_extra": one.is_extra,
            "minutes": one.minutes,
            "times": one.times,
            "cents": one.cents,
        }
        for one in given
    )
    worker = max(person.workers, key=lambda pk: (person.workers[pk], -pk), default=None)
    return Counted(recipient, worker, person.visits, person.minutes, lines, ceiling, sums(given, ceiling))
