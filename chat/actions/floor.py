"""What consultants and supervisors do with each other's conversations: invite, take over, hand to a topic, end."""

from __future__ import annotations

from django.db import transaction

from charter.memberships import reach_of
from charter.models import Role
from chat import access, events, transcript
from chat.actions import alerts
from chat.actions.consultations import waited
from chat.actions.errors import CannotTake, Ended, NotYours
from chat.models import (
    OPEN_STATES,
    QUEUED_STATES,
    AlertKind,
    Author,
    Channel,
    Consultation,
    EndReason,
    EventKind,
    Invitation,
    Offer,
    OfferOutcome,
    State,
)
from kb.models import Topic
from portal.core import audit, clock
from portal.core.languages import LANGUAGES
from portal.core.models import User


@transaction.atomic
def set_language(consultation: Consultation, language: str, *, by: User) -> Consultation:
    """In which language a letter is answered, when it was guessed wrongly. Raises NotYours, Ended, CannotTake."""
    locked = _led(consultation, by=by)
    if language not in LANGUAGES or locked.channel != Channel.EMAIL:
        raise CannotTake
    locked.language = language
    locked.save(update_fields=["language"])
    audit.record("consultation.language_set", locked, by=by, language=language)
    events.publish_on_commit(locked, is_queue_changed=True)
    return locked


@transaction.atomic
def invite(consultation: Consultation, *, to: User, by: User) -> Invitation:
    """Ask a colleague in: they read along and whisper by notes. Twice is once. Raises NotYours, Ended, CannotTake."""
    locked = _led(consultation, by=by)
    if to.pk == by.pk or not reach_of(to, *access.ROLES):
        raise CannotTake
    invitation, is_new = Invitation.objects.get_or_create(
        consultation=locked, user=to, defaults={"invited_by": by, "at": clock.now()}
    )
    if is_new:
        body = transcript.Body(data={"to": to.display_name})
        transcript.append(locked, kind=EventKind.INVITED, author=Author.CONSULTANT, by=by, body=body)
        audit.record("consultation.invited", locked, by=by, to=to.pk)
        events.publish_on_commit(locked, is_queue_changed=True)
    return invitation


@transaction.atomic
def take_over(consultation: Consultation, *, by: User) -> Consultation:
    """A supervisor goes on instead of a colleague; the resident reads who. Raises NotYours, Ended."""
    locked = access.locked(consultation)
    if not may_supervise(locked, by):
        raise NotYours
    if locked.state not in OPEN_STATES:
        raise Ended
    if locked.consultant_id == by.pk and locked.state == State.ACTIVE:
        return locked
    was_queued, now = locked.state in QUEUED_STATES, clock.now()
    Offer.objects.filter(consultation=locked, outcome="").update(outcome=OfferOutcome.LAPSED, ended_at=now)
    locked.state, locked.consultant = State.ACTIVE, by
    if was_queued:
        locked.claimed_at = locked.claimed_at or now
        locked.waited_seconds = waited(locked, now)
    locked.save(update_fields=["state", "consultant", "claimed_at", "waited_seconds"])
    kind, data = (EventKind.CLAIMED, {}) if was_queued else (EventKind.TRANSFERRED, {"to": by.display_name})
    body = transcript.Body(data=data)
    transcript.append(locked, kind=kind, author=Author.CONSULTANT, by=by, body=body)
    audit.record("consultation.taken_over", locked, by=by)
    events.publish_on_commit(locked, is_queue_changed=True)
    return locked


@transaction.atomic
def hand_to_topic(consultation: Consultation, topic: Topic | None, *, by: User) -> Consultation:
    """Back into the queue for those who answer about `topic`; the place is kept. Raises NotYours, Ended, CannotTake."""
    locked = _led(consultation, by=by)
    if topic is None:
        raise CannotTake
    locked.topic, locked.state, locked.consultant = topic, State.WAITING, None
    locked.save(update_fields=["topic", "state", "consultant"])
    transcript.append(locked, kind=EventKind.RELEASED, author=Author.CONSULTANT, by=by)
    audit.record("consultation.transferred", locked, by=by, topic=topic.code)
    events.publish_on_commit(locked, is_queue_changed=True)
    return locked


@transaction.atomic
def end_for_abuse(consultation: Consultation, *, by: User) -> Consultation:
    """End it because of insults or threats. A supervisor sees it; the resident may still write a new question.

    Never where somebody may be in danger: raises CannotTake. Raises NotYours, Ended.
    """
    locked = _led(consultation, by=by)
    if locked.is_urgent:
        raise CannotTake
    now = clock.now()
    locked.state, locked.ended_at, locked.end_reason = State.WRAPPING_UP, now, EndReason.ABUSE
    locked.save(update_fields=["state", "ended_at", "end_reason"])
    body = transcript.Body(data={"reason": EndReason.ABUSE.value})
    transcript.append(locked, kind=EventKind.CLOSED, author=Author.CONSULTANT, by=by, body=body)
    alerts.raise_alert(AlertKind.ABUSE, subject=locked.public_id, consultation=locked)
    audit.record("consultation.ended", locked, by=by, reason=EndReason.ABUSE.value)
    events.publish_on_commit(locked, is_queue_changed=True)
    return locked


@transaction.atomic
def mark_urgent(consultation: Consultation, *, by: User) -> Consultation:
    """Somebody may be in danger, though no word of the list says so. Raises NotYours, Ended."""
    locked = access.locked(consultation)
    if locked.state not in OPEN_STATES:
        raise Ended
    if not access.for_staff(by).filter(pk=locked.pk).exists():
        raise NotYours
    if not locked.is_urgent:
        locked.is_urgent = True
        locked.save(update_fields=["is_urgent"])
        alerts.raise_alert(AlertKind.CRISIS, subject=locked.public_id, consultation=locked)
        audit.record("consultation.urgent", locked, by=by)
        events.publish_on_commit(locked, is_queue_changed=True)
    return locked


def may_supervise(consultation: Consultation, user: User) -> bool:
    """Whether `user` is a supervisor of where this consultation lies; the common queue is any supervisor's."""
    reach = reach_of(user, Role.SUPERVISOR)
    return bool(reach) and (consultation.institution_id is None or reach.covers(consultation.institution_id))


def _led(consultation: Consultation, *, by: User) -> Consultation:
    locked = access.locked(consultation)
    if locked.state in QUEUED_STATES or not access.led_by(by).filter(pk=locked.pk).exists():
        raise NotYours
    if locked.state not in OPEN_STATES:
        raise Ended
    return locked
