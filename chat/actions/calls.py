"""Phone calls: as the exchange tells them, and as a consultant begins and notes them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from chat import access, events, hours, numbers, promises, transcript
from chat.actions import tasks
from chat.actions.errors import Ended, NotYours
from chat.actions.tasks import Ring
from chat.cti import Kind, Notice
from chat.models import (
    OPEN_STATES,
    OVER,
    Author,
    Call,
    CallNotice,
    CallState,
    Channel,
    Consultation,
    EventKind,
    Presence,
    State,
    TaskReason,
)
from kb.models import Topic
from portal.cases import identity
from portal.core import audit, clock, receipts
from portal.core.crypto import keyed
from portal.core.models import User

TRIES = 5


@dataclass(frozen=True, slots=True)
class Caller:
    """What a consultant learns of who is calling. `phone` was read by `numbers.read`, or is empty."""

    phone: str
    name: str
    language: str
    topic: Topic | None


def take(notice: Notice) -> bool:
    """Act on a notice; False when it had been acted on before. Notices may come late and in any order."""
    for _try in range(TRIES):
        if CallNotice.objects.filter(key=notice.key).exists():
            return False
        try:
            with transaction.atomic():
                CallNotice.objects.create(key=notice.key, at=clock.now())
                _act(notice)
            return True
        except IntegrityError:  # the same notice, or the first two of one call, at the same moment
            continue
    raise RuntimeError("a notice of a call could not be stored")


def _act(notice: Notice) -> None:
    call = Call.objects.select_for_update().select_related("consultation").filter(external_id=notice.call).first()
    if call is None:
        call = _ring(notice)
    if call.state in OVER:
        return
    if notice.kind == Kind.ANSWERED and call.state == CallState.RINGING:
        _answer(call, notice)
    elif notice.kind == Kind.ENDED and call.state == CallState.ANSWERED:
        _hang_up(call, notice)
    elif notice.kind in {Kind.MISSED, Kind.ABANDONED, Kind.ENDED} and call.state == CallState.RINGING:
        _lose(call, notice)


def _ring(notice: Notice) -> Call:
    sealed, digest = numbers.seal(notice.number)
    consultation = Consultation(
        reference=receipts.issue("K").reference,
        channel=Channel.PHONE,
        language=notice.language,
        phone=sealed,
        phone_digest=digest,
        started_at=notice.at,
        started_in_hours=hours.opening_now(now=notice.at).is_open,
        changed_at=notice.at,
    )
    consultation.save(force_insert=True)
    audit.record("consultation.started", consultation, by=audit.SYSTEM, channel=Channel.PHONE)
    events.publish_on_commit(consultation, is_queue_changed=True)
    return Call.objects.create(external_id=notice.call, consultation=consultation, rang_at=notice.at)


def _answer(call: Call, notice: Notice) -> None:
    """The card opens for whose extension it was; of an unknown one anybody may take it."""
    user = _at(notice.extension)
    call.state, call.answered_at, call.taken_by = CallState.ANSWERED, notice.at, user
    call.save(update_fields=["state", "answered_at", "taken_by"])
    locked = access.locked(call.consultation)
    locked.waited_seconds = _seconds(call.rang_at, notice.at)
    if user is not None and locked.state == State.WAITING:
        locked.state, locked.consultant = State.ACTIVE, user
        locked.claimed_at = locked.first_reply_at = notice.at
    locked.save(update_fields=["waited_seconds", "state", "consultant", "claimed_at", "first_reply_at"])
    if user is not None:
        transcript.append(locked, kind=EventKind.CLAIMED, author=Author.CONSULTANT, by=user)
        audit.record("consultation.claimed", locked, by=user)
    events.publish_on_commit(locked, is_queue_changed=True)


def _hang_up(call: Call, notice: Notice) -> None:
    """The talk is over, the notes are not."""
    call.state, call.ended_at = CallState.ENDED, notice.at
    call.save(update_fields=["state", "ended_at"])
    locked = access.locked(call.consultation)
    if locked.state == State.ACTIVE:
        _close(locked, State.WRAPPING_UP, at=notice.at)


def _lose(call: Call, notice: Notice) -> None:
    """Nobody spoke with them. Whom nobody took is rung back, if the number is known; who hung up is counted."""
    call.state = CallState.MISSED if notice.kind == Kind.MISSED else CallState.ABANDONED
    call.ended_at = notice.at
    call.save(update_fields=["state", "ended_at"])
    locked = access.locked(call.consultation)
    if locked.state != State.WAITING:
        return
    locked.waited_seconds = _seconds(call.rang_at, notice.at)
    locked.save(update_fields=["waited_seconds"])
    number = numbers.unseal(locked.phone)
    if call.state == CallState.MISSED and number:
        ring = Ring(number, promises.next_window(now=notice.at))
        tasks.promise_call(locked, ring, by=audit.SYSTEM, reason=TaskReason.MISSED, is_agreed=False)
        return
    _close(locked, State.ABANDONED, at=notice.at)


def _close(locked: Consultation, state: State, *, at: dt.datetime) -> None:
    locked.state, locked.ended_at = state, at
    locked.closed_at = at if state == State.ABANDONED else None
    locked.save(update_fields=["state", "ended_at", "closed_at"])
    author = Author.RESIDENT if state == State.ABANDONED else Author.CONSULTANT
    transcript.append(locked, kind=EventKind.CLOSED, author=author)
    audit.record("consultation.ended", locked, by=audit.SYSTEM)
    events.publish_on_commit(locked, is_queue_changed=True)


def _at(extension: str) -> User | None:
    found = Presence.objects.filter(extension=extension, user__is_active=True) if extension else Presence.objects.none()
    presence = found.select_related("user").first()
    return presence.user if presence else None


def begin(*, key: UUID, language: str, by: User) -> Consultation:
    """A call that no exchange announced: it begins now and lies with `by`. The same key is the same call."""
    form_digest = keyed("form", key.hex)
    for _try in range(TRIES):
        begun = access.by_form(form_digest)
        if begun is not None:
            return begun
        try:
            return _begin(form_digest, language=language, by=by)
        except IntegrityError:
            continue
    raise RuntimeError("no free reference was found")


@transaction.atomic
def _begin(form_digest: str, *, language: str, by: User) -> Consultation:
    now = clock.now()
    consultation = Consultation(
        reference=receipts.issue("K").reference,
        form_digest=form_digest,
        channel=Channel.PHONE,
        language=language,
        state=State.ACTIVE,
        consultant=by,
        started_at=now,
        started_in_hours=hours.opening_now(now=now).is_open,
        claimed_at=now,
        first_reply_at=now,
        changed_at=now,
    )
    consultation.save(force_insert=True)
    transcript.append(consultation, kind=EventKind.CLAIMED, author=Author.CONSULTANT, by=by)
    audit.record("consultation.recorded", consultation, by=by, channel=Channel.PHONE)
    events.publish_on_commit(consultation, is_queue_changed=True)
    return consultation


@transaction.atomic
def note_caller(consultation: Consultation, caller: Caller, *, by: User) -> Consultation:
    """Who is calling, in which language and about what. Raises NotYours, Ended."""
    locked = _mine(consultation, by=by)
    locked.phone, locked.phone_digest = numbers.seal(caller.phone)
    locked.name, locked.language = caller.name.strip()[:60], caller.language
    locked.topic = caller.topic or locked.topic
    locked.save(update_fields=["phone", "phone_digest", "name", "language", "topic"])
    audit.record("consultation.caller_noted", locked, by=by)
    return locked


@transaction.atomic
def note_identity(consultation: Consultation, proofs: list[str], *, by: User) -> bool:
    """Which proofs the caller gave – never what they said. Whether they are enough. Raises NotYours, Ended."""
    locked = _mine(consultation, by=by)
    given = [proof for proof in identity.ASKED if proof in proofs]
    body = transcript.Body(data={"identity": given})
    transcript.append(locked, kind=EventKind.NOTE, author=Author.CONSULTANT, by=by, body=body)
    audit.record("consultation.identity_checked", locked, by=by, proofs=len(given))
    events.publish_on_commit(locked)
    return identity.is_enough(given)


def _mine(consultation: Consultation, *, by: User) -> Consultation:
    locked = access.locked(consultation)
    if locked.consultant_id != by.pk:
        raise NotYours
    if locked.state not in OPEN_STATES | {State.WRAPPING_UP} or locked.erased_at is not None:
        raise Ended
    return locked


def _seconds(since: dt.datetime, until: dt.datetime) -> int:
    return max(0, int((until - since).total_seconds()))
