"""A question: what is counted, when, of whom, broken down by what – and the days its period means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from portal.core import clock
from portal.registry.months.prices import next_month
from portal.registry.questions.vocabulary import MEASURES, Kind, Measure

DAY = dt.timedelta(days=1)
MONTHS = {"month": 1, "quarter": 3, "year": 12}
WORDS = (
    "measure", "days", "period", "since", "until", "compare", "by", "then", "of", "of2", "form",
    "department", "worker", "service", "district", "language", "group", "age", "outcome", "person",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """The days from the first to the last, both of them in."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def is_whole_months(self) -> bool:
        return self.first.day == 1 and (self.last + DAY).day == 1

    def before(self) -> Span:
        """As much time right before: as many months where these are whole months, else as many days."""
        if not self.is_whole_months:
            return Span(self.first - self.days * DAY, self.first - DAY)
        first = self.first
        for _n in range((self.last.year - first.year) * 12 + self.last.month - first.month + 1):
            first = (first - DAY).replace(day=1)
        return Span(first, self.first - DAY)

    def year_before(self) -> Span:
        """The same days a year before; the end of a month stays the end of that month."""
        last = _year_before(self.last + DAY) - DAY if (self.last + DAY).day == 1 else _year_before(self.last)
        return Span(_year_before(self.first), last)


def _year_before(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def named(period: str) -> Span:
    """The days of `last_month` and its like. Those of the running one end with it, not today."""
    which, _sep, length = period.partition("_")
    months = MONTHS[length]
    today = clock.today()
    first = today.replace(month=(today.month - 1) // months * months + 1, day=1)
    if which == "last":
        for _n in range(months):
            first = (first - DAY).replace(day=1)
    after = first
    for _n in range(months):
        after = next_month(after)
    return Span(first, after - DAY)


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that was asked. `only`: conditions, by name; `words`: as they stand in the address."""

    measure: Measure
    span: Span
    by: str = ""
    then: str = ""
    only: Mapping[str, str] = field(default_factory=dict)
    compare: str = ""
    of: str = ""
    of2: str = ""
    days: int = 7
    form: str = "table"
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def breakdowns(self) -> tuple[str, ...]:
        return tuple(one for one in (self.by, self.then) if one)

    @property
    def other(self) -> Span | None:
        """The days it is compared with."""
        if not self.compare or self.measure.kind is Kind.AHEAD:
            return None
        if self.measure.is_of_a_day and self.compare == "before":  # change between two dates
            is_own = self.words.get("period") == "own"
            day = self.span.first if is_own else self.span.first - DAY

            return Span(day, day)
        return self.span.before() if self.compare == "before" else self.span.year_before()

    @property
    def address(self) -> str:
        return urlencode(self.words)

    def narrowed(self, name: str, value: str) -> str:
        """The address of the people behind one line of the answer."""
        return urlencode({**self.words, name: value, "by": "person", "then": "", "of": "", "of2": "", "form": "table"})

    def within(self, span: Span) -> Question:
        """The same question about other days."""
        return replace(self, span=span, compare="")


def kept(words: Mapping[str, str]) -> dict[str, str]:
    """The words of an address that mean something, as they are kept; what says nothing is left out."""
    return {name: str(words[name])[:200] for name in WORDS if words.get(name)}


def measure_of(code: str) -> Measure | None:
    return MEASURES.get(code)
