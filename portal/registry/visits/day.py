"""A worker's day: whom to visit, in order, and what is written down already."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db.models import Prefetch

from portal.core.models import User
from portal.registry import access
from portal.registry.models import CareService, PlanState, PlanStop, Post, Programme, ProgrammeLine, Suspension, Visit

LAST = dt.time(23, 59)


@dataclass(frozen=True, slots=True)
class Stop:
    """One person of the day. `client_id` is the visit's, should one be written down from this page.

    `hour`: the signed week plan's on that day, else the programme's.
    """

    programme: Programme
    lines: list[ProgrammeLine]
    visits: list[Visit]
    is_due: bool
    client_id: UUID
    hour: dt.time | None = None

    @property
    def is_open(self) -> bool:
        """Due today and nothing is written down yet."""
        return self.is_due and not self.visits


@dataclass(frozen=True, slots=True)
class WorkDay:
    """All of a worker's people on a day: those due today first, by the hour."""

    day: dt.date
    worker: User
    stops: list[Stop]
    extras: list[CareService]

    @property
    def left(self) -> int:
        return sum(stop.is_open for stop in self.stops)


def work_day(worker: User, day: dt.date, post: Post) -> WorkDay:
    """The day of `worker` as far as `post` may see it. Seven queries, however many people."""
    programmes = (
        Programme.objects.running(day)
        .filter(worker__user=worker, recipient__in=access.people(post).values("pk"))
        .select_related("recipient")
        .prefetch_related(
            Prefetch("lines", ProgrammeLine.objects.select_related("service")),
            Prefetch("suspensions", Suspension.objects.all()),
        )
    )
    visits: dict[int, list[Visit]] = {}
    for visit in Visit.objects.standing().filter(worker=worker, day=day).order_by("started_at"):
        visits.setdefault(visit.recipient_id, []).append(visit)
    hours = _hours(worker, day)
    stops = [_stop(programme, visits.get(programme.recipient_id, []), day, hours) for programme in programmes]
    stops.sort(key=lambda stop: (not stop.is_due, stop.hour or LAST, stop.programme.recipient.name_key))
    extras = list(CareService.objects.filter(is_live=True, is_extra=True))
    return WorkDay(day, worker, stops, extras)


def _hours(worker: User, day: dt.date) -> dict[int, dt.time]:
    """{programme: when the worker comes on this day of the week, by the signed plan}."""
    stops = PlanStop.objects.filter(plan__state=PlanState.SIGNED, plan__worker__user=worker, weekday=day.weekday())
    return dict(stops.order_by().values_list("plan__programme_id", "starts"))


def _stop(programme: Programme, visits: list[Visit], day: dt.date, hours: dict[int, dt.time]) -> Stop:
    stands_still = any(pause.covers(day) for pause in programme.suspensions.all())
    is_due = str(day.weekday()) in programme.weekdays and not stands_still
    hour = hours.get(programme.pk, programme.hour)
    return Stop(programme, list(programme.lines.all()), visits, is_due, uuid4(), hour)
