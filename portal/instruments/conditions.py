"""Conditions as clerks write them: `help = yes | partly and income / people <= 1.1 VRP`.

A condition is true, false, or cannot be told: an answer is not there yet, or a base amount is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

POINTS = "points"
_CLAUSE = re.compile(
    r"(?P<left>[a-z][\w-]*)(?:\s*/\s*(?P<per>[a-z][\w-]*))?\s*(?P<sign><=|>=|!=|=|<|>)\s*(?P<right>.+)", re.DOTALL
)
_SUM = re.compile(r"(?P<times>\d+(?:\.\d+)?)(?:\s+(?P<base>[A-Z]{2,8}))?")
Answers = Mapping[str, tuple[str, ...]]
Bases = Mapping[str, Decimal]


class Unreadable(ValueError):
    """The condition is not written as conditions are."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A number, or a number of times a base amount: `2.5 VRP`."""

    times: Decimal
    base: str = ""

    def worth(self, bases: Bases) -> Decimal | None:
        """What it comes to; None when nobody knows the base."""
        if not self.base:
            return self.times
        amount = bases.get(self.base)
        return None if amount is None else self.times * amount


@dataclass(frozen=True, slots=True)
class Clause:
    """One comparison: with options (`values`) or with a sum (`limit`)."""

    left: str
    per: str
    sign: str
    values: frozenset[str] = frozenset()
    limit: Sum | None = None

    def holds(self, answers: Answers, bases: Bases, points: int | None) -> bool | None:
        if self.limit is None:
            given = answers.get(self.left)
            return None if not given else bool(self.values & set(given)) is (self.sign == "=")
        value, limit = self._value(answers, points), self.limit.worth(bases)
        if value is None or limit is None:
            return None
        return {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit}[self.sign]

    def _value(self, answers: Answers, points: int | None) -> Decimal | None:
        if self.left == POINTS:
            return None if points is None else Decimal(points)
        value = number(answers.get(self.left))
        if not self.per or value is None:
            return value
        divisor = number(answers.get(self.per))
        return value / divisor if divisor else None


@dataclass(frozen=True, slots=True)
class Condition:
    """All clauses must hold; without any it always does."""

    clauses: tuple[Clause, ...] = ()

    def holds(self, answers: Answers, bases: Bases, points: int | None = None) -> bool | None:
        """None: it cannot be told, and no clause says no."""
        found = [clause.holds(answers, bases, points) for clause in self.clauses]
        return False if False in found else None if None in found else True

    def names(self) -> Iterator[str]:
        """The questions it asks about."""
        for clause in self.clauses:
            yield from (name for name in (clause.left, clause.per) if name and name != POINTS)

    def bases(self) -> Iterator[str]:
        yield from (clause.limit.base for clause in self.clauses if clause.limit and clause.limit.base)


def read(text: str) -> Condition:
    """The condition written as `text`; raises Unreadable."""
    if not text.strip():
        return Condition()
    return Condition(tuple(_clause(part.strip()) for part in re.split(r"\s+and\s+", text.strip())))


def read_sum(text: str) -> Sum:
    """`2.5 VRP` or `300`; raises Unreadable."""
    found = _SUM.fullmatch(text.strip())
    if found is None:
        raise Unreadable(text)
    return Sum(Decimal(found["times"]), found["base"] or "")


def number(given: tuple[str, ...] | None) -> Decimal | None:
    """The number somebody answered with."""
    try:
        return Decimal(given[0]) if given else None
    except InvalidOperation:
        return None


def _clause(text: str) -> Clause:
    found = _CLAUSE.fullmatch(text)
    if found is None:
        raise Unreadable(text)
    left, per, sign = found["left"], found["per"] or "", found["sign"]
    if sign in ("=", "!="):
        values = frozenset(part.strip() for part in found["right"].split("|"))
        if per or left == POINTS or not all(re.fullmatch(r"[\w-]+", value) for value in values):
            raise Unreadable(text)
        return Clause(left, per, sign, values)
    return Clause(left, per, sign, limit=read_sum(found["right"]))
