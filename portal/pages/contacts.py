"""Where and when people reach us: institutions' phones with their day, and the consultation's week."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS

from charter.models import Holiday, Institution, WorkingHours
from portal.core import clock, translations
from portal.core.addresses import address
from portal.core.compiled import compiled
from portal.core.languages import LANGUAGES, Localised, column, columns, pick

HOLIDAYS_SHOWN = 3
_FIELDS = ("name", "slug", "phone_note")
_PLAIN = ("code", "phone", "phone_as_of", "address", "unconfirmed")


@compiled
def _institutions() -> QuerySet[Any, Any]:
    found = translations.rows(Institution).filter(live=True).order_by("order", "code")
    return found.values(*translations.columns_of(_FIELDS), *_PLAIN)


@compiled
def _hours() -> QuerySet[Any, Any]:
    return WorkingHours.objects.order_by("weekday", "opens").values("weekday", "opens", "closes", "is_demo")


@compiled
def _holidays(today: dt.date) -> QuerySet[Any, Any]:
    coming = translations.rows(Holiday).filter(date__gte=today).order_by("date")
    return coming.values("date", *columns(("name",)))[:HOLIDAYS_SHOWN]


@dataclass(frozen=True, slots=True)
class InstitutionCard:
    """How to reach one institution; what is not known is empty and said so on the page."""

    name: Localised
    url: str
    phone: str
    phone_as_of: dt.date | None
    phone_note: Localised
    address: str


@dataclass(frozen=True, slots=True)
class Day:
    """One weekday and its stretches of working time; none: closed."""

    name: str
    stretches: list[tuple[dt.time, dt.time]]


@dataclass(frozen=True, slots=True)
class Week:
    """The consultation's week; `is_demo`: the hours are for demonstration."""

    days: list[Day]
    is_demo: bool
    closed_on: list[tuple[dt.date, Localised]]


def institutions(language: str) -> list[InstitutionCard]:
    """All institutions the public may see, in their order. One query."""
    return [
        InstitutionCard(
            name=translations.text(row, "name", language),
            url=address("pages:institution", row, language),
            phone=row["phone"],
            phone_as_of=row["phone_as_of"],
            phone_note=translations.text(row, "phone_note", language),
            address=row["address"],
        )
        for row in _institutions()
    ]


def week(language: str) -> Week | None:
    """The hours of consultation and the next holidays from the calendar; None where no hours are entered."""
    rows = _hours()
    if not rows:
        return None
    by_day: dict[int, list[tuple[dt.time, dt.time]]] = defaultdict(list)
    for row in rows:
        by_day[row["weekday"]].append((row["opens"], row["closes"]))
    return Week(
        days=[Day(str(WEEKDAYS[number]).replace("'", "’"), by_day[number]) for number in range(7)],
        closed_on=[
            (row["date"], pick({code: row[column("name", code)] for code in LANGUAGES}, language))
            for row in _holidays(clock.today())
        ],
        is_demo=any(row["is_demo"] for row in rows),
    )
