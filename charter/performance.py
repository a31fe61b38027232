"""Public results: every promise in one quarter, by institution where it was measured, and all of it as data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from charter.compliance import Verdict
from charter.models import Measurement, PeriodKind
from charter.periods import Period
from charter.promises import Promise, Result
from charter.selectors import RESULT_COLUMNS, result_of
from portal.core.languages import Localised
from portal.core.statistics import NOTHING_BELOW, complementary
from portal.core.translations import columns_of, text
from portal.core.translations import rows as plain

_PLACE = ("institution__code", *columns_of(("name", "short_name"), prefix="institution__"))


# How many told us in a quarter that a promise was not kept, by the standard's code: (first day, day after) → numbers.
Told = Callable[[Any, Any], Mapping[str, int]]
_told: list[Told] = []


def register_told(told: Told) -> None:
    """Who is told of broken promises lies above the charter and says here how often."""
    _told.append(told)


@dataclass(frozen=True, slots=True)
class Row:
    """A promise and what was counted in the chosen period; None: nothing was.

    `told`: how many told us that it was not kept; None: fewer than ten, and none looks the same as nine.
    """

    promise: Promise
    result: Result | None
    told: int | None = None

    @property
    def course(self) -> str:
        """What was reached in the quarters before, oldest first; empty where there is nothing to compare."""
        before = [one for one in self.promise.trend if self.result is None or one.period < self.result.period]
        return " · ".join(self.promise.reached(one) for one in before[-4:])

    @property
    def verdict(self) -> Verdict:
        return self.result.verdict if self.result else Verdict.NOT_MEASURED

    @property
    def reached(self) -> str:
        return self.promise.reached(self.result) if self.result else "–"

    @property
    def spread(self) -> str:
        return self.promise.spread(self.result) if self.result else ""

    @property
    def cases(self) -> str:
        """How many were counted, where that may be shown."""
        return str(self.result.denominator) if self.result and self.result.denominator else ""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """What was counted in one institution."""

    promise: Promise
    code: str
    name: Localised
    result: Result

    @property
    def reached(self) -> str:
        return self.promise.reached(self.result)

    @property
    def spread(self) -> str:
        return self.promise.spread(self.result)


def periods_of(promises: Iterable[Promise]) -> list[Period]:
    """Quarters in which anything was measured, newest first."""
    return sorted({result.period for promise in promises for result in promise.results}, reverse=True)


def chosen(periods: Sequence[Period], code: str | None, *, running: frozenset[Period]) -> Period | None:
    """The period asked for; else the newest that is over; else the newest."""
    asked = next((period for period in periods if period.code == code), None)
    whole = next((period for period in periods if period not in running), None)
    return asked or whole or next(iter(periods), None)


def running_of(promises: Iterable[Promise]) -> frozenset[Period]:
    """Periods that are not over yet."""
    return frozenset(result.period for promise in promises for result in promise.results if result.is_running)


def rows_of(promises: Iterable[Promise], period: Period | None) -> list[Row]:
    """Every promise with its result in `period`."""
    return [
        Row(promise, next((result for result in promise.results if result.period == period), None))
        for promise in promises
    ]


def with_told(rows: Iterable[Row], period: Period | None) -> list[Row]:
    """The same rows with how many told us that the promise was not kept."""
    if period is None:
        return list(rows)
    counts = _told_in(period)
    return [replace(row, told=counts.get(row.promise.code)) for row in rows]


def _told_in(period: Period) -> dict[str, int]:
    """How many told us so in a period, by the standard's code; where fewer than ten did, nothing."""
    counts: dict[str, int] = defaultdict(int)
    for told in _told:
        for code, many in told(period.start, period.end).items():
            counts[code] += many
    return {code: many for code, many in counts.items() if many >= NOTHING_BELOW}


def furthest(rows: Iterable[Row]) -> Promise | None:
    """The share that missed its target by most."""
    missed = [
        (abs((row.result.value or 0.0) - row.promise.target), row.promise)
        for row in rows
        if row.result and row.result.is_missed and row.promise.is_share
    ]
    return max(missed, key=lambda pair: pair[0])[1] if missed else None


def by_institution(
    promises: Sequence[Promise], period: Period | None, language: str
) -> list[tuple[Promise, list[PlaceRow]]]:
    """What was measured in institutions in `period`: each promise with its rows, in the order of promises."""
    if period is None:
        return []
    found: dict[str, list[PlaceRow]] = defaultdict(list)
    for row in places_of(promises, language, period_start=period.start):
        found[row.promise.code].append(row)
    return [(promise, found[promise.code]) for promise in promises if promise.code in found]


def places_of(promises: Sequence[Promise], language: str, **which: Any) -> list[PlaceRow]:
    """Results of institutions; small ones are hidden, and one more where the total would give a small one away.

    What lies at no institution – the city's own desk – is a cell like any other: the total gives it away, too.
    """
    known = {promise.code: promise for promise in promises}
    cells: dict[tuple[str, Period], list[Mapping[str, Any]]] = defaultdict(list)
    rows = (
        plain(Measurement)
        .filter(superseded_at=None, period_kind=PeriodKind.QUARTER, **which)
        .filter(standard__code__in=known)
        .order_by("institution__order", "institution__code", "-period_start")
        .values("standard__code", *RESULT_COLUMNS, *_PLACE)
    )
    for row in rows:
        cells[row["standard__code"], Period(row["period_start"], row["period_kind"])].append(row)
    places: list[PlaceRow] = []
    for (standard, _period), found in cells.items():
        promise = known[standard]
        of = [row for row in found if row["institution__code"]]
        counts = [row["denominator"] for row in of]
        elsewhere = sum(row["denominator"] for row in found if not row["institution__code"]) - sum(counts)
        hidden = complementary([*counts, elsewhere]) if promise.is_share else frozenset()
        places += [_place(promise, row, language, is_hidden=place in hidden) for place, row in enumerate(of)]
    return places


def _place(promise: Promise, row: Mapping[str, Any], language: str, *, is_hidden: bool) -> PlaceRow:
    shown = {**row, "verdict": Verdict.NOTHING} if is_hidden else row
    name = text(row, "short_name", language, prefix="institution__") or text(
        row, "name", language, prefix="institution__"
    )
    return PlaceRow(promise, row["institution__code"], name, result_of(shown, language))


def as_data(promises: Sequence[Promise], language: str) -> list[dict[str, Any]]:
    """Everything that was published, one row a promise, period and institution; what is hidden stays hidden."""
    told = {period: _told_in(period) for period in {one.period for promise in promises for one in promise.results}}
    city = [
        _record(promise, result, "", told=told[result.period].get(promise.code))
        for promise in promises
        for result in promise.results
    ]
    places = [_record(row.promise, row.result, row.code) for row in places_of(promises, language)]
    silent = [_record(promise, None, "") for promise in promises if not promise.results]
    return sorted(city + places + silent, key=lambda row: (row["promise"], row["period"], row["institution"]))


def _record(promise: Promise, result: Result | None, institution: str, *, told: int | None = None) -> dict[str, Any]:
    is_shown = result is not None and result.is_shown
    return {
        "promise": promise.commitment,
        "standard": promise.code,
        "text": promise.words.text,
        "institution": institution,
        "period": result.period.code if result else "",
        "kept": result.numerator if result and is_shown else None,
        "of": result.denominator if result and is_shown else None,
        "value": result.value if result and is_shown else None,
        "low": result.low if result and is_shown else None,
        "high": result.high if result and is_shown else None,
        "target": result.target if result else promise.target,
        "direction": promise.direction,
        "verdict": str(result.verdict.value if result else Verdict.NOT_MEASURED.value),
        "told": told,
        "reason": result.reason.text if result else "",
        "action": result.action.text if result else "",
        "act_by": result.act_by.isoformat() if result and result.act_by else "",
        "is_running": bool(result and result.is_running),
        "is_demonstration": bool(result and result.is_demo),
    }
