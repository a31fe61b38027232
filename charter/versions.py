"""The charter in force, as residents read it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from charter.models import Charter, CharterLine, LineKind
from portal.core import clock, rich_text
from portal.core.compiled import compiled
from portal.core.languages import LANGUAGES, Localised, column, columns, pick
from portal.core.readable import Readable
from portal.core.references import References
from portal.core.translations import columns_of, is_outdated, text
from portal.core.translations import rows as plain

_TEXTS = ("title", "introduction", "carried_by", "proposal_note")
_CHARTER = ("id", "code", "is_proposal", "in_force_from", "in_force_until", "sources", *columns_of(_TEXTS))
_LINE = ("kind", "code", "is_proposal", *columns(("text", "explanation")))
_VERSIONS = compiled(lambda: plain(Charter).filter(live=True).order_by("-in_force_from").values(*_CHARTER))
_LINES = compiled(lambda pk: plain(CharterLine).filter(charter=pk).order_by("kind", "order").values(*_LINE))


@dataclass(frozen=True, slots=True)
class Line(Readable):
    """A principle, value, area, duty or way of redress."""

    code: str
    text: Localised
    explanation: Localised
    is_proposal: bool


@dataclass(frozen=True, slots=True)
class Version(Readable):
    """A version in the list of versions."""

    code: str
    title: Localised
    in_force_from: dt.date
    in_force_until: dt.date | None

    def holds(self, today: dt.date) -> bool:
        return self.in_force_from <= today and (self.in_force_until is None or self.in_force_until >= today)

    @property
    def day(self) -> dt.date:
        """A day on which it holds or held: today, else its last, else its first."""
        today = clock.today()
        if self.holds(today):
            return today
        return self.in_force_until if self.in_force_until and self.in_force_until < today else self.in_force_from


@dataclass(frozen=True, slots=True)
class CharterPage(Readable):
    """One version of the charter with its lines by kind."""

    id: int
    version: Version
    introduction: SafeString
    carried_by: SafeString
    proposal_note: Localised
    is_proposal: bool
    is_outdated: bool
    sources: tuple[Mapping[str, str], ...]
    lines: Mapping[str, list[Line]]
    others: tuple[Version, ...]

    @property
    def has_earlier(self) -> bool:
        """Whether another version held before this one."""
        return any(other.in_force_from < self.version.in_force_from for other in self.others)

    @property
    def areas(self) -> list[Line]:
        return self.lines.get(LineKind.AREA, [])


def charter_in_force(language: str) -> CharterPage | None:
    """The version that holds today; None when none does. Two queries."""
    return _page_of(language, None)


def charter_with(pk: int, language: str) -> CharterPage | None:
    """The version with this key, whenever it holds."""
    return _page_of(language, pk)


def _page_of(language: str, pk: int | None) -> CharterPage | None:
    today = clock.today()
    rows = _VERSIONS()
    for row in rows:
        ends = row["in_force_until"]
        is_in_force = row["in_force_from"] <= today and (ends is None or ends >= today)
        if row["id"] == pk or (pk is None and is_in_force):
            break
    else:
        return None
    rich = {name: text(row, name, language) for name in ("introduction", "carried_by")}
    found = References.of(rich.values())
    return CharterPage(
        id=row["id"],
        version=_version(row, language),
        introduction=rich_text.shown(rich["introduction"], found),
        carried_by=rich_text.shown(rich["carried_by"], found),
        proposal_note=text(row, "proposal_note", language),
        is_proposal=row["is_proposal"],
        is_outdated=is_outdated(row, Charter.SOURCE_FIELDS, language),
        sources=tuple(row["sources"]),
        lines=_lines(row["id"], language),
        others=tuple(_version(other, language) for other in rows if other is not row),
    )


def _version(row: Mapping[str, object], language: str) -> Version:
    starts, ends = row["in_force_from"], row["in_force_until"]
    assert isinstance(starts, dt.date)  # noqa: S101  (the column is not null)
    assert ends is None or isinstance(ends, dt.date)  # noqa: S101
    return Version(str(row["code"]), text(row, "title", language), starts, ends)


def _lines(charter_id: int, language: str) -> dict[str, list[Line]]:
    lines: dict[str, list[Line]] = defaultdict(list)
    for row in _LINES(charter_id):
        lines[row["kind"]].append(
            Line(
                code=row["code"],
                text=pick({code: row[column("text", code)] for code in LANGUAGES}, language),
                explanation=pick({code: row[column("explanation", code)] for code in LANGUAGES}, language),
                is_proposal=row["is_proposal"],
            )
        )
    return lines
