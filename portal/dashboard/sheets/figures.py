"""Measures read over a scope, and the one place that decides what of them may be shown.

Every figure of a sheet – on the page, in a file, on paper, in a letter – is a `Figure` made here. Cells of one measure
lie on the lattice of a quarter (see `lattice`): its months and the quarter, its groups and the total.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from charter.periods import Period, quarter_of
from portal.core import clock
from portal.core.statistics import TOO_FEW_BELOW, Interval, Shown, how_much, wilson
from portal.dashboard import counting, periods
from portal.dashboard.lattice import WHOLE, Cell, hidden, hidden_totals
from portal.dashboard.scope import Dimension, Scope
from portal.dashboard.sheets.measures import Ground, Measure, Unit

Tallies: TypeAlias = Mapping[tuple[dt.date, Hashable], tuple[int, int]]  # (part, of) by month and group
NOT_GIVEN = ""  # a record that names no service, institution or topic


class Kept(enum.Enum):
    """Why there is no figure."""

    OPEN = "open"
    BACK = "kept_back"
    TOO_FEW = "too_few"
    DIRECTION = "direction"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure. `value` is a share, an average or a count; None: it is not shown, `kept` says why.

    `of`: how many cases lie behind it, None where that is not shown either. `lean`: for "direction", -1, 0 or 1.
    """

    unit: Unit
    value: float | None
    part: int | None
    of: int | None
    interval: Interval | None
    kept: Kept
    lean: int = 0

    @property
    def is_shown(self) -> bool:
        return self.value is not None

    def differs_from(self, other: Figure) -> int:
        """1: clearly more than the other, -1 clearly less, 0: chance explains it, or nothing may be said."""
        if self.interval is None or other.interval is None:
            return 0
        return (self.interval.low > other.interval.high) - (self.interval.high < other.interval.low)


def kept(unit: Unit, why: Kept, lean: int = 0) -> Figure:
    return Figure(unit, None, None, None, None, why, lean)


@dataclass(frozen=True, slots=True)
class Course:
    """One measure over a scope: by period for the whole, by group for the period and for the one before."""

    measure: Measure
    whole: Mapping[Period, Figure]
    groups: Mapping[Hashable, Figure]

    def of(self, period: Period) -> Figure:
        return self.whole.get(period, kept(self.measure.unit, Kept.BACK))


def shown(measure: Measure, part: int, of: int) -> Figure:
    """A cell that the lattice does not hide."""
    unit, much = measure.unit, how_much(of)
    if much is Shown.NOTHING:
        return kept(unit, Kept.BACK)
    if unit is Unit.COUNT:
        return Figure(unit, float(of), None, of, None, Kept.NONE)
    if much is Shown.TOO_FEW:
        return kept(unit, Kept.TOO_FEW)
    interval = wilson(part, of) if unit.is_share else None
    if unit is Unit.OPINION and much is Shown.DIRECTION and interval:
        return kept(unit, Kept.DIRECTION, (interval.low > 0.5) - (interval.high < 0.5))
    return Figure(unit, part / of, part, of, interval, Kept.NONE)


def courses(
    measures: Sequence[Measure], scope: Scope, known: counting.Known, *, back: Sequence[Period]
) -> tuple[dict[str, Course], list[Hashable], bool]:
    """(by code, groups in the order of their cases, whether anything was generated); one or two queries a ground.

    `back`: the periods wanted, the scope's own and the one before among them.
    """
    found: dict[str, Course] = {}
    sizes: dict[Hashable, int] = defaultdict(int)
    is_demo = False
    for ground in {each.ground.table: each.ground for each in measures if each.ground}.values():
        mine = [each for each in measures if each.ground is ground]
        if ground.is_of_city and not scope.is_whole_city:
            continue
        rows, column = _rows(ground, mine, scope, known, back)
        is_demo = is_demo or any(row["generated"] for row in rows)
        for measure in mine:
            found[measure.code] = _course(measure, rows, column, scope, back)
        for row in rows:
            if column and scope.period.start <= row["month"] < scope.period.end:
                sizes[_group(row, column)] += row[mine[0].of]
    order = sorted(sizes, key=lambda group: (-sizes[group], str(group)))
    return found, [group for group in order if group != NOT_GIVEN], is_demo


def _rows(
    ground: Ground, measures: Sequence[Measure], scope: Scope, known: counting.Known, back: Iterable[Period]
) -> tuple[list[dict[str, Any]], str]:
    column = ground.by.get(scope.dimension, "")
    quarters = sorted({quarter_of(period.start) for period in back})
    until = min(quarters[-1].end, clock.today().replace(day=1))  # the running month is nobody's business yet
    columns = sorted({name for measure in measures for name in measure.columns} | {"generated"})
    rows = counting.added_up(
        ground.table,
        ground.query,
        ground.moment,
        counting.spans(quarters[0].start, until, known),
        by=("month", column) if column else ("month",),
        sums=tuple(columns),
        where=scope.within,
        place=ground.place,
    )
    return rows, column


def _group(row: Mapping[str, Any], column: str) -> Hashable:
    value: Hashable = row[column] if column else NOT_GIVEN
    return NOT_GIVEN if value is None else value


def _course(
    measure: Measure, rows: Sequence[Mapping[str, Any]], column: str, scope: Scope, back: Iterable[Period]
) -> Course:
    cells: dict[tuple[dt.date, Hashable], tuple[int, int]] = {}
    is_partial = measure.channels and scope.dimension is Dimension.CHANNEL
    for row in rows:
        cell = (row["month"], _group(row, column))
        if is_partial and cell[1] not in measure.channels:
            continue
        part, of = measure.tally(row)
        before = cells.get(cell, (0, 0))
        cells[cell] = (before[0] + part, before[1] + of)
    groups = {group for _month, group in cells} if column else set()
    whole: dict[Period, Figure] = {}
    for quarter in {quarter_of(period.start) for period in back}:
        mine = {cell: tally for cell, tally in cells.items() if quarter.start <= cell[0] < quarter.end}
        within = [period for period in back if quarter_of(period.start) == quarter]
        if scope.chosen:
            table = _table(measure, mine)
            whole |= {period: _in(table, measure, period, scope.chosen.pk) for period in within}
        else:
            totals = _totals(measure, mine)
            whole |= {period: _in(totals, measure, period, WHOLE) for period in within}
    now = quarter_of(scope.period.start)
    table = _table(measure, {cell: tally for cell, tally in cells.items() if now.start <= cell[0] < now.end})
    return Course(measure, whole, {group: _in(table, measure, scope.period, group) for group in groups})


def _in(table: Mapping[Cell, Figure], measure: Measure, period: Period, group: Hashable) -> Figure:
    if not period.is_over(clock.today()):
        return kept(measure.unit, Kept.OPEN)
    row = WHOLE if period.kind == "quarter" else period.start
    return table.get((row, group), kept(measure.unit, Kept.BACK))


def _table(measure: Measure, cells: Tallies) -> dict[Cell, Figure]:
    """Every cell of a quarter, margins included, with the small ones and their protectors kept back."""
    return _shown(measure, cells, hidden({cell: of for cell, (_part, of) in cells.items()}))


def _totals(measure: Measure, cells: Tallies) -> dict[Cell, Figure]:
    """The totals of a quarter alone: which of them are kept back does not hang on the groups."""
    months: dict[tuple[dt.date, Hashable], tuple[int, int]] = {}
    for (month, _group), (part, of) in cells.items():
        before = months.get((month, WHOLE), (0, 0))
        months[month, WHOLE] = (before[0] + part, before[1] + of)
    whole: dict[tuple[dt.date, Hashable], tuple[int, int]] = {
        (month, NOT_GIVEN): tally for (month, _group), tally in months.items()
    }
    return _shown(measure, whole, hidden_totals({cell: of for cell, (_part, of) in whole.items()}))


def _shown(measure: Measure, cells: Tallies, back: Collection[Cell]) -> dict[Cell, Figure]:
    sums: dict[Cell, list[int]] = defaultdict(lambda: [0, 0])
    for (month, group), (part, of) in cells.items():
        for cell in ((month, group), (month, WHOLE), (WHOLE, group), (WHOLE, WHOLE)):
            sums[cell][0] += part
            sums[cell][1] += of
    return {
        cell: kept(measure.unit, Kept.BACK) if cell in back else shown(measure, part, of)
        for cell, (part, of) in sums.items()
    }


def is_enough(figure: Figure) -> bool:
    """Whether a figure may stand in a line over time."""
    return figure.is_shown and (figure.unit is Unit.COUNT or (figure.of or 0) >= TOO_FEW_BELOW)


def wanted_periods(period: Period, many: int) -> list[Period]:
    """`period` and those before it, oldest first."""
    return list(reversed(periods.back(period, many)))


__all__ = ["Course", "Dimension", "Figure", "Kept", "courses", "is_enough", "kept", "shown", "wanted_periods"]
