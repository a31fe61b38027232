"""A week plan's life: proposed at once, changed by hand, signed by a head; the version before is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from portal.core import audit, clock
from portal.registry.models import (
    Capacity,
    CarePackage,
    PlanState,
    PlanStop,
    Post,
    Programme,
    ProgrammeState,
    WeekPlan,
)
from portal.registry.plans import gathering
from portal.registry.plans.conflicts import Conflict, conflicts
from portal.registry.plans.proposing import Reason, propose
from portal.registry.refusals import Refused

LONGEST = 720


@dataclass(frozen=True, slots=True)
class Day:
    """One visit as it is wanted: when, and {service: minutes}."""

    starts: dt.time
    services: Mapping[str, int]


Week = Mapping[int, Day]


@transaction.atomic
def draft(programme: Programme, *, by: Post) -> WeekPlan:
    """A proposal in place of the draft there is. Raises Refused for a programme that is not in force."""
    programme = _in_force(programme)
    made = propose(
        gathering.needs_of(programme),
        gathering.wish_of(programme),
        gathering.workers(programme.department, without=programme),
    )
    week = {day: Day(gathering.hour(made.starts[day]), services) for day, services in made.layout.items()}
    worker = Post.objects.get(pk=made.worker.post) if made.worker else None
    return _written(programme, worker, week, made.reasons, by)


@transaction.atomic
def change(programme: Programme, worker: Post | None, week: Week, *, by: Post) -> WeekPlan:
    """A draft by hand, in place of the draft there is. Raises Refused for a visit that is too long, or for nothing."""
    programme = _in_force(programme)
    if any(not 1 <= sum(day.services.values()) <= LONGEST for day in week.values()):
        raise Refused("visit_too_long", field="week")
    return _written(programme, worker, week, [("by_hand", {"name": str(by.user)})], by)


@transaction.atomic
def sign(plan: WeekPlan, *, why: str, by: Post) -> WeekPlan:
    """From now on the worker comes as planned. Raises Refused for what can't be, and for conflicts without a reason.

    The worker's post is the lock: of two heads who fill one worker's hour at once the second is told.
    """
    _in_force(plan.programme)
    if plan.worker_id:
        Post.objects.select_for_update().get(pk=plan.worker_id)
    locked = WeekPlan.objects.select_for_update(of=("self",))  # a plan may have nobody: that join is not locked
    plan = locked.select_related("programme", "worker__user").get(pk=plan.pk)
    if not plan.is_draft:
        raise Refused("plan_is_signed")
    found = conflicts_of(plan)
    if any(one.is_forbidden for one in found):
        raise Refused("plan_cannot_be", field="why")
    if found and not why.strip():
        raise Refused("plan_needs_a_reason", field="why")
    programme = plan.programme
    WeekPlan.objects.filter(programme=programme, state=PlanState.SIGNED).update(state=PlanState.REPLACED)
    plan.state, plan.why = PlanState.SIGNED, why.strip()[:200] if found else ""
    plan.signed_by, plan.signed_at = by.user, clock.now()
    plan.save(update_fields=["state", "why", "signed_by", "signed_at"])
    stops = list(plan.stops.all())
    programme.weekdays = "".join(str(stop.weekday) for stop in stops)
    programme.hour, programme.worker = min(stop.starts for stop in stops), plan.worker
    programme.save(update_fields=["weekdays", "hour", "worker"])
    audit.record("registry.week_signed", plan, by=by.user, reason=plan.why, conflicts=[one.word for one in found])
    return plan


def conflicts_of(plan: WeekPlan) -> list[Conflict]:
    """What does not go together in a plan today."""
    programme = plan.programme
    worker = gathering.worker(plan.worker, without=programme) if plan.worker else None
    return conflicts(plan.stops.all(), worker, gathering.needs_of(programme), plan.minutes_package)


@transaction.atomic
def set_capacity(post: Post, facts: Mapping[str, object], *, by: Post) -> Capacity:
    """When and where a post visits people. Plans that are signed stay; the next ones heed it."""
    capacity, _made = Capacity.objects.update_or_create(post=post, defaults=dict(facts))
    audit.record("registry.capacity_set", capacity, by=by.user, minutes=capacity.minutes_week)
    return capacity


@transaction.atomic
def set_package(instrument: str, group: str, *, valid_from: dt.date, minutes: int, by: Post) -> CarePackage:
    """The hours of a group from a day on. Raises Refused for a day that has some."""
    known = CarePackage.objects.filter(instrument=instrument, group=group, valid_from=valid_from)
    if known.exists():
        raise Refused("package_begins_twice", field="valid_from")
    package = CarePackage.objects.create(
        instrument=instrument, group=group, valid_from=valid_from, minutes_week=minutes
    )
    audit.record("registry.package_set", package, by=by.user, group=group, minutes=minutes)
    return package


def _written(programme: Programme, worker: Post | None, week: Week, reasons: list[Reason], by: Post) -> WeekPlan:
    WeekPlan.objects.filter(programme=programme, state=PlanState.DRAFT).delete()
    last = WeekPlan.objects.filter(programme=programme).aggregate(last=Max("version"))["last"] or 0
    plan = WeekPlan.objects.create(
        programme=programme,
        version=last + 1,
        worker=worker,
        minutes_package=gathering.package_of(programme, max(clock.today(), programme.since)),
        reasons=[[word, facts] for word, facts in reasons],
        drafted_by=by.user,
        drafted_at=clock.now(),
    )
    PlanStop.objects.bulk_create(
        PlanStop(
            plan=plan,
            weekday=weekday,
            starts=day.starts,
            minutes=sum(day.services.values()),
            services=dict(day.services),
        )
        for weekday, day in week.items()
    )
    audit.record("registry.week_drafted", plan, by=by.user, version=plan.version)
    return plan


def _in_force(programme: Programme) -> Programme:
    found = Programme.objects.select_for_update().select_related("recipient").get(pk=programme.pk)
    if found.state != ProgrammeState.SIGNED:
        raise Refused("programme_is_not_in_force")
    return found
