"""The acts of a month worked out a second time: another way, visit by visit, by whoever does not trust the first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from portal.registry.models import BaseSum, Income, Programme, Tariff, Visit

Found = tuple[int, int, int]  # what the person pays for the programme, what for extras, what the town pays


def acts(department: str, year: int, month: int) -> dict[int, Found]:
    """Each person's sums, in cents."""
    found: dict[int, Found] = {}
    visits = [
        visit
        for visit in Visit.objects.order_by("pk")
        if visit.department == department
        and (visit.day.year, visit.day.month) == (year, month)
        and visit.struck_at is None
    ]
    for person in sorted({visit.recipient_id for visit in visits}):
        found[person] = _one([visit for visit in visits if visit.recipient_id == person], dt.date(year, month, 1))
    return found


def _one(visits: list[Visit], first: dt.date) -> Found:
    minutes: dict[tuple[str, bool, int, int], Decimal] = defaultdict(Decimal)
    by_rule: list[Programme] = []
    for visit in visits:
        for given in visit.provided.all():
            price = max(
                (tariff for tariff in Tariff.objects.filter(service=given.service) if tariff.valid_from <= visit.day),
                key=lambda tariff: tariff.valid_from,
            ).cents
            amount = Decimal(given.minutes) / 60 if given.service.unit == "hour" else Decimal(given.times)
            kind = visit.programme.payment
            minutes[kind, given.line is None, given.service_id, price] += amount * 3600
    for programme in Programme.objects.filter(recipient=visits[0].recipient, payment="rule").order_by("since"):
        if programme.state != "draft" and programme.since < _after(first) and programme.runs_until >= first:
            by_rule.append(programme)
    totals: dict[str, int] = defaultdict(int)
    for (kind, is_extra, _service, price), seconds in minutes.items():
        cents = (seconds * price / 3600).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        totals["extra" if is_extra else kind] += int(cents)
    rule_part = totals["rule"]
    if by_rule:
        rule_part = min(rule_part, _most(by_rule[-1], first))
    cost = totals["free"] + totals["rule"] + totals["full"]
    person = rule_part + totals["full"]
    return person, totals["extra"], cost - person


def _most(programme: Programme, first: dt.date) -> int:
    person = programme.recipient
    begun = [one for one in Income.objects.filter(recipient=person) if one.valid_from <= first]
    later = [one for one in Income.objects.filter(recipient=person) if first < one.valid_from < _after(first)]
    income = (max(begun, key=lambda one: one.valid_from) if begun else min(later, key=lambda one: one.valid_from)).cents
    others = [member.income_cents for member in person.household.all()]
    head = Decimal(income + sum(others)) / (1 + len(others))
    assert programme.rule is not None
    document = programme.rule.document
    base = BaseSum.objects.filter(code=document["base"], valid_from__lte=first).order_by("valid_from").last()
    assert base is not None
    for step in document["steps"]:
        if step["up_to"] is None or head <= Decimal(step["up_to"]) * base.cents:
            share = Decimal(step["share"]) * income / 100
            return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    raise AssertionError("a rule without an end")


def _after(first: dt.date) -> dt.date:
    return dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
