"""A month in figures: of one worker, or of a department worker by worker – planned against done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, Sum

from portal.core import clock
from portal.core.models import User
from portal.registry.models import CareService, Outcome, Programme, Provided, Suspension, Visit
from portal.registry.months.prices import next_month

DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class Line:
    """One worker, one person or one service: what was planned and what came of it."""

    name: Any
    planned: int = 0
    done: int = 0
    in_vain: int = 0
    declined: int = 0
    minutes: int = 0
    people: int = 0

    @property
    def missed(self) -> int:
        """Planned visits of which nothing is written down."""
        return max(0, self.planned - self.done - self.in_vain - self.declined)


@dataclass(frozen=True, slots=True)
class Given:
    """One service over the month."""

    service: CareService
    times: int
    minutes: int


@dataclass(slots=True)
class Report:
    """A month: `lines` by person (a worker's report) or by worker (a department's), and the services given."""

    first: dt.date
    lines: list[Line] = field(default_factory=list)
    services: list[Given] = field(default_factory=list)

    @property
    def total(self) -> Line:
        found = Line("")
        for line in self.lines:
            for name in ("planned", "done", "in_vain", "declined", "minutes", "people"):
                setattr(found, name, getattr(found, name) + getattr(line, name))
        return found


def of_worker(department: str, worker: User, first: dt.date) -> Report:
    """A worker's month, person by person. Five queries."""
    here = Q(department=department)
    visits = here & Q(worker=worker)
    programmes = here & Q(worker__user=worker)
    return _report(visits, programmes, first, visit_by=("recipient_id", "recipient__name"), planned_by="recipient")


def of_department(department: str, first: dt.date) -> Report:
    """A department's month, worker by worker. Five queries."""
    here = Q(department=department)
    return _report(here, here, first, visit_by=("worker_id", "worker__display_name"), planned_by="worker")


def _report(visits: Q, programmes: Q, first: dt.date, *, visit_by: tuple[str, str], planned_by: str) -> Report:
    last = next_month(first) - DAY
    standing = Visit.objects.standing().filter(visits, day__gte=first, day__lte=last)
    lines: dict[int, Line] = {}
    rows = standing.order_by().values_list(*visit_by, "outcome")
    for key, name, outcome, many, minutes in rows.annotate(many=Count("pk"), lasted=Sum("minutes")):
        line = lines.setdefault(key, Line(name))
        if outcome == Outcome.DONE:
            line.done += many
            line.minutes += minutes
        elif outcome == Outcome.NOBODY_OPENED:
            line.in_vain += many
        else:
            line.declined += many
    people = standing.order_by().values_list(visit_by[0]).annotate(many=Count("recipient", distinct=True))
    for key, many in people:
        lines[key].people = many
    passed = min(last, clock.today() - DAY)
    for key, name, planned in _planned(programmes, first, passed, planned_by):
        lines.setdefault(key, Line(name)).planned += planned
    report = Report(first, sorted(lines.values(), key=lambda line: str(line.name)))
    report.services = _services(standing)
    return report


def _services(standing: Any) -> list[Given]:
    known = CareService.objects.in_bulk()
    rows = Provided.objects.filter(visit__in=standing.filter(outcome=Outcome.DONE)).order_by().values_list("service_id")
    found = rows.annotate(given=Count("pk"), lasted=Sum("minutes"))
    given = [Given(known[service], times, minutes) for service, times, minutes in found]
    return sorted(given, key=lambda one: (one.service.order, one.service.code))


def _planned(programmes: Q, first: dt.date, last: dt.date, by: str) -> Iterable[tuple[int, str, int]]:
    """(person or worker, name, visits that were due): each day of the week of a programme, but for its pauses."""
    name = (
        ("recipient_id", "recipient__name") if by == "recipient" else ("worker__user_id", "worker__user__display_name")
    )
    running = Programme.objects.running(first, last).filter(programmes, worker__isnull=False).exclude(weekdays="")
    pauses: dict[int, list[tuple[dt.date, dt.date]]] = {}
    stood = Suspension.objects.filter(programme__in=running.order_by().values("pk"))
    for programme, since, until in stood.values_list("programme_id", "since", "until"):
        pauses.setdefault(programme, []).append((since, until or dt.date.max))
    for pk, since, until, weekdays, key, said in running.values_list("pk", "since", "runs_until", "weekdays", *name):
        days = _days(max(since, first), min(until, last), weekdays)
        yield key, said, sum(not any(begun <= day <= ended for begun, ended in pauses.get(pk, ())) for day in days)


def _days(first: dt.date, last: dt.date, weekdays: str) -> list[dt.date]:
    days = (first + n * DAY for n in range((last - first).days + 1))
    return [day for day in days if str(day.weekday()) in weekdays]
