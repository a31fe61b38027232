"""How content people were, for the whole and by one breakdown, with what is too small kept back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from charter.feedback.models import Rating
from charter.periods import Period, quarter_of
from portal.core import clock
from portal.core.languages import LANGUAGES, Localised, column, columns, pick
from portal.core.statistics import Interval, Shown, how_much, wilson
from portal.dashboard import periods
from portal.dashboard.lattice import WHOLE, Cell, hidden
from portal.dashboard.scope import Dimension, Scope
from portal.dashboard.sources.base import Tally, month
from portal.dashboard.sources.ratings import GOOD

NOT_GIVEN = ""  # a rating without service or institution


@dataclass(frozen=True, slots=True)
class Share:
    """A share of people as far as it may be shown. `tally` is empty where nothing may be."""

    shown: Shown
    tally: Tally
    interval: Interval

    @property
    def value(self) -> float:
        return self.tally.kept / self.tally.of if self.tally.of else 0.0

    @property
    def is_figure(self) -> bool:
        """Whether the figure itself may stand on the page."""
        return self.shown is Shown.FULL

    def differs_from(self, other: Share) -> bool:
        """Whether there was a change that chance does not explain: the intervals do not overlap."""
        figures = self.is_figure and other.is_figure
        return figures and (self.interval.low > other.interval.high or self.interval.high < other.interval.low)


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


NOTHING = Share(Shown.NOTHING, Tally(), Interval(0.0, 1.0))


def satisfaction(scope: Scope, language: str) -> Satisfaction:
    """One query: every rating of the quarters that the period and the one before lie in, by month and group."""
    now, earlier = scope.period, periods.before(scope.period)
    if scope.is_open:
        return Satisfaction(True, NOTHING, NOTHING, ())
    first, last = quarter_of(earlier.start), quarter_of(now.start)
    until = min(last.end, clock.today().replace(day=1))  # the running month is nobody's business yet
    tallies, names = _tallies(scope, first.start, until, language)
    shares = {quarter: _shares(quarter, tallies) for quarter in {first, last}}
    column_of_whole: Hashable = scope.chosen.pk if scope.chosen else WHOLE

    def share(period: Period, group: Hashable) -> Share:
        return shares[quarter_of(period.start)].get((_row(period), group), NOTHING)

    groups = [Group(name, share(now, group)) for group, name in names.items() if group != NOT_GIVEN]
    return Satisfaction(
        is_open=False,
        whole=share(now, column_of_whole),
        earlier=share(earlier, column_of_whole),
        groups=tuple(sorted(groups, key=lambda group: (-group.share.tally.of, str(group.name)))),
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
    return NOTHING if shown is Shown.NOTHING else Share(shown, tally, wilson(tally.kept, tally.of))


def _tallies(
    scope: Scope, since: dt.date, until: dt.date, language: str
) -> tuple[dict[tuple[dt.date, Hashable], Tally], dict[Hashable, Localised]]:
    by = scope.dimension
    named = columns((f"{by.value}__name",)) if by in (Dimension.SERVICE, Dimension.INSTITUTION) else []
    key = f"{by.value}_id" if named else by.value
    rows = (
        Rating.objects.filter(scope.within(), at__gte=periods.moment(since), at__lt=periods.moment(until))
        .order_by()
        .values(key, *named, month=month("at"))
        .annotate(of=Count("id"), kept=Count("id", filter=Q(score__gte=GOOD)))
    )
    tallies: dict[tuple[dt.date, Hashable], Tally] = {}
    names: dict[Hashable, Localised] = {}
    for row in rows:
        group: Hashable = NOT_GIVEN if row[key] is None else row[key]
        tallies[row["month"], group] = Tally(row["kept"], row["of"])
        names[group] = _name(row, by, language)
    return tallies, names


def _name(row: Mapping[str, Any], by: Dimension, language: str) -> Localised:
    if by in (Dimension.SERVICE, Dimension.INSTITUTION):
        return pick({code: row[column(f"{by.value}__name", code)] for code in LANGUAGES}, language)
    return Localised(str(row[by.value]), language)
