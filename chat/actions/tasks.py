"""Promised answers: made, changed, tried, kept – a call in its window, a written answer by its day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from charter.memberships import reach_of
from chat import access, events, numbers, promises, transcript
from chat.actions.errors import CannotTake, Ended, NotYours
from chat.models import (
    OPEN_STATES,
    Attempt,
    Author,
    Consultation,
    Event,
    EventKind,
    State,
    Task,
    TaskKind,
    TaskReason,
    TaskState,
    TryResult,
)
from chat.promises import Window
from portal.core import audit, clock
from portal.core.models import User
from portal.core.templatetags.parama import in_figures

ENOUGH_TRIES = 3  # after so many in vain the promise may be settled


@dataclass(frozen=True, slots=True)
class Ring:
    """Where and when to ring. `phone` was read by `numbers.read`."""

    phone: str
    window: Window
    is_shared_phone: bool = False


class TooEarly(CannotTake):
    """It has not been tried often enough to give it up."""

    code = "too_early"


@transaction.atomic
def promise_call(
    consultation: Consultation,
    ring: Ring,
    *,
    by: User | str,
    reason: TaskReason = TaskReason.ASKED,
    is_agreed: bool = True,
) -> Task:
    """The conversation goes on by phone, under the same number and receipt; an earlier promise is replaced.

    A resident may ask while it is open; a consultant promises only for what they lead. Raises Ended, NotYours.
    """
    locked = _open(consultation, by=by)
    locked.phone, locked.phone_digest = numbers.seal(ring.phone)
    locked.state, locked.consultant = State.PROMISED, None
    locked.save(update_fields=["phone", "phone_digest", "state", "consultant"])
    task = _open_task(locked) or Task(consultation=locked, made_at=clock.now(), reason=reason)
    task.kind, task.begins_at, task.due_at = TaskKind.CALLBACK, ring.window.begins_at, ring.window.ends_at
    task.is_agreed, task.is_shared_phone, task.first_try_at = is_agreed, ring.is_shared_phone, None
    task.reminded_at = None
    task.save()
    _tell(locked, task, by=by)
    return task


@transaction.atomic
def promise_written(consultation: Consultation, *, by: User | str, reason: TaskReason) -> Task:
    """Whoever wrote is answered in writing by the promised day; the place in the queue stays. Raises Ended, NotYours.

    A promise that is open already stays as it was made.
    """
    locked = _open(consultation, by=by)
    if (known := _open_task(locked)) is not None:
        return known
    if locked.state in {State.ACTIVE, State.OFFERED}:
        locked.state, locked.consultant = State.WAITING, None
        locked.save(update_fields=["state", "consultant"])
    task = _written(locked, reason=reason)
    _tell(locked, task, by=by)
    return task


def promise_at_once(consultation: Consultation, *, reason: TaskReason) -> Task:
    """For a question that nobody can answer now, within the transaction that keeps it; its page says by when."""
    return _written(consultation, reason=reason)


def _written(locked: Consultation, *, reason: TaskReason) -> Task:
    now = clock.now()
    return Task.objects.create(
        consultation=locked,
        kind=TaskKind.WRITTEN,
        reason=reason,
        made_at=now,
        due_at=promises.written_due(now, is_urgent=locked.is_urgent),
        is_demo=locked.is_demo,
    )


@transaction.atomic
def cancel_call(consultation: Consultation, *, by: User | str) -> Consultation:
    """No call any more. Whoever wrote something waits for a written answer; else there is nothing left to do.

    Raises Ended. Cancelling twice changes nothing.
    """
    locked = _open(consultation, by=by)
    task = _open_task(locked)
    if task is None or task.kind != TaskKind.CALLBACK:
        return locked
    _settle(task, TaskState.CANCELLED, by=by)
    audit.record("callback.cancelled", locked, by=by)
    if access.public_events(locked).filter(kind=EventKind.MESSAGE, author=Author.RESIDENT).exists():
        locked.state = State.WAITING
        locked.save(update_fields=["state"])
        promise_written(locked, by=audit.SYSTEM, reason=TaskReason.ASKED)
        return locked
    now = clock.now()
    locked.state, locked.ended_at, locked.closed_at = State.ABANDONED, now, now
    locked.save(update_fields=["state", "ended_at", "closed_at"])
    transcript.append(locked, kind=EventKind.CLOSED, author=Author.RESIDENT)
    events.publish_on_commit(locked, is_queue_changed=True)
    return locked


@transaction.atomic
def try_call(task: Task, result: TryResult, *, by: User) -> Task:
    """Note one try. Reached: the call begins and lies with who rang. Raises NotYours, Ended."""
    locked, current = _for_staff(task, by=by)
    now = clock.now()
    Attempt.objects.create(task=current, result=result, by=by, at=now)
    if current.first_try_at is None:
        current.first_try_at = now
        current.save(update_fields=["first_try_at"])
    audit.record("callback.tried", locked, by=by, result=result)
    if result == TryResult.REACHED:
        _begin(locked, current, by=by, now=now)
    else:
        _note_try(locked, by=by)
    events.publish_on_commit(locked, is_queue_changed=True)
    return current


@transaction.atomic
def give_up(task: Task, *, by: User) -> Task:
    """Nobody could be reached: what they wrote is answered in writing. Raises TooEarly, NotYours, Ended."""
    locked, current = _for_staff(task, by=by)
    if current.attempts.exclude(result=TryResult.REACHED).count() < ENOUGH_TRIES:
        raise TooEarly
    _settle(current, TaskState.DONE, by=by)
    locked.state = State.WAITING
    locked.save(update_fields=["state"])
    audit.record("callback.given_up", locked, by=by)
    promise_written(locked, by=audit.SYSTEM, reason=TaskReason.MISSED)
    return current


@transaction.atomic
def assign(task: Task, *, to: User | None, by: User) -> Task:
    """Give it to a colleague, or to nobody in particular. Raises CannotTake, NotYours, Ended."""
    locked, current = _for_staff(task, by=by)
    if to is not None and not access.for_staff(to).filter(pk=locked.pk).exists():
        raise CannotTake
    current.assigned_to, current.reminded_at = to, None
    current.save(update_fields=["assigned_to", "reminded_at"])
    audit.record("task.assigned", locked, by=by, to=to.pk if to else "")
    events.desk_changed_on_commit()
    return current


@transaction.atomic
def settle_written(consultation: Consultation, *, by: User | None) -> bool:
    """Whether a promised written answer is given: a person has written since it was promised, or it is over."""
    task = Task.objects.select_for_update().filter(consultation=consultation, state=TaskState.OPEN).first()
    if task is None or task.kind != TaskKind.WRITTEN:
        return False
    answers = _answers_since(task).order_by("at").values_list("at", flat=True)
    answered_at = answers.first()
    if answered_at is None and consultation.state in OPEN_STATES:
        return False
    task.first_try_at = answered_at
    _settle(task, TaskState.DONE, by=by or audit.SYSTEM)
    return True


def _answers_since(task: Task) -> QuerySet[Event]:
    kinds = (EventKind.MESSAGE, EventKind.ARTICLE)
    found = access.all_events(task.consultation)
    return found.filter(author=Author.CONSULTANT, kind__in=kinds, at__gte=task.made_at)


def open_task(consultation: Consultation) -> Task | None:
    """What is promised now."""
    return _open_task(consultation)


def _open_task(consultation: Consultation) -> Task | None:
    return Task.objects.filter(consultation=consultation, state=TaskState.OPEN).first()


def _open(consultation: Consultation, *, by: User | str) -> Consultation:
    """The locked row, while it goes on. Staff act on what they hold, lead, or what nobody holds yet."""
    locked = access.locked(consultation)
    if locked.state not in OPEN_STATES or locked.erased_at is not None:
        raise Ended
    if isinstance(by, User) and not locked.is_queued and not access.led_by(by).filter(pk=locked.pk).exists():
        raise NotYours
    return locked


def _for_staff(task: Task, *, by: User) -> tuple[Consultation, Task]:
    """The consultation and its open promise, both as they are now."""
    locked = _open(task.consultation, by=by)
    if not reach_of(by, *access.ROLES) or not access.for_staff(by).filter(pk=locked.pk).exists():
        raise NotYours
    current = Task.objects.select_for_update().get(pk=task.pk)
    if current.state != TaskState.OPEN:
        raise Ended
    return locked, current


def _begin(locked: Consultation, task: Task, *, by: User, now: dt.datetime) -> None:
    locked.state, locked.consultant, locked.claimed_at = State.ACTIVE, by, now
    locked.first_reply_at = locked.first_reply_at or now
    locked.save(update_fields=["state", "consultant", "claimed_at", "first_reply_at"])
    transcript.append(locked, kind=EventKind.CLAIMED, author=Author.CONSULTANT, by=by)
    _settle(task, TaskState.DONE, by=by)


def _note_try(locked: Consultation, *, by: User) -> None:
    """The resident reads that we rang; the words say nothing of why."""
    with override(locked.language):
        data = {"when": _words(clock.now(), None)}
    transcript.append(locked, kind=EventKind.TRIED, author=Author.CONSULTANT, by=by, body=transcript.Body(data=data))


def _settle(task: Task, state: TaskState, *, by: User | str) -> None:
    task.state, task.settled_at = state, clock.now()
    task.settled_by = by if isinstance(by, User) else None
    task.save(update_fields=["state", "settled_at", "settled_by", "first_try_at"])


def _tell(locked: Consultation, task: Task, *, by: User | str) -> None:
    """The promise stands in the conversation, in the resident's language, and in the audit."""
    with override(locked.language):
        data = {"kind": task.kind, "when": _words(task.begins_at or task.due_at, task.due_at)}
    staff = by if isinstance(by, User) else None
    author = Author.CONSULTANT if staff else Author.SYSTEM
    body = transcript.Body(data=data)
    transcript.append(locked, kind=EventKind.PROMISED, author=author, by=staff, body=body)
    audit.record("task.promised", locked, by=by, kind=task.kind, reason=task.reason)
    events.publish_on_commit(locked, is_queue_changed=True)


def _words(begins: dt.datetime, ends: dt.datetime | None) -> str:
    """`2026-11-26, 10:00–12:00`, or one moment."""
    since = timezone.localtime(begins)
    day = f"{in_figures(since.date())}, {since:%H:%M}"
    return day if ends is None or ends == begins else f"{day}–{timezone.localtime(ends):%H:%M}"
