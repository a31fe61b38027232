"""Planned against done: what of a department's visits the head should look at.

Nothing is stored: alerts follow from programmes and visits, so a visit that a tablet brings late takes its alert away,
and one that was struck out brings it back. Only the head's answers are kept, under the alert's key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Max, Q, QuerySet
from django.utils.timezone import localtime

from portal.core import clock
from portal.registry import access
from portal.registry.models import AlertKind, Outcome, Post, Programme, Provided, Suspension, Unit, Visit

DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to look at. `facts`: numbers and hours that its sentence is made of; `key`: what an answer hangs on."""

    kind: AlertKind
    key: str
    day: dt.date
    recipient: int
    name: str
    worker: int | None
    worker_name: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A programme's days, as far as they matter here."""

    pk: int
    recipient: int
    name: str
    worker: int | None
    worker_name: str
    since: dt.date
    until: dt.date
    weekdays: str
    hour: dt.time | None
    pauses: tuple[tuple[dt.date, dt.date], ...]

    def is_due(self, day: dt.date) -> bool:
        runs = self.since <= day <= self.until and str(day.weekday()) in self.weekdays
        return runs and not self.stands_still(day)

    def stands_still(self, day: dt.date) -> bool:
        return any(begun <= day <= ended for begun, ended in self.pauses)

    def alert(self, kind: AlertKind, day: dt.date, mark: object, **facts: Any) -> Alert:
        key = f"{kind}:{self.pk}:{mark}"
        return Alert(kind, key, day, self.recipient, self.name, self.worker, self.worker_name, facts)


def alerts(post: Post, first: dt.date, last: dt.date) -> list[Alert]:
    """Everything from `first` to `last` within the post's reach, the latest day first. Six queries."""
    last = min(last, clock.today())
    plans = _plans(post, first, last)
    visits = _visits(post, first, last)
    found = [
        *_missed(plans, visits, first, last),
        *_late(plans, visits),
        *_short_or_extra(post, first, last),
        *_two_places(visits),
        *_absent(plans, last),
    ]
    return sorted(found, key=lambda one: (-one.day.toordinal(), one.name, one.kind, one.key))


def _plans(post: Post, first: dt.date, last: dt.date) -> list[_Plan]:
    running = Programme.objects.running(first, last).filter(recipient__in=access.people(post).values("pk"))
    if post.department:
        running = running.filter(department=post.department)
    running = running.exclude(weekdays="").order_by()
    pauses: dict[int, list[tuple[dt.date, dt.date]]] = {}
    stood = Suspension.objects.filter(programme__in=running.values("pk"))
    for programme, since, until in stood.values_list("programme_id", "since", "until"):
        pauses.setdefault(programme, []).append((since, until or dt.date.max))
    rows = running.values_list(
        "pk",
        "recipient_id",
        "recipient__name",
        "worker__user_id",
        "worker__user__display_name",
        "since",
        "runs_until",
        "weekdays",
        "hour",
    )
    return [
        _Plan(pk, recipient, name, worker, said or "", since, until, weekdays, hour, tuple(pauses.get(pk, ())))
        for pk, recipient, name, worker, said, since, until, weekdays, hour in rows
    ]


def _standing(post: Post, first: dt.date, last: dt.date) -> QuerySet[Visit]:
    found = Visit.objects.standing().filter(day__gte=first, day__lte=last)
    return found.filter(department=post.department) if post.department else found


_VISIT = (
    "pk",
    "programme_id",
    "day",
    "recipient_id",
    "recipient__name",
    "worker_id",
    "worker__display_name",
    "started_at",
    "minutes",
)


def _visits(post: Post, first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    return list(_standing(post, first, last).order_by("started_at", "pk").values(*_VISIT))


def _missed(plans: list[_Plan], visits: list[dict[str, Any]], first: dt.date, last: dt.date) -> Iterator[Alert]:
    """Days that were due and have no visit of anybody. Today is not over: it is not looked at."""
    there = {(visit["recipient_id"], visit["day"]) for visit in visits}
    over = min(last, clock.today() - DAY)
    for plan in plans:
        days = ((first + n * DAY) for n in range((over - first).days + 1))
        for day in days:
            if plan.is_due(day) and (plan.recipient, day) not in there:
                yield plan.alert(AlertKind.MISSED, day, day)


def _late(plans: list[_Plan], visits: list[dict[str, Any]]) -> Iterator[Alert]:
    """The first visit of a due day, begun later than the programme's hour and what is forgiven."""
    by_pk = {plan.pk: plan for plan in plans}
    seen: set[tuple[int, dt.date]] = set()
    for visit in visits:
        plan, day = by_pk.get(visit["programme_id"]), visit["day"]
        if plan is None or plan.hour is None or not plan.is_due(day) or (plan.pk, day) in seen:
            continue
        seen.add((plan.pk, day))
        begun = localtime(visit["started_at"])
        expected = begun.replace(hour=plan.hour.hour, minute=plan.hour.minute, second=0)
        late = int((begun - expected) / MINUTE)
        if late > settings.VISIT_LATE_MINUTES:
            yield _of_visit(AlertKind.LATE, visit, minutes=late, at=f"{begun:%H:%M}", hour=f"{plan.hour:%H:%M}")


def _short_or_extra(post: Post, first: dt.date, last: dt.date) -> Iterator[Alert]:
    """Services by the hour that took too small a part of their minutes, and services the programme does not have."""
    given = Provided.objects.filter(visit__in=_standing(post, first, last).filter(outcome=Outcome.DONE))
    short = Q(service__unit=Unit.HOUR, minutes__lt=F("line__minutes") * settings.VISIT_SHORT_PERCENT / 100.0)
    rows = given.filter(short | Q(line__isnull=True)).select_related("service", "line", "visit").order_by("pk")
    names = given.values("visit_id", name=F("visit__recipient__name"), worker=F("visit__worker__display_name"))
    known = {row["visit_id"]: row for row in names.filter(short | Q(line__isnull=True))}
    for one in rows:
        about = known[one.visit_id]
        visit = {
            "pk": one.visit_id,
            "day": one.visit.day,
            "recipient_id": one.visit.recipient_id,
            "recipient__name": about["name"],
            "worker_id": one.visit.worker_id,
            "worker__display_name": about["worker"],
        }
        facts = {"service": str(one.service.said), "minutes": one.minutes}
        if one.line is None:
            yield _of_visit(AlertKind.EXTRA, visit, mark=one.service_id, **facts)
        else:
            yield _of_visit(AlertKind.SHORT, visit, mark=one.service_id, planned=one.line.minutes, **facts)


def _two_places(visits: list[dict[str, Any]]) -> Iterator[Alert]:
    """One worker with two people at one time; the later visit carries the alert."""
    last: dict[int, dict[str, Any]] = {}
    for visit in visits:
        ends = visit["started_at"] + visit["minutes"] * MINUTE
        before = last.get(visit["worker_id"])
        if before is not None and before["ends"] > visit["started_at"]:
            if before["recipient_id"] != visit["recipient_id"]:
                at = f"{localtime(visit['started_at']):%H:%M}"
                yield _of_visit(AlertKind.TWO_PLACES, visit, other=before["recipient__name"], at=at)
            if before["ends"] >= ends:
                continue
        last[visit["worker_id"]] = visit | {"ends": ends}


def _absent(plans: list[_Plan], last: dt.date) -> Iterator[Alert]:
    """People whose programme runs on the last day, with no visit made for so many days, pauses not counted."""
    days = settings.VISIT_ABSENT_DAYS
    here = [plan for plan in plans if plan.since <= last <= plan.until and not plan.stands_still(last)]
    done = Visit.objects.standing().filter(recipient__in=[plan.recipient for plan in here], day__lte=last)
    latest = dict(done.filter(outcome=Outcome.DONE).order_by().values_list("recipient_id").annotate(Max("day")))
    for plan in here:
        since = max(latest.get(plan.recipient, plan.since - DAY), plan.since - DAY)
        passed = [since + n * DAY for n in range(1, (last - since).days + 1)]
        without = sum(not plan.stands_still(day) for day in passed)
        if without > days:
            yield plan.alert(AlertKind.ABSENT, last, since, days=without)


def _of_visit(kind: AlertKind, visit: dict[str, Any], *, mark: object = "", **facts: Any) -> Alert:
    return Alert(
        kind,
        f"{kind}:{visit['pk']}:{mark}",
        visit["day"],
        visit["recipient_id"],
        visit["recipient__name"],
        visit["worker_id"],
        visit["worker__display_name"],
        facts,
    )
