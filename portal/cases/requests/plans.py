"""Where a service is asked for and what its form asks, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from charter.models import Service
from portal.cases.models import FieldKind, Place, RequestField, RequestPlan
from portal.core.compiled import compiled
from portal.core.languages import DEFAULT, LANGUAGES, Localised, column, columns, lines_of, pick
from portal.core.readable import Readable
from portal.core.translations import columns_of, rows, text


@dataclass(frozen=True, slots=True)
class Way(Readable):
    """Where one service is asked for: here, or at `url` as `where` says. `is_unsure`: nobody has confirmed it."""

    place: str
    where: Localised
    url: str
    is_unsure: bool

    @property
    def is_here(self) -> bool:
        return self.place == Place.HERE


@dataclass(frozen=True, slots=True)
class Question(Readable):
    """One question of a service's form; `for_office` is the question and its answers in the office's language."""

    code: str
    kind: FieldKind
    is_required: bool
    label: Localised
    help: Localised
    choices: tuple[Localised, ...]
    for_office: tuple[str, tuple[str, ...]]


def way_columns(*, prefix: str = "") -> list[str]:
    """What `.values()` must ask for so that `way_in` can answer."""
    return [prefix + name for name in ("place", "url", "confidence", *columns(("where",)))]


def way_in(row: Mapping[str, Any], language: str, *, prefix: str = "") -> Way:
    """Where a service is asked for, from a row with `way_columns`. Without a plan: here."""
    if row[f"{prefix}place"] is None:
        return _HERE
    unsure = row[f"{prefix}confidence"] in {RequestPlan.Confidence.WEAK, RequestPlan.Confidence.UNCHECKED}
    where = _picked(row, f"{prefix}where", language)
    return Way(row[f"{prefix}place"], where, row[f"{prefix}url"], is_unsure=unsure)


_HERE = Way(Place.HERE, Localised("", DEFAULT), "", is_unsure=False)


@compiled
def _way(code: str) -> QuerySet[Any, dict[str, Any]]:
    return rows(RequestPlan).filter(code=code).values(*way_columns())


def way_of(service: str, language: str) -> Way:
    """Where a service is asked for; one query. Without a plan: here."""
    row = next(iter(_way(service)), None)
    return _HERE if row is None else way_in(row, language)


def asked_elsewhere() -> frozenset[str]:
    """Codes of the services that are not asked for here."""
    return frozenset(RequestPlan.objects.exclude(place=Place.HERE).values_list("code", flat=True))


def questions_of(service: str, language: str) -> list[Question]:
    """What the form of a service asks beside name and address; one query."""
    found = (
        rows(RequestField)
        .filter(plan__code=service)
        .order_by("sort_order", "pk")
        .values("code", "kind", "is_required", *columns(("label", "help", "choices")))
    )
    return [_question(row, language) for row in found]


def _question(row: dict[str, Any], language: str) -> Question:
    office = _picked(row, "label", DEFAULT).text, tuple(one.text for one in lines_of(_picked(row, "choices", DEFAULT)))
    choices = lines_of(_picked(row, "choices", language))
    if len(choices) != len(office[1]):  # a translation that lacks a line would mean another answer
        choices = lines_of(_picked(row, "choices", DEFAULT))
    return Question(
        row["code"],
        FieldKind(row["kind"]),
        row["is_required"],
        _picked(row, "label", language),
        _picked(row, "help", language),
        choices,
        office,
    )


def _picked(row: Mapping[str, Any], field: str, language: str) -> Localised:
    return pick({code: row[column(field, code)] for code in LANGUAGES}, language)


def papers_of(service: str, language: str) -> tuple[Localised, ...]:
    """The documents a service needs, one a line, for a reader of `language`."""
    row = rows(Service).filter(code=service, live=True).values(*columns_of(("documents",))).first()
    return lines_of(text(row, "documents", language)) if row else ()
