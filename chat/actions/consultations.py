"""Consultations: how they begin, change hands and end."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from charter.memberships import reach_of
from charter.models import Institution
from chat import access, events, transcript
from chat.actions import attachments
from chat.actions.errors import AlreadyClaimed, CannotTake, Ended, Kept, NotEnded, NotYours
from chat.models import (
    ENDED_STATES,
    OPEN_STATES,
    QUEUED_STATES,
    Author,
    Consultation,
    EventKind,
    MailThread,
    NewsWish,
    State,
    WrapUp,
)
from portal.cases import access as case_links
from portal.core import audit, clock
from portal.core.models import User


@transaction.atomic
def claim(consultation: Consultation, *, by: User) -> Consultation:
    """Give a waiting consultation to one consultant.

    Two desks may press "take" at the same moment: the conditional update decides.
    Raises AlreadyClaimed with the name of who was first, NotThere outside their reach.
    """
    access.get_for_staff(consultation.public_id, user=by)
    now = clock.now()
    taken = (
        access.waiting()
        .filter(pk=consultation.pk)
        .update(
            state=State.ACTIVE,
            consultant=by,
            claimed_at=now,
            waited_seconds=waited(consultation, now),
        )
    )
    locked = access.locked(consultation)
    if not taken:
        if locked.consultant_id == by.pk and locked.state == State.ACTIVE:  # their own second press
            return locked
        raise AlreadyClaimed(locked)
    transcript.append(locked, kind=EventKind.CLAIMED, author=Author.CONSULTANT, by=by)
    audit.record("consultation.claimed", locked, by=by)
    events.publish_on_commit(locked, is_queue_changed=True)
    return locked


@transaction.atomic
def release(consultation: Consultation, *, by: User) -> Consultation:
    """Put a consultation back into the queue; it keeps its place. Raises NotYours, Ended."""
    locked = _held_and_open(consultation, by=by)
    locked.state, locked.consultant = State.WAITING, None
    locked.save(update_fields=["state", "consultant"])
    transcript.append(locked, kind=EventKind.RELEASED, author=Author.CONSULTANT, by=by)
    audit.record("consultation.released", locked, by=by)
    events.publish_on_commit(locked, is_queue_changed=True)
    return locked


@transaction.atomic
def transfer(
    consultation: Consultation,
    *,
    by: User,
    to: User | None = None,
    to_institution: Institution | None = None,
) -> Consultation:
    """Hand a consultation to a colleague, or to the queue of an institution. Raises NotYours, Ended, CannotTake."""
    locked = _held_and_open(consultation, by=by)
    if to is not None:
        if to.pk == locked.consultant_id or not reach_of(to, *access.ROLES):
            raise CannotTake
        locked.state, locked.consultant = State.ACTIVE, to
        data = {"to": to.display_name}
    elif to_institution is not None:
        locked.state, locked.consultant, locked.institution = State.WAITING, None, to_institution
        data = {"institution": to_institution.code}
    else:
        raise CannotTake
    locked.save(update_fields=["state", "consultant", "institution"])
    body = transcript.Body(data=data)
    transcript.append(locked, kind=EventKind.TRANSFERRED, author=Author.CONSULTANT, by=by, body=body)
    audit.record("consultation.transferred", locked, by=by, to=to.pk if to else "", **_institution(to_institution))
    events.publish_on_commit(locked, is_queue_changed=True)
    return locked


@transaction.atomic
def close(consultation: Consultation, *, by: User) -> Consultation:
    """End the conversation; the consultant has still to wrap it up. Raises NotYours, Ended."""
    locked = _held_and_open(consultation, by=by)
    return _end(locked, state=State.WRAPPING_UP, author=Author.CONSULTANT, by=by)


@transaction.atomic
def end_by_resident(consultation: Consultation) -> Consultation:
    """The resident leaves: before an answer it is abandoned, after one it waits for its wrap-up.

    Ending twice changes nothing.
    """
    return _leave(access.locked(consultation), author=Author.RESIDENT)


@transaction.atomic
def erase_forgotten(consultation: Consultation) -> None:
    """Its term is over: erased, and ended first where nobody ever did."""
    _leave(access.locked(consultation), author=Author.SYSTEM)
    erase(consultation, by=audit.SYSTEM)


@transaction.atomic
def erase(consultation: Consultation, *, by: User | str) -> None:
    """Take the words and the name away; the row stays to be counted.

    Raises NotEnded; Kept where a resident asks and a registered request came out of it (its term still ends it).
    """
    locked = access.locked(consultation)
    if locked.state not in ENDED_STATES:
        raise NotEnded
    if by == audit.RESIDENT and is_registered(locked):
        raise Kept
    if locked.erased_at is not None:
        return
    access.all_events(locked).delete()
    attachments.erase_all(locked)
    WrapUp.objects.filter(consultation=locked).update(note="")
    locked.grants.all().delete()
    locked.drafts.all().delete()
    NewsWish.objects.filter(consultation=locked).delete()
    MailThread.objects.filter(consultation=locked).delete()
    locked.name = locked.secret_digest = locked.phone = locked.phone_digest = ""
    locked.form_digest = None
    locked.erased_at = clock.now()
    locked.save(update_fields=["name", "secret_digest", "phone", "phone_digest", "form_digest", "erased_at"])
    audit.record("consultation.erased", locked, by=by)
    events.publish_on_commit(locked)


def is_registered(consultation: Consultation) -> bool:
    """Whether a request was registered out of this consultation."""
    return case_links.everything().filter(consultation_reference=consultation.reference).exists()


def _leave(locked: Consultation, *, author: Author) -> Consultation:
    if locked.state in ENDED_STATES:
        return locked
    state = State.ABANDONED if locked.state in QUEUED_STATES else State.WRAPPING_UP
    if state == State.ABANDONED:
        locked.consultant = None
    return _end(locked, state=state, author=author, by=None)


def _end(consultation: Consultation, *, state: State, author: Author, by: User | None) -> Consultation:
    was_queued = consultation.state in QUEUED_STATES
    now = clock.now()
    consultation.state = state
    consultation.ended_at = now
    consultation.closed_at = now if state == State.ABANDONED else None
    consultation.save(update_fields=["state", "consultant", "ended_at", "closed_at"])
    transcript.append(consultation, kind=EventKind.CLOSED, author=author, by=by)
    nobody = audit.SYSTEM if author == Author.SYSTEM else audit.RESIDENT
    audit.record(f"consultation.{'abandoned' if was_queued else 'ended'}", consultation, by=by or nobody)
    events.publish_on_commit(consultation, is_queue_changed=was_queued)
    return consultation


def _held_and_open(consultation: Consultation, *, by: User) -> Consultation:
    """The locked row, when `by` leads it and the conversation goes on."""
    locked = access.locked(consultation)
    if not access.led_by(by).filter(pk=locked.pk).exists():
        raise NotYours
    if locked.state not in OPEN_STATES:
        raise Ended
    if locked.state in QUEUED_STATES:
        raise NotYours
    return locked


def waited(consultation: Consultation, now: dt.datetime) -> int:
    """How long until somebody took it; of one that is opened again the first wait stays."""
    if consultation.reopened_at is not None and consultation.waited_seconds is not None:
        return consultation.waited_seconds
    return _seconds(consultation.queued_since, now)


def _institution(institution: Institution | None) -> dict[str, str]:
    return {"institution": institution.code} if institution else {}


def _seconds(since: dt.datetime, until: dt.datetime) -> int:
    return max(0, int((until - since).total_seconds()))
