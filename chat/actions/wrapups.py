"""The end of the work on a consultation, and contacts that came by phone or to the counter: one form for both."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from charter.models import Institution, Service
from chat import access, events, hours, transcript
from chat.actions import tasks
from chat.actions.errors import Ended, NotYours
from chat.models import (
    FINISHED_STATES,
    QUEUED_STATES,
    Author,
    Channel,
    Consultation,
    Event,
    EventKind,
    Found,
    Outcome,
    State,
    WrapUp,
)
from kb.gaps.signs import Sign, note
from kb.models import Article, SignKind, Topic
from portal.core import audit, clock, receipts
from portal.core.crypto import keyed
from portal.core.models import User
from portal.core.privacy import mask


@dataclass(frozen=True, slots=True)
class Summary:
    """What a consultant says at the end. The note is masked before it is kept."""

    topic: Topic | None
    outcome: Outcome
    found: Found
    article: Article | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact by phone or at the counter. `waited_seconds`: how long the caller waited; None when nobody knows."""

    key: UUID
    channel: Channel
    language: str
    summary: Summary
    waited_seconds: int | None = None
    service: Service | None = None
    institution: Institution | None = None


@transaction.atomic
def wrap_up(consultation: Consultation, summary: Summary, *, by: User) -> Consultation:
    """Close a consultation for good. One that is still going on ends with it.

    Raises NotYours, Ended when it is finished already.
    """
    locked = access.locked(consultation)
    if not access.led_by(by).filter(pk=locked.pk).exists() or locked.state in QUEUED_STATES:
        raise NotYours
    if locked.state in FINISHED_STATES:
        raise Ended
    now = clock.now()
    if locked.ended_at is None:
        locked.ended_at = now
        transcript.append(locked, kind=EventKind.CLOSED, author=Author.CONSULTANT, by=by)
    locked.state = State.CLOSED
    locked.closed_at = now
    locked.topic = summary.topic or locked.topic
    locked.save(update_fields=["state", "ended_at", "closed_at", "topic"])
    _keep(locked, summary, by=by)
    tasks.settle_written(locked, by=by)
    audit.record("consultation.closed", locked, by=by, outcome=summary.outcome, found=summary.found)
    events.publish_on_commit(locked, is_queue_changed=True)
    return locked


def record_contact(contact: Contact, *, by: User) -> Consultation:
    """Keep a contact by phone or at the counter. The same form sent twice is one record. Raises NotYours."""
    if not access.may_record(by, contact.institution):
        raise NotYours
    form_digest = keyed("form", contact.key.hex)
    for _try in range(5):
        kept = access.by_form(form_digest)
        if kept is not None:
            return kept
        try:
            return _record(contact, form_digest=form_digest, by=by)
        except IntegrityError:
            continue
    raise RuntimeError("no free reference was found")


@transaction.atomic
def _record(contact: Contact, *, form_digest: str, by: User) -> Consultation:
    now = clock.now()
    consultation = Consultation(
        reference=receipts.issue("K").reference,
        form_digest=form_digest,
        channel=contact.channel,
        language=contact.language,
        topic=contact.summary.topic,
        service=contact.service,
        institution=contact.institution or (contact.service.provider if contact.service else None),
        state=State.CLOSED,
        consultant=by,
        started_at=now,
        started_in_hours=hours.opening_now(now=now).is_open,
        claimed_at=now,
        first_reply_at=now,
        ended_at=now,
        closed_at=now,
        changed_at=now,
        waited_seconds=contact.waited_seconds,
    )
    consultation.save(force_insert=True)
    _keep(consultation, contact.summary, by=by)
    audit.record("consultation.recorded", consultation, by=by, channel=contact.channel)
    return consultation


def _keep(consultation: Consultation, summary: Summary, *, by: User) -> Event:
    WrapUp.objects.update_or_create(  # of one that was opened again the last word counts
        consultation=consultation,
        defaults={
            "topic": summary.topic,
            "outcome": summary.outcome,
            "found": summary.found,
            "article": None if summary.found == Found.NO else summary.article,
            "note": "" if consultation.erased_at else mask(summary.note)[:300],
            "by": by,
            "at": clock.now(),
        },
    )
    if summary.found in {Found.NO, Found.PARTLY} and not consultation.erased_at:
        _tell_the_editors(consultation, summary)
    return transcript.append(consultation, kind=EventKind.WRAPPED_UP, author=Author.CONSULTANT, by=by)


def _tell_the_editors(consultation: Consultation, summary: Summary) -> None:
    """The gap board counts it: by the words that were searched for, else by the topic."""
    search = consultation.from_search
    topic = summary.topic or consultation.topic
    sign = Sign(
        SignKind.UNANSWERED,
        consultation.language,
        source=f"consultation:{consultation.pk}",
        words=search.words if search else "",
        note=summary.note,
        topic=topic.code if topic else "",
        is_demo=consultation.is_demo,
    )
    note(sign)
