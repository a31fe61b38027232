"""A sheet as people read it: what needs attention, heads, a course, a breakdown, lists and definitions."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from charter.periods import Period
from portal.core.languages import Localised
from portal.core.readable import Readable
from portal.dashboard.scope import Scope
from portal.dashboard.sheets.figures import Figure
from portal.dashboard.sheets.measures import Measure


@dataclass(frozen=True, slots=True)
class Need(Readable):
    """Something that needs attention, and where to go for it."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line(Readable):
    """One measure at the top: now, in the period before, and what was promised of it."""

    measure: Measure
    now: Figure
    before: Figure
    target: float | None = None


@dataclass(frozen=True, slots=True)
class GroupLine(Readable):
    """One group with its figures, by the measure's code."""

    key: Hashable
    name: Localised
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Cell(Readable):
    """One cell of a list: what is said, and the number behind it for files."""

    said: str
    number: float | None = None
    language: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Listing(Readable):
    """A plain table that stands below the figures; `empty` is said where it has no rows."""

    code: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet(Readable):
    """Everything on one page, in a file or on paper. `drawn`: the measure whose course and groups are drawn, one of
    `choices` (code, name).
    """

    code: str
    title: str
    scope: Scope
    needs: tuple[Need, ...]
    lines: tuple[Line, ...]
    drawn: Line | None
    choices: tuple[tuple[str, str], ...]
    course: tuple[tuple[Period, Figure], ...]
    columns: tuple[Measure, ...]
    groups: tuple[GroupLine, ...]
    listings: tuple[Listing, ...]
    definitions: tuple[str, ...]
    is_demo: bool
