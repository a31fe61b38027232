"""An answer in words and drawings: a table, bars or a line, and rows for a spreadsheet."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal.core import charts, figures
from portal.core.languages import current
from portal.core.readable import Readable
from portal.core.sums import in_euros
from portal.registry.questions.answer import SHARE, Answer, Column, Line, Number
from portal.registry.questions.question import Question
from portal.registry.questions.vocabulary import BREAKDOWNS, CONDITIONS, TIMES

MOST = 500  # lines on a page; the workbook has all of them


@dataclass(frozen=True, slots=True)
class Shown(Readable):
    """One line as it is read. `url`: the question about the people behind it, for who may see them."""

    name: str
    language: str
    cells: tuple[tuple[str, str], ...]
    url: str = ""


def number(value: Number, form: str) -> str:
    """One number as the reader's language writes it; a dash where there is none."""
    if value is None:
        return "–"
    if form == SHARE:
        return figures.percent(value)
    if form == "euros":
        return in_euros(Decimal(str(value)), current())
    if isinstance(value, float) and not value.is_integer():
        return str(number_format(value, decimal_pos=1, force_grouping=True))
    return figures.number(int(value))


def lines(found: Answer, question: Question, base: str) -> list[Shown]:
    """The lines of the table, at most MOST of them."""
    return [_shown(line, found.columns, _people(line, question, found, base)) for line in found.lines[:MOST]]


def total(found: Answer) -> Shown | None:
    return _shown(found.total, found.columns) if found.total else None


def _shown(line: Line, columns: tuple[Column, ...], url: str = "") -> Shown:
    said = [_("kept back") if line.is_kept_back else number(*pair) for pair in _pairs(line, columns)]
    return Shown(line.name, line.language, tuple(zip(said, (one.name for one in columns), strict=True)), url)


def _pairs(line: Line, columns: tuple[Column, ...]) -> Iterator[tuple[Number, str]]:
    for value, column in zip(line.numbers, columns, strict=True):
        yield value, column.form


def _people(line: Line, question: Question, found: Answer, base: str) -> str:
    """Where one sees who stands behind a line: only where the line can be said as a condition."""
    if found.hides or "person" not in question.measure.by or question.by not in CONDITIONS or line.value == "-":
        return ""
    return f"{base}?{question.narrowed(question.by, line.value)}"


def bars(found: Answer, question: Question) -> charts.Bars | None:
    """Bars of the first column, or of the first share where parts are asked for."""
    if question.form != "bars" or len(found.lines) < 2:
        return None
    place = next((at for at, column in enumerate(found.columns) if column.form == SHARE), 0)
    if not question.of and not question.then:
        place = 1 if question.compare else 0
    values = [line.numbers[place] for line in found.lines[:MOST]]
    most = max((value for value in values if value), default=0) or 1
    form = found.columns[place].form
    return charts.bars(
        charts.Value(
            line.name,
            _("kept back") if line.is_kept_back else number(value, form),
            None if value is None else max(0.0, value / most),
        )
        for line, value in zip(found.lines, values, strict=False)
    )


def trend(found: Answer, question: Question) -> charts.Trend | None:
    """A line of the first column through time; None for another breakdown, or fewer than two points."""
    if question.form != "line" or question.by not in (*TIMES, "week"):
        return None
    place = 1 if question.compare else 0
    points = [
        charts.Point(line.name, value, value, value, at)
        for at, line in enumerate(found.lines)
        if (value := line.numbers[place]) is not None
    ]
    top = _round_up(max((point.value for point in points), default=0.0))
    return charts.trend(points, target=None, top=top, said=lambda level: number(level, ""), is_from_zero=True)


def _round_up(value: float) -> float:
    if value <= 0:
        return 1.0
    scale = 10 ** math.floor(math.log10(value))
    return float(math.ceil(value / scale) * scale)


def head(question: Question) -> str:
    """What the first column names."""
    return str(BREAKDOWNS.get(question.by, "")) or _("Counted")


def rows(found: Answer, question: Question) -> tuple[list[dict[str, Any]], list[str]]:
    """(rows, columns) of a spreadsheet; what is kept back says so there, too."""
    first = head(question)
    names = [first, *(column.name for column in found.columns)]
    listed = [*found.lines, *([found.total] if found.total else [])]
    return [_row(line, names) for line in listed], names


def _row(line: Line, names: list[str]) -> dict[str, Any]:
    kept = _("kept back")
    numbers = [kept if line.is_kept_back else value for value in line.numbers]
    return dict(zip(names, [line.name, *numbers], strict=True))
