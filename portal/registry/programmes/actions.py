"""A programme's life: drafted from what was decided, signed, changed by a new version, paused, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from portal.core import audit, clock
from portal.registry.law import consents, restricting
from portal.registry.models import (
    CareForm,
    CareService,
    Case,
    Payment,
    PaymentRule,
    Post,
    Programme,
    ProgrammeLine,
    ProgrammeState,
    Recipient,
    Status,
    Suspension,
    Tariff,
)
from portal.registry.refusals import Refused

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One service of a plan."""

    service: CareService
    times: int
    per: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a programme is to be."""

    since: dt.date
    until: dt.date
    lines: Sequence[Line]
    payment: str = Payment.FREE
    rule: PaymentRule | None = None
    form: str = CareForm.HOME
    weekdays: str = ""
    hour: dt.time | None = None
    worker: Post | None = None


@transaction.atomic
def draft(recipient: Recipient, plan: Plan, *, case: Case | None, by: Post, is_demo: bool = False) -> Programme:
    """A first version. It rests on a granted case of this person, or on a programme they had before. Raises Refused."""
    _lawful(recipient)
    _sound(plan)
    if case is not None and (case.recipient_id != recipient.pk or case.status != Status.GRANTED):
        raise Refused("case_is_not_granted", field="case")
    signed = Programme.objects.filter(recipient=recipient).exclude(state=ProgrammeState.DRAFT)
    if case is None and not signed.exists():
        raise Refused("no_decision", field="case")
    last = Programme.objects.aggregate(last=Max("pk"))["last"] or 0
    programme = _written(Programme(recipient=recipient, case=case, is_demo=is_demo), plan, by, f"?{last + 1}")
    programme.number = f"IP-{plan.since.year}-{programme.pk:06d}"
    programme.save(update_fields=["number"])
    audit.record("registry.programme_drafted", programme, by=by.user)
    return programme


@transaction.atomic
def change(programme: Programme, plan: Plan, *, why: str, by: Post) -> Programme:
    """The next version as a draft; the one in force stays in force until the new one is signed. Raises Refused."""
    _lawful(programme.recipient)
    _sound(plan)
    if programme.state != ProgrammeState.SIGNED:
        raise Refused("programme_is_not_in_force")
    if not why.strip():
        raise Refused("no_reason", field="why")
    if plan.since <= programme.since:
        raise Refused("version_begins_too_early", field="since", day=programme.since)
    versions = Programme.objects.filter(number=programme.number)
    if versions.filter(state=ProgrammeState.DRAFT).exists():
        raise Refused("there_is_a_draft")
    fresh = Programme(recipient=programme.recipient, case=programme.case, why=why.strip(), is_demo=programme.is_demo)
    fresh.version = (versions.aggregate(last=Max("version"))["last"] or 0) + 1
    fresh = _written(fresh, plan, by, programme.number)
    audit.record("registry.programme_drafted", fresh, by=by.user, version=fresh.version)
    return fresh


@transaction.atomic
def rewrite(programme: Programme, plan: Plan, *, by: Post) -> Programme:
    """Change a draft. Raises Refused for what is signed."""
    _sound(plan)
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if not programme.is_draft:
        raise Refused("programme_is_signed")
    programme.lines.all().delete()
    return _written(programme, plan, by, programme.number)


@transaction.atomic
def sign(programme: Programme, *, by: Post) -> Programme:
    """Put a draft in force. Raises Refused when it overlaps another, has no price, or asks for an unknown income.

    Everybody who signs for one person waits for the one before: their record is the lock.
    """
    Recipient.objects.select_for_update().get(pk=programme.recipient_id)
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if not programme.is_draft:
        raise Refused("programme_is_signed")
    _lawful(programme.recipient)
    before = _replaced(programme)
    _free_of_overlap(programme, before)
    _can_be_paid(programme)
    if before is not None:
        before.state, before.runs_until = ProgrammeState.ENDED, programme.since - DAY
        before.save(update_fields=["state", "runs_until"])
    programme.state, programme.signed_by, programme.signed_at = ProgrammeState.SIGNED, by.user, clock.now()
    programme.save(update_fields=["state", "signed_by", "signed_at"])
    audit.record("registry.programme_signed", programme, by=by.user, version=programme.version)
    return programme


@transaction.atomic
def suspend(programme: Programme, *, since: dt.date, until: dt.date | None, reason: str, by: Post) -> Suspension:
    """Let a programme stand still from a day on. Raises Refused when it does already, or visits were made since."""
    programme = _in_force(programme)
    if not reason.strip():
        raise Refused("no_reason", field="reason")
    if until is not None and until < since:
        raise Refused("ends_before_it_begins", field="until")
    if not programme.since <= since <= programme.runs_until:
        raise Refused("outside_the_programme", field="since", since=programme.since, until=programme.runs_until)
    last = until or dt.date.max
    if any(since <= (one.until or dt.date.max) and one.since <= last for one in programme.suspensions.all()):
        raise Refused("suspended_already", field="since")
    if programme.visits.standing().filter(day__gte=since, day__lte=last).exists():
        raise Refused("visits_were_made", field="since")
    pause = Suspension.objects.create(programme=programme, since=since, until=until, reason=reason.strip(), by=by.user)
    audit.record("registry.programme_suspended", programme, by=by.user)
    return pause


@transaction.atomic
def resume(programme: Programme, *, day: dt.date, by: Post) -> Programme:
    """It goes on from `day`. Raises Refused when it does not stand still."""
    programme = _in_force(programme)
    pause = programme.suspensions.filter(until__isnull=True).first()
    if pause is None:
        raise Refused("not_suspended", field="day")
    if day <= pause.since:
        raise Refused("resumes_too_early", field="day", day=pause.since)
    pause.until = day - DAY
    pause.save(update_fields=["until"])
    audit.record("registry.programme_resumed", programme, by=by.user)
    return programme


@transaction.atomic
def end(programme: Programme, *, last_day: dt.date, reason: str, by: Post) -> Programme:
    """End it on a day, for good. Raises Refused outside its days, or when visits were made after that day."""
    programme = _in_force(programme)
    if not reason.strip():
        raise Refused("no_reason", field="reason")
    if not programme.since <= last_day <= programme.runs_until:
        raise Refused("outside_the_programme", field="last_day", since=programme.since, until=programme.runs_until)
    if programme.visits.standing().filter(day__gt=last_day).exists():
        raise Refused("visits_were_made", field="last_day")
    programme.state, programme.runs_until, programme.why = ProgrammeState.ENDED, last_day, reason.strip()
    programme.save(update_fields=["state", "runs_until", "why"])
    audit.record("registry.programme_ended", programme, by=by.user, reason=reason.strip())
    return programme


def _written(programme: Programme, plan: Plan, by: Post, number: str) -> Programme:
    programme.number, programme.drafted_by, programme.drafted_at = number, by.user, clock.now()
    programme.department = programme.recipient.department or by.department
    programme.since, programme.until, programme.runs_until = plan.since, plan.until, plan.until
    programme.form, programme.weekdays, programme.hour = plan.form, plan.weekdays, plan.hour
    programme.payment, programme.worker = plan.payment, plan.worker
    programme.rule = plan.rule if plan.payment == Payment.RULE else None
    programme.save()
    ProgrammeLine.objects.bulk_create(
        ProgrammeLine(programme=programme, service=line.service, times=line.times, per=line.per, minutes=line.minutes)
        for line in plan.lines
    )
    return programme


def _lawful(recipient: Recipient) -> None:
    """Raises Refused for a restricted record, and without a consent where the profile of the law asks for one."""
    restricting.check(recipient)
    consents.check(recipient)


def _sound(plan: Plan) -> None:
    if plan.until < plan.since:
        raise Refused("ends_before_it_begins", field="until")
    if not plan.lines:
        raise Refused("no_services", field="lines")
    if plan.payment == Payment.RULE and plan.rule is None:
        raise Refused("no_rule", field="rule")


def _in_force(programme: Programme) -> Programme:
    found = Programme.objects.select_for_update().get(pk=programme.pk)
    if found.state != ProgrammeState.SIGNED:
        raise Refused("programme_is_not_in_force")
    return found


def _replaced(programme: Programme) -> Programme | None:
    """The version that is in force until this one begins. Raises Refused when visits were made under it after that."""
    same = Programme.objects.filter(number=programme.number, state=ProgrammeState.SIGNED).exclude(pk=programme.pk)
    before = same.first()
    if before is None:
        return None
    if programme.since <= before.since:
        raise Refused("version_begins_too_early", field="since", day=before.since)
    if before.visits.standing().filter(day__gte=programme.since).exists():
        raise Refused("visits_were_made", field="since")
    return before


def _free_of_overlap(programme: Programme, before: Programme | None) -> None:
    at_once = Programme.objects.running(programme.since, programme.until).filter(recipient=programme.recipient)
    others = at_once.exclude(pk=programme.pk)
    other = others.exclude(pk=before.pk if before else 0).first()
    if other is not None:
        facts = {"number": other.number, "since": other.since, "until": other.runs_until}
        raise Refused("programmes_overlap", field="since", **facts)


def _can_be_paid(programme: Programme) -> None:
    if programme.payment == Payment.RULE and not programme.recipient.incomes.exists():
        raise Refused("income_is_unknown")
    for line in programme.lines.select_related("service"):
        if not Tariff.objects.filter(service=line.service, valid_from__lte=programme.since).exists():
            raise Refused("no_tariff", service=line.service.said.text, day=programme.since)
