"""The words a question is put together from. Nothing else can be asked, so nothing else has to be explained."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(enum.Enum):
    """Where a figure comes from, and what its day means."""

    VISITS = enum.auto()
    SERVICES = enum.auto()
    PLANNED = enum.auto()
    ACTS = enum.auto()
    CASES = enum.auto()
    STATE = enum.auto()  # on the last day of the period
    AHEAD = enum.auto()  # the weeks from today
    BETWEEN = enum.auto()  # days from one event to another


class Unit(enum.Enum):
    COUNT = enum.auto()
    PEOPLE = enum.auto()
    HOURS = enum.auto()  # kept in minutes
    PACE = enum.auto()  # hours, kept in 2,555ths of a minute: see `programmes.rate`
    WORTH = enum.auto()  # euros, kept in sixtieths of a cent
    CENTS = enum.auto()
    DAYS = enum.auto()


TIMES = ("day", "month", "quarter", "year")
PERSONAL = ("district", "language", "group", "age", "person")
_USUAL = ("department", "worker", *PERSONAL)
_DONE = (*TIMES, *_USUAL)
BREAKDOWNS: dict[str, Any] = {
    "day": _("day"),
    "week": pgettext_lazy("breakdown", "week"),
    "month": _("month"),
    "quarter": _("quarter"),
    "year": _("year"),
    "department": _("department"),
    "worker": _("social worker"),
    "service": _("service"),
    "district": _("part of town"),
    "language": _("language"),
    "group": _("care group"),
    "age": _("age"),
    "outcome": _("how the visit went"),
    "person": _("person"),
}
CONDITIONS = ("department", "worker", "service", "district", "language", "group", "age", "outcome")
AGES = ((0, 17), (18, 64), (65, 74), (75, 84), (85, 130))


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that can be counted. `needs_days`: a number of days belongs to it."""

    code: str
    name: Any
    kind: Kind
    unit: Unit
    by: tuple[str, ...]
    needs_days: bool = False

    @property
    def has_visits(self) -> bool:
        return self.kind is Kind.VISITS

    @property
    def is_of_a_day(self) -> bool:
        return self.kind is Kind.STATE


def _measures() -> tuple[Measure, ...]:
    visits, services = (*_DONE, "outcome"), (*_DONE, "service")
    months = ("month", "quarter", "year", *_USUAL)
    return (
        Measure("visits", _("Visits"), Kind.VISITS, Unit.COUNT, visits),
        Measure("done", _("Visits that took place"), Kind.VISITS, Unit.COUNT, _DONE),
        Measure("nobody_opened", _("Visits at which nobody opened"), Kind.VISITS, Unit.COUNT, _DONE),
        Measure("declined", _("Visits that the person declined"), Kind.VISITS, Unit.COUNT, _DONE),
        Measure("people", _("People visited"), Kind.VISITS, Unit.PEOPLE, _DONE),
        Measure("hours", _("Hours of visits"), Kind.VISITS, Unit.HOURS, _DONE),
        Measure("late", _("Visits written down after their day"), Kind.VISITS, Unit.COUNT, visits),
        Measure("corrected", _("Visits added to a closed month"), Kind.VISITS, Unit.COUNT, visits),
        Measure("struck", _("Visits struck out"), Kind.VISITS, Unit.COUNT, visits),
        Measure("planned", _("Planned visits and what came of them"), Kind.PLANNED, Unit.COUNT, _DONE),
        Measure("times", _("Services given, times"), Kind.SERVICES, Unit.COUNT, services),
        Measure("service_hours", _("Services given, hours"), Kind.SERVICES, Unit.HOURS, services),
        Measure("served", _("People who were given a service"), Kind.SERVICES, Unit.PEOPLE, services),
        Measure("worth", _("Services given, at their full price"), Kind.SERVICES, Unit.WORTH, services),
        Measure("paid", _("What people pay by the acts"), Kind.ACTS, Unit.CENTS, months),
        Measure("town", _("What the municipality pays by the acts"), Kind.ACTS, Unit.CENTS, months),
        Measure("received", _("Requests received"), Kind.CASES, Unit.COUNT, _DONE),
        Measure("granted", _("Requests granted"), Kind.CASES, Unit.COUNT, _DONE),
        Measure("refused", _("Requests refused"), Kind.CASES, Unit.COUNT, _DONE),
        Measure("in_programme", _("People with a programme"), Kind.STATE, Unit.PEOPLE, (*_USUAL, "service")),
        Measure("pace", _("Planned hours a week"), Kind.STATE, Unit.PACE, (*_USUAL, "service")),
        Measure("open", _("Requests not decided yet"), Kind.STATE, Unit.COUNT, _USUAL),
        Measure(
            "unvisited",
            _("People with a programme who were not visited"),
            Kind.STATE,
            Unit.PEOPLE,
            _USUAL,
            needs_days=True,
        ),
        Measure("load", _("Planned hours ahead"), Kind.AHEAD, Unit.PACE, ("week", *_USUAL, "service"), needs_days=True),
        Measure("to_decision", _("Days from request to decision"), Kind.BETWEEN, Unit.DAYS, _DONE, needs_days=True),
        Measure("to_programme", _("Days from decision to programme"), Kind.BETWEEN, Unit.DAYS, _DONE, needs_days=True),
        Measure(
            "to_visit",
            _("Days from the programme’s beginning to the first visit"),
            Kind.BETWEEN,
            Unit.DAYS,
            _DONE,
            needs_days=True,
        ),
    )


MEASURES: dict[str, Measure] = {one.code: one for one in _measures()}
PERIODS: dict[str, Any] = {
    "last_month": _("last month"),
    "this_month": _("this month"),
    "last_quarter": _("last quarter"),
    "this_quarter": _("this quarter"),
    "last_year": _("last year"),
    "this_year": _("this year"),
    "own": _("the days I write below"),
}
COMPARED: dict[str, Any] = {
    "": _("with nothing"),
    "before": _("with the time before, as long as this one"),
    "year": _("with the same time a year before"),
}
PARTS: dict[str, Any] = {
    "nobody_opened": _("those at which nobody opened"),
    "declined": _("those that the person declined"),
    "late": _("those written down after their day"),
    "aged_80": _("those of people of 80 and older"),
    "other_language": _("those of people whose language is not Lithuanian"),
    "no_group": _("those of people without a care group"),
}
VISIT_PARTS = frozenset({"nobody_opened", "declined", "late"})
FORMS: dict[str, Any] = {"table": _("table"), "bars": _("table and bars"), "line": _("table and line")}
