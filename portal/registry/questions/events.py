"""Requests, their decisions, and the days from one event to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Min

from portal.core import clock
from portal.registry.models import Case, Outcome, Programme, ProgrammeState, Status, StatusChange, Visit
from portal.registry.questions.facts import Fact, Wanted
from portal.registry.questions.question import Span

COLUMNS = ("department", "worker__user", "recipient", "submitted_at", "decided_on")
HERE = {"department": "department", "worker": "worker__user", "person": "recipient"}


def cases(code: str, span: Span, wanted: Wanted) -> Iterator[Fact]:
    """Requests received, granted or refused on these days."""
    found = Case.objects.filter(wanted.where(**HERE)).order_by()
    if code == "received":
        found = found.filter(submitted_at__date__gte=span.first, submitted_at__date__lte=span.last)
    else:
        status = Status.GRANTED if code == "granted" else Status.REFUSED
        found = found.filter(status=status, decided_on__gte=span.first, decided_on__lte=span.last)
    for department, worker, recipient, submitted, decided in found.values_list(*COLUMNS):
        day = clock.day_of(submitted) if code == "received" else decided
        yield {"department": department, "worker": worker, "recipient": recipient, "day": day}, 1


def still_open(day: dt.date, wanted: Wanted) -> Iterator[Fact]:
    """Requests that were in on this day, and neither decided nor withdrawn by its end."""
    found = Case.objects.filter(wanted.where(**HERE), submitted_at__date__lte=day).exclude(decided_on__lte=day)
    left = StatusChange.objects.filter(status=Status.WITHDRAWN, at__date__lte=day)
    rows = found.exclude(pk__in=left.order_by().values("case")).order_by()
    for department, worker, recipient in rows.values_list("department", "worker__user", "recipient"):
        yield {"department": department, "worker": worker, "recipient": recipient}, 1


def to_decision(span: Span, wanted: Wanted) -> Iterator[Fact]:
    """Calendar days from request to decision, of what was decided on these days."""
    found = Case.objects.filter(wanted.where(**HERE), decided_on__gte=span.first, decided_on__lte=span.last)
    for department, worker, recipient, submitted, decided in found.order_by().values_list(*COLUMNS):
        known = {"department": department, "worker": worker, "recipient": recipient, "day": decided}
        yield known, max(0, (decided - clock.day_of(submitted)).days) if decided else 0


def to_programme(span: Span, wanted: Wanted) -> Iterator[Fact]:
    """Calendar days from a decision to the first programme signed on it, of those signed on these days."""
    found = Programme.objects.exclude(state=ProgrammeState.DRAFT).filter(
        wanted.where(**HERE), version=1, case__decided_on__isnull=False
    )
    found = found.filter(signed_at__date__gte=span.first, signed_at__date__lte=span.last).order_by("signed_at", "pk")
    first_of = dict(
        Programme.objects.exclude(state=ProgrammeState.DRAFT)
        .filter(version=1, case__in=found.order_by().values("case"))
        .order_by()
        .values_list("case")
        .annotate(first=Min("signed_at"))
    )
    seen = set()
    rows = found.values_list("case", "department", "worker__user", "recipient", "signed_at", "case__decided_on")
    for case, department, worker, recipient, signed, decided in rows:
        if case in seen or signed != first_of[case]:
            continue
        seen.add(case)
        day = clock.day_of(signed)
        known = {"department": department, "worker": worker, "recipient": recipient, "day": day}
        yield known, max(0, (day - decided).days) if decided else 0


def to_visit(span: Span, wanted: Wanted) -> Iterator[Fact]:
    """Calendar days from the first day of a programme to the first visit, of programmes that began on these days."""
    found = Programme.objects.exclude(state=ProgrammeState.DRAFT).filter(
        wanted.where(**HERE), version=1, since__gte=span.first, since__lte=span.last
    )
    visits = Visit.objects.standing().filter(
        outcome=Outcome.DONE, programme__number__in=found.order_by().values("number")
    )
    first_of = dict(visits.order_by().values_list("programme__number").annotate(first=Min("day")))
    rows = found.order_by().values_list("number", "department", "worker__user", "recipient", "since")
    for number, department, worker, recipient, since in rows:
        if number in first_of:
            known = {"department": department, "worker": worker, "recipient": recipient, "day": since}
            yield known, max(0, (first_of[number] - since).days)
