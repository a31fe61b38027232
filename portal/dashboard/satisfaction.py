"""How content people were, for the whole and by one breakdown, with what is too small kept back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from charter.models import Institution, Service
from charter.periods import Period, quarter_of
from portal.core import clock
from portal.core.languages import LANGUAGES, Localised, column, columns, pick
from portal.core.statistics import Share, Shown, how_much
from portal.core.translations import rows as plain
from portal.dashboard import counting, periods, tallying
from portal.dashboard.lattice import WHOLE, Cell, hidden
from portal.dashboard.models import RatingCount
from portal.dashboard.scope import Dimension, Scope
from portal.dashboard.sources.base import Tally

NOT_GIVEN = ""  # a rating without service or institution


@dataclass(frozen=True, slots=True)
class Group:
    """One line of the breakdown."""

    name: Localised
    share: Share


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """`is_open`: the period is not over, so nothing is shown yet – day by day, single answers could be read off."""

    is_open: bool
    whole: Share
    earlier: Share
    groups: tuple[Group, ...]


NOTHING = Share()


def satisfaction(scope: Scope, language: str, known: counting.Known) -> Satisfaction:
    """Every rating of the quarters that the period and the one before lie in, by month and group: four queries."""
    now, earlier = scope.period, periods.before(scope.period)
    if scope.is_open:
        return Satisfaction(True, NOTHING, NOTHING, ())
    first, last = quarter_of(earlier.start), quarter_of(now.start)
    until = min(last.end, clock.today().replace(day=1))  # the running month is nobody's business yet
    tallies, names = _tallies(scope, first.start, until, language, known)
    shares = {quarter: _shares(quarter, tallies) for quarter in {first, last}}
    column_of_whole: Hashable = scope.chosen.pk if scope.chosen else WHOLE

    def share(period: Period, group: Hashable) -> Share:
        return shares[quarter_of(period.start)].get((_row(period), group), NOTHING)

    groups = [Group(name, share(now, group)) for group, name in names.items() if group != NOT_GIVEN]
    return Satisfaction(
        is_open=False,
        whole=share(now, column_of_whole),
        earlier=share(earlier, column_of_whole),
        groups=tuple(sorted(groups, key=lambda group: (-group.share.of, str(group.name)))),
    )


def _row(period: Period) -> Hashable:
    return WHOLE if period.kind == "quarter" else period.start


def _shares(quarter: Period, tallies: Mapping[tuple[dt.date, Hashable], Tally]) -> dict[Cell, Share]:
    """Every cell of a quarter's table, margins included, with the small ones and their protectors taken out."""
    mine = {cell: tally for cell, tally in tallies.items() if quarter.start <= cell[0] < quarter.end}
    kept_back = hidden({cell: tally.of for cell, tally in mine.items()})
    table: dict[Cell, Tally] = {}
    for (row, group), tally in mine.items():
        for cell in ((row, group), (row, WHOLE), (WHOLE, group), (WHOLE, WHOLE)):
            table[cell] = table.get(cell, Tally()) + tally
    return {cell: NOTHING if cell in kept_back else _share(tally) for cell, tally in table.items()}


def _share(tally: Tally) -> Share:
    shown = how_much(tally.of)
    return NOTHING if shown is Shown.NOTHING else Share(tally.kept, tally.of, shown)


def _tallies(
    scope: Scope, since: dt.date, until: dt.date, language: str, known: counting.Known
) -> tuple[dict[tuple[dt.date, Hashable], Tally], dict[Hashable, Localised]]:
    by = scope.dimension
    is_named = by in (Dimension.SERVICE, Dimension.INSTITUTION)
    key = f"{by.value}_id" if is_named else by.value
    rows = counting.added_up(
        RatingCount,
        tallying.ratings,
        "at",
        counting.spans(since, until, known),
        by=("month", key),
        sums=("of", "good"),
        where=scope.within,
    )
    groups = {row[key] for row in rows}
    names = _names(by, groups - {None}, language) if is_named else {}
    tallies: dict[tuple[dt.date, Hashable], Tally] = {}
    for row in rows:
        group: Hashable = NOT_GIVEN if row[key] is None else row[key]
        tallies[row["month"], group] = Tally(row["good"], row["of"])
        if not is_named or row[key] is None:
            names[group] = Localised(str(row[key] or ""), language)
    return tallies, names


def _names(by: Dimension, keys: Iterable[Any], language: str) -> dict[Hashable, Localised]:
    model = Service if by is Dimension.SERVICE else Institution
    rows = plain(model).filter(pk__in=keys).values("pk", *columns(("name",)))
    return {row["pk"]: pick({code: row[column("name", code)] for code in LANGUAGES}, language) for row in rows}
