"""A conversation that is over goes on: within some days, under the same number and receipt."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from chat import access, events, hours, transcript
from chat.actions import alerts, messages, tasks
from chat.actions.errors import Ended, NotYours
from chat.actions.messages import fit
from chat.actions.starting import is_urgent, why_not_now
from chat.actions.storing import Sent
from chat.models import AlertKind, Author, Channel, Consultation, EndReason, EventKind, State, TaskReason
from portal.core import audit, clock
from portal.core.models import User

DAYS = 7


def open_until(consultation: Consultation, *, by_staff: bool = False) -> dt.datetime | None:
    """Until when an ended conversation may be opened again; None when it may not be.

    What was ended for insults or threats only staff open again: to its resident the other ways stay.
    """
    if not consultation.is_ended or consultation.erased_at is not None or consultation.ended_at is None:
        return None
    if consultation.end_reason == EndReason.ABUSE and not by_staff:
        return None
    until = consultation.ended_at + dt.timedelta(days=DAYS)
    return until if clock.now() < until else None


@transaction.atomic
def go_on(consultation: Consultation, *, text: str, language: str, client_id: UUID, by: User | str) -> Sent:
    """The resident's words open it again and wait at the end of the queue; while it goes on they are a message.

    The same `client_id` once more opens nothing. Raises Unfit, Conflict, Ended when it is too late.
    """
    said = fit(text)
    locked = access.locked(consultation)
    is_known = access.public_events(locked).filter(client_id=client_id).exists()
    if locked.is_ended and not is_known:
        open_by_resident(locked, said)
    return messages.send(locked, text=said, language=language, client_id=client_id, by=by)


def open_by_resident(locked: Consultation, text: str) -> None:
    """Within the transaction that locked it and keeps the words. Raises Ended."""
    if open_until(locked) is None:
        raise Ended
    locked.state, locked.consultant = State.WAITING, None
    if not locked.is_urgent and is_urgent(text):
        locked.is_urgent = True
        alerts.raise_alert(AlertKind.CRISIS, subject=locked.public_id, consultation=locked)
    _open(locked, author=Author.RESIDENT, by=None)
    reason: TaskReason | None = TaskReason.BY_MAIL
    if locked.channel != Channel.EMAIL:
        reason = why_not_now(locked, is_in_hours=hours.opening_now().is_open)
    if reason is not None and tasks.open_task(locked) is None:
        tasks.promise_at_once(locked, reason=reason)


@transaction.atomic
def open_by_staff(consultation: Consultation, *, by: User) -> Consultation:
    """Whoever led it takes it up again, for a word that was forgotten. Raises NotYours, Ended; open it stays."""
    locked = access.locked(consultation)
    if not access.led_by(by).filter(pk=locked.pk).exists():
        raise NotYours
    if locked.is_open:
        return locked
    if open_until(locked, by_staff=True) is None:
        raise Ended
    locked.state, locked.consultant = State.ACTIVE, by
    locked.claimed_at = locked.claimed_at or clock.now()
    _open(locked, author=Author.CONSULTANT, by=by)
    return locked


def _open(locked: Consultation, *, author: Author, by: User | None) -> None:
    locked.reopened_at = clock.now()
    locked.ended_at = locked.closed_at = None
    locked.end_reason = ""
    changed = ["state", "consultant", "is_urgent", "reopened_at", "ended_at", "closed_at", "claimed_at", "end_reason"]
    locked.save(update_fields=changed)
    transcript.append(locked, kind=EventKind.REOPENED, author=author, by=by)
    audit.record("consultation.reopened", locked, by=by or audit.RESIDENT)
    events.publish_on_commit(locked, is_queue_changed=True)
