"""Visits: written down once however often they are sent, refused with a sentence, struck out with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from portal.core import audit, clock
from portal.core.models import User
from portal.registry import access
from portal.registry.access import May, may
from portal.registry.models import CareService, Month, Outcome, Post, Programme, ProgrammeLine, Provided, Visit
from portal.registry.months.prices import prices
from portal.registry.refusals import Refused

AHEAD = dt.timedelta(minutes=10)  # a tablet's clock may run that much fast
LONGEST = 12 * 60
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Done:
    """One service ticked: its minutes when it is counted by the hour, its times otherwise."""

    service: int
    minutes: int = 0
    times: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A visit as it is sent, from a page or from a queue. `client_id`: given by the sender, once a visit."""

    client_id: UUID
    recipient: int
    started_at: dt.datetime
    minutes: int
    services: Sequence[Done] = ()
    outcome: str = Outcome.DONE
    note: str = ""
    is_emergency: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an entry; `is_new` False: it was there already."""

    visit: Visit
    is_new: bool


def record(entry: Entry, *, worker: User, by: Post) -> Kept:
    """Write a visit down. The same `client_id` with the same visit gives the one that is there. Raises Refused."""
    try:
        return _record(entry, worker=worker, by=by)
    except IntegrityError:  # two sent the same at the same moment: now one of them is there
        return _record(entry, worker=worker, by=by)


@transaction.atomic
def _record(entry: Entry, *, worker: User, by: Post) -> Kept:
    known = Visit.objects.filter(client_id=entry.client_id).first()
    if known is not None:
        return _the_same(known, entry, worker)
    _allowed(entry, worker, by)
    programme = programme_of(entry, by)
    month_is_open(programme.department, clock.day_of(entry.started_at))
    return Kept(write(entry, programme, worker=worker, by=by), True)


def programme_of(entry: Entry, by: Post) -> Programme:
    """The programme this visit belongs to, locked until the visit is written. Raises Refused when there is none."""
    day = clock.day_of(entry.started_at)
    person = access.people(by).filter(pk=entry.recipient).first()
    if person is None:
        raise Refused("person_is_not_here", field="recipient")
    programme = Programme.objects.running(day).filter(recipient=person).select_for_update().first()
    if programme is None:
        raise Refused("no_programme_that_day", field="started", day=day)
    if any(pause.covers(day) for pause in programme.suspensions.all()):
        raise Refused("programme_stands_still", field="started", day=day)
    return programme


def month_is_open(department: str, day: dt.date) -> None:
    """Raises Refused when the month of this day is prepared or closed."""
    if Month.objects.filter(department=department, first=day.replace(day=1)).exists():
        raise Refused("month_is_closed", field="started", month=f"{day:%Y-%m}")


def write(entry: Entry, programme: Programme, *, worker: User, by: Post, corrects: str = "") -> Visit:
    """The visit and its services. The caller has checked who writes, and whether the month may still change."""
    lines = {line.service_id: line for line in programme.lines.select_related("service")}
    day = clock.day_of(entry.started_at)
    provided = _services(entry, lines, day)
    _not_twice(entry, worker)
    visit = Visit.objects.create(
        client_id=entry.client_id,
        programme=programme,
        recipient_id=programme.recipient_id,
        department=programme.department,
        worker=worker,
        day=day,
        started_at=entry.started_at,
        minutes=entry.minutes,
        outcome=entry.outcome,
        note=entry.note.strip(),
        is_emergency=entry.is_emergency,
        entered_by=by.user,
        entered_at=clock.now(),
        corrects=corrects,
        is_demo=programme.is_demo,
    )
    for one in provided:
        one.visit = visit
    Provided.objects.bulk_create(provided)
    audit.record("registry.visit_recorded", visit, by=by.user, outcome=entry.outcome, late=day < clock.today())
    return visit


@transaction.atomic
def strike(visit: Visit, *, reason: str, by: Post) -> Visit:
    """Strike a visit out; it stays readable and counts no more. Raises Refused in a month that is not open."""
    visit = locked(visit, reason=reason, by=by)
    month_is_open(visit.department, visit.day)
    return struck(visit, reason=reason, by=by)


def locked(visit: Visit, *, reason: str, by: Post) -> Visit:
    """The visit, with its programme locked, when this post may strike it out. Raises Refused."""
    if not reason.strip():
        raise Refused("no_reason", field="reason")
    Programme.objects.select_for_update().get(pk=visit.programme_id)
    visit = Visit.objects.get(pk=visit.pk)
    if visit.struck_at is not None:
        raise Refused("struck_already")
    if visit.worker_id != by.user_id and not may(by, May.VISIT_FOR_OTHERS):
        raise Refused("not_your_visit")
    return visit


def struck(visit: Visit, *, reason: str, by: Post) -> Visit:
    """Strike it out; the caller has checked that it may be."""
    visit.struck_at, visit.struck_by, visit.struck_reason = clock.now(), by.user, reason.strip()
    visit.save(update_fields=["struck_at", "struck_by", "struck_reason"])
    audit.record("registry.visit_struck", visit, by=by.user)
    return visit


def _allowed(entry: Entry, worker: User, by: Post) -> None:
    if worker.pk != by.user_id and not may(by, May.VISIT_FOR_OTHERS):
        raise Refused("not_your_visit", field="worker")
    if entry.started_at > clock.now() + AHEAD:
        raise Refused("visit_in_the_future", field="started")
    if not 1 <= entry.minutes <= LONGEST:
        raise Refused("visit_too_long", field="minutes")
    if entry.outcome not in Outcome.values:
        raise Refused("no_outcome", field="outcome")


def _services(entry: Entry, lines: dict[int, ProgrammeLine], day: dt.date) -> list[Provided]:
    """What was ticked, each with its line of the programme or as an extra paid one. Raises Refused."""
    if entry.outcome != Outcome.DONE:
        if entry.services:
            raise Refused("nothing_was_done", field="services")
        return []
    if not entry.services:
        raise Refused("what_was_done", field="services")
    known = CareService.objects.in_bulk([one.service for one in entry.services])
    price = prices()
    found = []
    for one in entry.services:
        service, line = known.get(one.service), lines.get(one.service)
        if service is None or (line is None and not service.is_extra):
            raise Refused("outside_programme", field="services", service=service.said.text if service else "?")
        if price.on(service.pk, day) is None:
            raise Refused("no_tariff", field="services", service=service.said.text, day=day)
        found.append(Provided(service=service, line=line, minutes=one.minutes, times=one.times))
    if sum(one.minutes for one in entry.services) > entry.minutes:
        raise Refused("minutes_do_not_fit", field="minutes", minutes=entry.minutes)
    return found


def _not_twice(entry: Entry, worker: User) -> None:
    ends = entry.started_at + entry.minutes * MINUTE
    near = Visit.objects.standing().filter(
        recipient_id=entry.recipient,
        worker=worker,
        started_at__lt=ends,
        started_at__gt=entry.started_at - LONGEST * MINUTE,
    )
    for other in near:
        if other.started_at + other.minutes * MINUTE > entry.started_at:
            raise Refused("visit_is_there", field="started", at=clock_time(other.started_at))


def clock_time(moment: dt.datetime) -> str:
    """The time of day by the town's clock."""
    return f"{localtime(moment):%H:%M}"


def _the_same(known: Visit, entry: Entry, worker: User) -> Kept:
    """A repeated entry is the visit that is there; another visit under its id is a conflict. Raises Refused."""
    told = (entry.recipient, entry.started_at, entry.minutes, entry.outcome, worker.pk)
    kept = (known.recipient_id, known.started_at, known.minutes, known.outcome, known.worker_id)
    if told != kept:
        raise Refused("another_visit_has_this_id")
    return Kept(known, False)
