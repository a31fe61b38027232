"""What was given, in money: prices by day, sums to the cent, and what a person pays by a rule that is data. Pure.

Sums are whole cents. A line is rounded once, half a cent up, after its minutes were added up.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

HOUR = 60


@dataclass(frozen=True, slots=True)
class Step:
    """Up to this many base amounts a head (None: without end) a person pays at most this share of their income."""

    up_to: Fraction | None
    share: Fraction


@dataclass(frozen=True, slots=True)
class Rule:
    """What a person pays at most: `{"base": "VRP", "steps": [{"up_to": "2", "share": "0"}, …]}`, shares in %."""

    base: str
    steps: tuple[Step, ...]

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Rule:
        """A rule from its document. Raises ValueError for one whose steps do not rise or do not end."""
        try:
            steps = tuple(_step(one) for one in document["steps"])
            base = str(document["base"])
        except (KeyError, TypeError, InvalidOperation) as wrong:
            raise ValueError("a rule has a base and steps with up_to and share") from wrong
        ends = [step.up_to for step in steps]
        if not steps or ends[-1] is not None or None in ends[:-1]:
            raise ValueError("the last step of a rule, and no other, is without end")
        bounded = [end for end in ends[:-1] if end is not None]
        if bounded != sorted(set(bounded)) or any(not 0 <= step.share <= 1 for step in steps):
            raise ValueError("the steps of a rule rise, and a share is 0–100")
        return cls(base, steps)

    def ceiling(self, *, income: int, household: Sequence[int], base: int) -> int:
        """The most a person with this income (cents) pays a month; `household`: incomes of those living with them."""
        heads = 1 + len(household)
        per_head = Fraction(income + sum(household), heads)
        step = next(step for step in self.steps if step.up_to is None or per_head <= step.up_to * base)
        return rounded(step.share * income)


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of all services by day; a price holds until the next begins."""

    by_service: Mapping[int, tuple[tuple[dt.date, int], ...]]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, dt.date, int]]) -> Prices:
        """From (service, valid from, cents)."""
        found: dict[int, list[tuple[dt.date, int]]] = {}
        for service, valid_from, cents in rows:
            found.setdefault(service, []).append((valid_from, cents))
        return cls({service: tuple(sorted(prices)) for service, prices in found.items()})

    def on(self, service: int, day: dt.date) -> int | None:
        """The price on a day; None before the first tariff."""
        prices = self.by_service.get(service, ())
        place = bisect_right(prices, day, key=lambda price: price[0])
        return prices[place - 1][1] if place else None

    def windows(self, first: dt.date, last: dt.date) -> list[tuple[dt.date, dt.date]]:
        """The days from `first` to `last` in stretches within which no price changes."""
        begins = {day for prices in self.by_service.values() for day, _cents in prices if first < day <= last}
        starts = sorted({first, *begins})
        ends = [day - dt.timedelta(days=1) for day in starts[1:]] + [last]
        return list(zip(starts, ends, strict=True))


@dataclass(frozen=True, slots=True)
class Given:
    """One service at one price, added up. `pays`: free | rule | full, by the programme; an extra one is always full."""

    service: int
    is_by_hour: bool
    price: int
    pays: str
    is_extra: bool
    minutes: int
    times: int

    @property
    def cents(self) -> int:
        return rounded(Fraction(self.minutes * self.price, HOUR)) if self.is_by_hour else self.times * self.price


@dataclass(frozen=True, slots=True)
class Sums:
    """What it comes to: `cost` is the programme's services, of which the person and the town pay each a part."""

    cost: int
    person: int
    town: int
    extra: int


def sums(given: Iterable[Given], ceiling: int | None) -> Sums:
    """Add up. `ceiling`: the most a person pays for what is paid by the rule; None: nothing limits it."""
    given = tuple(given)
    extra = sum(one.cents for one in given if one.is_extra)
    by_kind = {
        kind: sum(one.cents for one in given if not one.is_extra and one.pays == kind)
        for kind in ("free", "rule", "full")
    }
    by_rule = by_kind["rule"] if ceiling is None else min(by_kind["rule"], ceiling)
    cost = sum(by_kind.values())
    person = by_rule + by_kind["full"]
    return Sums(cost=cost, person=person, town=cost - person, extra=extra)


def rounded(value: Fraction) -> int:
    """To whole cents, half a cent up."""
    return int((value + Fraction(1, 2)) // 1)


def _step(given: Mapping[str, Any]) -> Step:
    up_to = given["up_to"]
    return Step(
        None if up_to is None else Fraction(Decimal(str(up_to))),
        Fraction(Decimal(str(given["share"]))) / 100,
    )
