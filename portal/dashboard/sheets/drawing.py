"""A sheet in words and drawings: figures become heads, courses become lines, groups become bars."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from charter.periods import Period
from portal.core import charts
from portal.core.readable import Readable
from portal.dashboard.sheets import saying
from portal.dashboard.sheets.figures import Figure, Kept, is_enough
from portal.dashboard.sheets.form import Cell, GroupLine, Line, Listing, Sheet
from portal.dashboard.sheets.measures import Measure, Unit


@dataclass(frozen=True, slots=True)
class Head(Readable):
    """One figure at the top."""

    name: str
    value: str
    note: str
    promised: str
    change: str
    turn: str
    feeling: str


def heads(sheet: Sheet) -> list[Head]:
    return [_head(line) for line in sheet.lines]


def _head(line: Line) -> Head:
    change, turn, feeling = saying.change(line.now, line.before, line.measure.better)
    promised = "" if line.target is None else saying.amount(line.now.unit, line.target)
    return Head(
        name=str(line.measure.name),
        value=saying.said(line.now) if line.now.is_shown else "–",
        note=_note(line.now),
        promised=_("promised: %(promised)s") % {"promised": promised} if promised else "",
        change=change,
        turn=turn,
        feeling=feeling,
    )


def _note(figure: Figure) -> str:
    if figure.kept is Kept.OPEN:
        return _("Shown when the period is over")
    return saying.behind(figure) if figure.is_shown else saying.said(figure)


def course(sheet: Sheet) -> charts.Trend | None:
    """The drawn figure over time; None for fewer than two periods with enough cases."""
    if sheet.drawn is None:
        return None
    unit = sheet.drawn.measure.unit
    points = [
        charts.Point(
            period.code,
            figure.value or 0.0,
            figure.interval.low if figure.interval else figure.value or 0.0,
            figure.interval.high if figure.interval else figure.value or 0.0,
            place,
        )
        for place, (period, figure) in enumerate(sheet.course)
        if is_enough(figure)
    ]
    if unit.is_share:
        return charts.trend(points, target=sheet.drawn.target)
    top = _round_up(max((point.value for point in points), default=0.0))
    return charts.trend(points, target=None, top=top, said=_axis(unit), is_from_zero=True)


def _axis(unit: Unit) -> Callable[[float], str]:
    return _minutes if unit is Unit.SECONDS else lambda value: str(round(value))


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def _round_up(value: float) -> float:
    """The next round number above, so that the axis reads well."""
    if value <= 0:
        return 1.0
    power: float = 10.0 ** math.floor(math.log10(value))
    return float(next(step * power for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * power >= value))


@dataclass(frozen=True, slots=True)
class CourseRow(Readable):
    """One period of the drawn figure, for the table beside the line."""

    period: Period
    said: str
    spread: str
    cases: str


def course_rows(sheet: Sheet) -> list[CourseRow]:
    return [
        CourseRow(period, saying.said(figure), saying.spread(figure), saying.cases(figure))
        for period, figure in sheet.course
    ]


@dataclass(frozen=True, slots=True)
class GroupRow(Readable):
    """One group in the table: for each measure its figure, what lies under it, and its name."""

    name: str
    language: str
    cells: tuple[tuple[str, str, str], ...]


def group_rows(sheet: Sheet) -> list[GroupRow]:
    return [
        GroupRow(
            group.name.text,
            group.name.language,
            tuple(
                (saying.said(group.figures[each.code]), _under(each, group.figures[each.code]), str(each.name))
                for each in sheet.columns
            ),
        )
        for group in sheet.groups
    ]


def _under(measure: Measure, figure: Figure) -> str:
    if measure.unit is Unit.COUNT or not figure.is_shown:
        return ""
    if measure.unit.is_share:
        return f"{saying.spread(figure)} · {saying.cases(figure)}"
    return saying.cases(figure)


def group_chart(sheet: Sheet) -> charts.Bars | None:
    """The drawn figure by group, in the order of their cases: nobody is ranked."""
    drawn = sheet.drawn
    if drawn is None or not sheet.groups or drawn.measure.code not in {each.code for each in sheet.columns}:
        return None
    code = drawn.measure.code
    figures = [(group, group.figures[code]) for group in sheet.groups]
    top = 1.0 if drawn.measure.unit.is_share else max((each.value or 0.0 for _group, each in figures), default=0) or 1.0
    return charts.bars((_bar(group, figure, top) for group, figure in figures), target=drawn.target)


def _bar(group: GroupLine, figure: Figure, top: float) -> charts.Value:
    return charts.Value(
        name=group.name.text,
        said=saying.said(figure),
        share=None if figure.value is None else figure.value / top,
        interval=(figure.interval.low, figure.interval.high) if figure.interval else None,
    )


def listings(sheet: Sheet) -> list[tuple[Listing, list[list[tuple[Cell, str]]]]]:
    """Each list with its rows, every cell with the name of its column."""
    return [
        (listing, [list(zip(row, listing.columns, strict=True)) for row in listing.rows]) for listing in sheet.listings
    ]
