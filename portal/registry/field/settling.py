"""What a tablet could not bring in: the head writes it down after all, or dismisses it with a reason."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from portal.core import audit, clock
from portal.core.crypto import decrypt
from portal.registry.field import reading
from portal.registry.field.receiving import still_there
from portal.registry.models import FieldRecord, FieldState, Month, Post, Recipient, Visit
from portal.registry.months import actions as months
from portal.registry.refusals import Refused
from portal.registry.visits import actions as visits
from portal.registry.visits.actions import Entry

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Written:
    """What the head writes: the hour it began, how long it was, and why it is taken."""

    started_at: dt.datetime
    minutes: int
    reason: str


def waiting_for(post: Post) -> QuerySet[FieldRecord]:
    """Records that wait for whoever oversees this department."""
    return within(post).filter(state=FieldState.WAITING)


def within(post: Post) -> QuerySet[FieldRecord]:
    found = FieldRecord.objects.select_related("worker", "recipient", "tablet", "visit")
    return found.filter(department__in=("", post.department)) if post.department else found


def told_in(record: FieldRecord) -> reading.Told | None:
    """The record as it was told; None where it could not be opened or read."""
    body: dict[str, Any] = json.loads(decrypt(record.body_encrypted) or "{}")
    try:
        told = reading.read(body, client_id=record.client_id, skew=int(body["offset"]))
    except (Refused, KeyError, TypeError, ValueError):
        return None
    begun = record.started_at or told.entry.started_at
    return replace(told, entry=replace(told.entry, started_at=begun), mended=record.mended_seconds)


@transaction.atomic
def write_down(record: FieldRecord, written: Written, *, by: Post) -> Visit:
    """Make a visit of it: as the worker's own, or as a correction where the month is closed. Raises Refused."""
    record = _locked(record)
    told, person = told_in(record), record.recipient
    if not written.reason.strip():
        raise Refused("no_reason", field="reason")
    if told is None:
        raise Refused("cannot_be_opened")
    person = person or still_there(told.entry.recipient)
    if person is None:
        raise Refused("person_is_not_here")
    entry = replace(told.entry, recipient=person.pk, started_at=written.started_at, minutes=written.minutes)
    visit = _visit(entry, person, record, written.reason, by)
    record.state, record.visit = FieldState.KEPT, visit
    _settled(record, written.reason, by, ["visit", "started_at"], started_at=written.started_at)
    return visit


@transaction.atomic
def dismiss(record: FieldRecord, *, reason: str, by: Post) -> None:
    """It becomes no visit; it stays readable, with the reason. Raises Refused."""
    if not reason.strip():
        raise Refused("no_reason", field="reason")
    record = _locked(record)
    record.state = FieldState.DISMISSED
    _settled(record, reason, by, [])


def _locked(record: FieldRecord) -> FieldRecord:
    found = FieldRecord.objects.select_for_update().get(pk=record.pk)
    if found.state != FieldState.WAITING:
        raise Refused("settled_already")
    return found


def _visit(entry: Entry, person: Recipient, record: FieldRecord, reason: str, by: Post) -> Visit:
    """The visit, by the same rules as any; in a closed month with that person's act counted anew."""
    day = clock.day_of(entry.started_at)
    programme = visits.programme_of(entry, by)
    month = Month.objects.filter(department=programme.department, first=day.replace(day=1)).first()
    if month is None or not month.is_closed:
        return visits.record(entry, worker=record.worker, by=by).visit
    months.add_to_closed(entry, worker=record.worker, reason=reason[:200], by=by)
    return Visit.objects.get(client_id=entry.client_id)


def _settled(
    record: FieldRecord, reason: str, by: Post, fields: list[str], *, started_at: dt.datetime | None = None
) -> None:
    record.started_at = started_at or record.started_at
    record.settled_by, record.settled_at, record.settled_reason = by.user, clock.now(), reason.strip()[:200]
    record.save(update_fields=["state", "settled_by", "settled_at", "settled_reason", *fields])
    audit.record("registry.field_record_settled", record, by=by.user, reason=reason.strip(), state=record.state)
