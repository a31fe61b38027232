"""Where figures come from: each source gives facts – what is known of one, and how much it adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum

from portal.registry.models import Act, Outcome, ServiceCount, VisitCount
from portal.registry.months.prices import next_month
from portal.registry.questions import counted, raw
from portal.registry.questions.question import DAY, Question, Span
from portal.registry.questions.reach import Reach
from portal.registry.questions.vocabulary import PERSONAL

Fact = tuple[dict[str, Any], int]
COLUMNS = {
    "department": "department",
    "worker": "worker_id",
    "service": "service_id",
    "outcome": "outcome",
    "recipient": "recipient_id",
    "late": "is_late",
}
OUTCOMES = {"nobody_opened": Outcome.NOBODY_OPENED, "declined": Outcome.DECLINED}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The conditions that a source itself can look for; those about the person are looked at afterwards."""

    department: str = ""
    worker: int | None = None
    service: int | None = None
    person: int | None = None
    outcome: str = ""

    @classmethod
    def of(cls, question: Question, reach: Reach) -> Wanted:
        only = question.only

        def number(name: str) -> int | None:
            return int(only[name]) if only.get(name) else None

        worker = reach.worker if reach.worker is not None else number("worker")
        department = reach.department or only.get("department", "")
        return cls(department, worker, number("service"), number("person"), only.get("outcome", ""))

    def where(self, **names: str) -> Q:
        """As a condition on columns of these names."""
        found = Q()
        for mine, column in names.items():
            if (value := getattr(self, mine)) not in (None, ""):
                found &= Q(**{column: value})
        return found


def needed(question: Question, parts: Collection[str], *, hides: bool) -> set[str]:
    """What must be known of each fact of a visit to answer."""
    names = {*question.breakdowns, *question.only}
    personal = bool(names & set(PERSONAL)) or question.measure.unit.name == "PEOPLE" or hides
    if personal or {"aged_80", "other_language", "no_group"} & set(parts):
        names.add("recipient")
    if "late" in parts:
        names.add("late")
    if {"nobody_opened", "declined"} & set(parts):
        names.add("outcome")
    return names


def of_visits(question: Question, span: Span, wanted: Wanted, need: Collection[str]) -> Iterator[Fact]:
    """Visits by their counts where these hold, and from the visits themselves for the other days."""
    names, columns = _columns(need)
    where = wanted.where(department="department", worker="worker_id", person="recipient_id", outcome="outcome")
    where &= _what(question.measure.code)
    months, rest = split(span, by_day="day" in need)
    rows = [raw.visits(columns, one.first, one.last, where) for one in rest]
    if months:
        kept = VisitCount.objects.filter(where, month__in=months)
        rows.append(raw.added(kept, columns, many=Sum("visits"), lasted=Sum("minutes")))
    place = -1 if question.measure.code == "hours" else -2
    for found in rows:
        for row in found:
            yield dict(zip(names, row, strict=False)), row[place]


def of_services(question: Question, span: Span, wanted: Wanted, need: Collection[str]) -> Iterator[Fact]:
    """Services given, in the same way."""
    names, columns = _columns(need)
    where = wanted.where(department="department", worker="worker_id", person="recipient_id", service="service_id")
    months, rest = split(span, by_day="day" in need)
    rows = [raw.services(columns, one.first, one.last, where) for one in rest]
    if months:
        kept = ServiceCount.objects.filter(where, month__in=months)
        sums = {"given": Sum("times"), "lasted": Sum("minutes"), "worth": Sum("sixtieths")}
        rows.append(raw.added(kept, columns, **sums))
    place = {"service_hours": -2, "worth": -1}.get(question.measure.code, -3)
    for found in rows:
        for row in found:
            yield dict(zip(names, row, strict=False)), row[place]


def of_acts(question: Question, span: Span, wanted: Wanted) -> Iterator[Fact]:
    """The latest acts of the months that begin within these days."""
    where = wanted.where(department="month__department", worker="worker", person="recipient")
    acts = Act.objects.filter(where, is_latest=True, month__first__gte=span.first, month__first__lte=span.last)
    rows = acts.order_by().values_list(
        "month__first", "month__department", "worker", "recipient", "person_cents", "extra_cents", "town_cents"
    )
    for first, department, worker, recipient, person, extra, town in rows.iterator(chunk_size=5000):
        cents = town if question.measure.code == "town" else person + extra
        yield {"day": first, "department": department, "worker": worker, "recipient": recipient}, cents


def split(span: Span, *, by_day: bool) -> tuple[list[dt.date], list[Span]]:
    """(whole months whose counts hold, the other days in as few stretches as there are)."""
    if by_day:
        return [], [span]
    known, months, rest = counted.sound(), [], list[Span]()
    first = span.first.replace(day=1)
    while first <= span.last:
        last = next_month(first) - DAY
        if first >= span.first and last <= span.last and first in known:
            months.append(first)
        elif rest and rest[-1].last + DAY == first:
            rest[-1] = Span(rest[-1].first, min(last, span.last))
        else:
            rest.append(Span(max(first, span.first), min(last, span.last)))
        first = last + DAY
    return months, rest


def _columns(need: Collection[str]) -> tuple[list[str], list[str]]:
    """(names of the facts, columns they stand in), in one order."""
    found = {name: COLUMNS[name] for name in sorted(need) if name in COLUMNS}
    if "day" in need:
        found["day"] = "day"
    elif {"month", "quarter", "year"} & set(need):
        found["day"] = "month"
    return list(found), list(found.values())


def _what(code: str) -> Q:
    """The visits that this measure counts."""
    if code == "struck":
        return Q(is_struck=True)
    found = Q(is_struck=False)
    if code in OUTCOMES:
        return found & Q(outcome=OUTCOMES[code])
    if code in ("done", "people", "hours"):
        return found & Q(outcome=Outcome.DONE)
    return found & {"late": Q(is_late=True), "corrected": Q(is_corrected=True)}.get(code, Q())
