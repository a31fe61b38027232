"""A sheet as rows for files: the same figures, the same ones kept back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.dashboard.exports import COLUMNS
from portal.dashboard.sheets import saying
from portal.dashboard.sheets.figures import Figure
from portal.dashboard.sheets.form import Listing, Sheet
from portal.dashboard.sheets.measures import Unit


def rows(sheet: Sheet) -> list[dict[str, Any]]:
    """One row a figure: the heads, the course of the drawn one, the groups, the lists."""
    only = sheet.scope.only
    common = {
        "period": sheet.scope.period.code,
        "institution": only.code if only else "",
        "is_demonstration": sheet.is_demo,
    }
    blank = dict.fromkeys(COLUMNS)
    return [{**blank, **common, **row} for row in _figures(sheet)]


def _figures(sheet: Sheet) -> Iterator[dict[str, Any]]:
    for line in sheet.lines:
        yield {"figure": f"{sheet.code}.{line.measure.code}", **_cell(line.now)}
    if sheet.drawn:
        for period, figure in sheet.course:
            code = f"{sheet.code}.{sheet.drawn.measure.code}.course"
            yield {"figure": code, **_cell(figure), "period": period.code}
    for group in sheet.groups:
        for code, figure in group.figures.items():
            by = f"{sheet.code}.{code}.by_{sheet.scope.dimension.value}"
            yield {"figure": by, "group": group.name.text, **_cell(figure)}
    for listing in sheet.listings:
        yield from _listed(sheet.code, listing)


def _cell(figure: Figure) -> dict[str, Any]:
    """Shares as part of the whole, averages and counts as they are."""
    if figure.value is None:
        return {"note": figure.kept.value}
    ends = figure.interval
    return {
        "value": _number(figure),
        "of": None if figure.unit is Unit.COUNT else figure.of,
        "low": round(ends.low, 4) if ends else None,
        "high": round(ends.high, 4) if ends else None,
        "note": saying.said(figure),
    }


def _number(figure: Figure) -> float | int | None:
    if figure.unit.is_share:
        return figure.part
    return figure.of if figure.unit is Unit.COUNT or figure.value is None else round(figure.value, 1)


def _listed(code: str, listing: Listing) -> Iterator[dict[str, Any]]:
    for row in listing.rows:
        for column, cell in zip(listing.columns[1:], row[1:], strict=True):
            value = cell.number if cell.number is not None else cell.said
            yield {"figure": f"{code}.{listing.code}", "group": row[0].said, "note": column, "value": value}
