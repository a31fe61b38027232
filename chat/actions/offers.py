"""Conversations offered to whoever is free: who waits longest, to the one with the most room, for 25 seconds.

The place in the queue is kept: an offer that lapses or is left puts the consultation back where it stood.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet

from charter.memberships import Reach, reach_of
from chat import access, events, presence, transcript
from chat.actions.consultations import waited
from chat.actions.errors import AlreadyClaimed
from chat.models import Author, Channel, Consultation, EventKind, Offer, OfferOutcome, Presence, State
from portal.core import audit, clock
from portal.core.models import User

LASTS = dt.timedelta(seconds=25)
NOT_AGAIN = dt.timedelta(minutes=10)  # so long the same consultation is not offered to the same person again
MOST_A_ROUND = 50


@dataclass
class Desk:
    """One consultant who takes offers: where they may, in which languages, about what, and how much more."""

    user: User
    reach: Reach
    languages: frozenset[str]
    topics: frozenset[str]
    room: int
    since: dt.datetime

    def fits(self, consultation: Consultation) -> bool:
        if self.room < 1 or consultation.language not in self.languages:
            return False
        if consultation.institution_id is not None and not self.reach.covers(consultation.institution_id):
            return False
        topic = consultation.topic.code if consultation.topic else ""
        return not self.topics or not topic or topic in self.topics


def distribute() -> int:
    """One round: lapsed offers go back, then who waits is offered in the order of the queue. How many were offered."""
    _take_back_lapsed()
    desks = _desks()
    if not desks:
        return 0
    offered = 0
    waiting = access.waiting().filter(channel=Channel.CHAT).values_list("pk", flat=True)[:MOST_A_ROUND]
    for pk in list(waiting):
        offered += _offer(pk, desks)
    return offered


def take(consultation: Consultation, *, by: User) -> Consultation:
    """Accept what is offered to `by`. Raises AlreadyClaimed when it lapsed and is somebody else's now."""
    with transaction.atomic():
        locked = access.locked(consultation)
        if locked.state != State.OFFERED or locked.consultant_id != by.pk:
            raise AlreadyClaimed(locked)
        now = clock.now()
        locked.state, locked.claimed_at = State.ACTIVE, now
        locked.waited_seconds = waited(locked, now)
        locked.save(update_fields=["state", "claimed_at", "waited_seconds"])
        _close(locked, OfferOutcome.TAKEN)
        transcript.append(locked, kind=EventKind.CLAIMED, author=Author.CONSULTANT, by=by)
        audit.record("consultation.claimed", locked, by=by)
        events.publish_on_commit(locked, is_queue_changed=True)
        return locked


def decline(consultation: Consultation, *, by: User) -> None:
    """Leave it to others; what is not offered to `by` any more stays as it is."""
    with transaction.atomic():
        locked = access.locked(consultation)
        if locked.state == State.OFFERED and locked.consultant_id == by.pk:
            _back(locked, OfferOutcome.DECLINED)


def _take_back_lapsed() -> None:
    old = Offer.objects.filter(outcome="", made_at__lt=clock.now() - LASTS).values_list("consultation", flat=True)
    for pk in list(old):
        with transaction.atomic():
            locked = _lock(access.among([pk]))
            if locked is None:
                continue
            if locked.state == State.OFFERED:
                _back(locked, OfferOutcome.LAPSED)
            else:  # it ended, or a supervisor took it
                _close(locked, OfferOutcome.LAPSED)


def _back(locked: Consultation, outcome: OfferOutcome) -> None:
    locked.state, locked.consultant = State.WAITING, None
    locked.save(update_fields=["state", "consultant"])
    _close(locked, outcome)
    events.publish_on_commit(locked, is_queue_changed=True)


def _close(locked: Consultation, outcome: OfferOutcome) -> None:
    Offer.objects.filter(consultation=locked, outcome="").update(outcome=outcome, ended_at=clock.now())


def _desks() -> list[Desk]:
    there = list(presence.available().filter(takes_offers=True).select_related("user").order_by("chosen_at"))
    held = access.held_by_any([one.user_id for one in there]).exclude(state=State.WRAPPING_UP)
    load: Counter[int] = Counter()
    room = {one.user_id: one.capacity for one in there}
    for user_id, channel in held.values_list("consultant_id", "channel"):
        if user_id is not None:  # a call fills all the room there is
            load[user_id] += room[user_id] if channel == Channel.PHONE else 1
    return [
        Desk(
            user=one.user,
            reach=reach,
            languages=frozenset(one.languages),
            topics=frozenset(one.topics),
            room=one.capacity - load[one.user_id],
            since=one.chosen_at,
        )
        for one in there
        if (reach := reach_of(one.user, *access.ROLES))
    ]


def _offer(pk: int, desks: list[Desk]) -> int:
    with transaction.atomic():
        locked = _lock(access.among([pk]))
        if locked is None or locked.state != State.WAITING:
            return 0
        recent = Offer.objects.filter(consultation=locked, made_at__gte=clock.now() - NOT_AGAIN)
        had = set(recent.values_list("user", flat=True))
        fitting = [desk for desk in desks if desk.fits(locked) and desk.user.pk not in had]
        if not fitting:
            return 0
        desk = min(fitting, key=lambda one: (-one.room, one.since))
        # The row of the consultant is locked too: two rounds at once do not fill one desk twice.
        if not Presence.objects.select_for_update().filter(user=desk.user, takes_offers=True).exists():
            return 0
        desk.room -= 1
        locked.state, locked.consultant = State.OFFERED, desk.user
        locked.save(update_fields=["state", "consultant"])
        Offer.objects.create(consultation=locked, user=desk.user, made_at=clock.now())
        events.publish_on_commit(locked, is_queue_changed=True)
        return 1


def _lock(found: QuerySet[Consultation]) -> Consultation | None:
    """The row, unless somebody else works on it in this moment (where the database can say so)."""
    skip = connection.features.has_select_for_update_skip_locked
    return found.select_for_update(skip_locked=skip).first()
