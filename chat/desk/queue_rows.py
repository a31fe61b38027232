"""What lies on a consultant's desk: who waits, what is mine, how long – and the figures above it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from charter.memberships import reach_of
from charter.models import Role, ServiceStandard
from chat import access
from chat.models import HELD_STATES, QUEUED_STATES, Author, CallState, Channel, Consultation, EventKind, State
from chat.promises import FIRST_REPLY
from portal.core import clock
from portal.core.languages import Localised
from portal.core.models import User
from portal.core.translations import columns_of, text

SNIPPET = 70
JUST_NOW = dt.timedelta(minutes=2)
_FACTS = (
    *("id", "public_id", "name", "language", "state", "is_urgent", "queued", "channel"),
    *("consultant_id", "consultant__display_name", "first_words"),
    *columns_of(("name",), prefix="topic__"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue. `since`: how long it has waited, or since the resident's last unanswered words."""

    public_id: str
    name: str
    language: str
    since: dt.timedelta
    is_late: bool
    is_urgent: bool
    is_mine: bool
    is_to_wrap_up: bool
    is_promised: bool
    is_call: bool
    is_offered: bool
    colleague: str
    unread: int
    what: Localised

    @property
    def clock(self) -> str:
        """Minutes and seconds, or hours and minutes from an hour on."""
        minutes, seconds = divmod(int(self.since.total_seconds()), 60)
        hours, rest = divmod(minutes, 60)
        return f"{hours} h {rest:02}" if hours else f"{minutes}:{seconds:02}"


@dataclass(frozen=True, slots=True)
class Wallboard:
    """Figures of this moment and today, within one person's reach. Shares need at least one conversation."""

    waiting: int
    longest: str
    replied_in_time: int
    replied: int
    promised_seconds: int

    @property
    def share(self) -> int | None:
        return round(100 * self.replied_in_time / self.replied) if self.replied else None


def promised_seconds() -> int:
    """Within how many seconds a writing resident is to be answered, by the charter; 60 while it promises nothing."""
    value = ServiceStandard.objects.filter(metric=FIRST_REPLY, live=True).values_list("promised_value", flat=True)
    return int(value[0] or 60) if value else 60


def rows(user: User, language: str, *, promised: int) -> list[Row]:
    """Mine first, then who waits in the order of the queue, then – for supervisors – what colleagues hold."""
    now = clock.now()
    mine = Q(state__in=HELD_STATES, consultant=user)
    shown = Q(state__in=QUEUED_STATES - {State.PROMISED}) | mine  # promised calls have a list of their own
    if reach_of(user, Role.SUPERVISOR):
        shown |= Q(state__in=HELD_STATES)
    found = access.for_staff(user).filter(shown).annotate(queued=access.QUEUED_SINCE)
    found = found.order_by("-is_urgent", "queued", "id")
    facts = list(_with_first_words(found).values(*_FACTS))
    unread = _unread([fact["id"] for fact in facts if fact["consultant_id"] == user.pk])
    made = [_row(fact, user, language, now=now, promised=promised, unread=unread) for fact in facts]
    return sorted(made, key=lambda row: (not row.is_mine, bool(row.colleague)))


def wallboard(user: User, rows_shown: Iterable[Row], *, promised: int) -> Wallboard:
    """What stands above the desk."""
    queued = [row for row in rows_shown if not row.is_mine and not row.colleague]
    today = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    answered = access.for_staff(user).filter(
        channel=Channel.CHAT, started_at__gte=today, started_in_hours=True, first_reply_seconds__isnull=False
    )
    seconds = list(answered.values_list("first_reply_seconds", flat=True))
    longest = max(queued, key=lambda row: row.since, default=None)
    return Wallboard(
        waiting=len(queued),
        longest=longest.clock if longest else "0:00",
        replied_in_time=sum(value is not None and value <= promised for value in seconds),
        replied=len(seconds),
        promised_seconds=promised,
    )


def _with_first_words(found: QuerySet[Consultation]) -> QuerySet[Consultation]:
    messages = access.events_of(OuterRef("pk")).filter(kind=EventKind.MESSAGE).order_by("staff_sequence")
    return found.annotate(first_words=Subquery(messages.values("text")[:1]))


def _unread(held: list[int]) -> dict[int, list[dt.datetime]]:
    """When the messages came that stand after the consultant's last word, by consultation."""
    unread: dict[int, list[dt.datetime]] = {}
    events = access.events_among(held).filter(kind__in=(EventKind.MESSAGE, EventKind.ARTICLE))
    for consultation, author, at in events.values_list("consultation_id", "author", "at"):
        if author == Author.RESIDENT:
            unread.setdefault(consultation, []).append(at)
        else:
            unread.pop(consultation, None)
    return unread


def _row(
    fact: Mapping[str, Any],
    user: User,
    language: str,
    *,
    now: dt.datetime,
    promised: int,
    unread: Mapping[int, list[dt.datetime]],
) -> Row:
    is_mine, is_queued = fact["consultant_id"] == user.pk, fact["state"] in QUEUED_STATES
    new = unread.get(fact["id"], [])
    since = now - (fact["queued"] if is_queued else min(new, default=now))
    words = fact["first_words"] or ""
    return Row(
        public_id=fact["public_id"],
        name=fact["name"],
        language=fact["language"],
        since=since,
        is_late=since.total_seconds() > promised,
        is_urgent=fact["is_urgent"],
        is_mine=is_mine,
        is_to_wrap_up=fact["state"] == State.WRAPPING_UP,
        is_promised=fact["state"] == State.PROMISED,
        is_offered=fact["state"] == State.OFFERED,
        is_call=fact["channel"] == Channel.PHONE,
        colleague="" if is_mine or is_queued else fact["consultant__display_name"] or "",
        unread=len(new),
        what=Localised(words[:SNIPPET], fact["language"]) if words else text(fact, "name", language, prefix="topic__"),
    )


def fresh_call(user: User) -> str:
    """The conversation of the call that this consultant has just picked up; empty when there is none."""
    since = clock.now() - JUST_NOW
    found = access.held_by(user).filter(call__state=CallState.ANSWERED, call__answered_at__gte=since)
    return found.values_list("public_id", flat=True).first() or ""
