"""What the product adds to the reference page: the base amounts of the last years, from their table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from charter.models import BaseAmount
from portal.core import clock, translations
from portal.core.compiled import compiled
from portal.core.languages import LANGUAGES, Localised, column, columns, pick
from portal.core.readable import Readable
from portal.core.sums import in_euros

YEARS_SHOWN = 3


@compiled
def _amounts() -> QuerySet[Any, Any]:
    return translations.rows(BaseAmount).order_by("code", "-year").values("code", "year", "amount", *columns(("name",)))


@dataclass(frozen=True, slots=True)
class Base(Readable):
    """One base with its amount in each year that is shown; empty where nobody entered one."""

    code: str
    name: Localised
    amounts: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Bases(Readable):
    """The table: its years, newest first, and its rows."""

    years: list[int]
    rows: list[Base]


def bases(language: str) -> Bases:
    """Every base in the last years that have begun. One query."""
    rows = [row for row in _amounts() if row["year"] <= clock.today().year]
    years = sorted({row["year"] for row in rows}, reverse=True)[:YEARS_SHOWN]
    known: dict[str, dict[int, Decimal]] = {}
    names: dict[str, Localised] = {}
    for row in rows:
        known.setdefault(row["code"], {})[row["year"]] = row["amount"]
        said = {code: row[column("name", code)] for code in LANGUAGES}
        names.setdefault(row["code"], pick(said, language))
    return Bases(
        years,
        [
            Base(code, names[code], [(year, in_euros(of[year], language) if year in of else "") for year in years])
            for code, of in known.items()
        ],
    )
