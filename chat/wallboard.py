"""The floor at a glance: who waits, how long, by language and topic; who is there. One picture a second for all."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Avg, Count, Min, Q
from django.utils import timezone

from charter.memberships import Reach
from charter.models import Membership
from chat import access, presence
from chat.models import HELD_STATES, QUEUED_STATES, Channel, Choice, Presence, State
from portal.core import clock
from portal.core.languages import LANGUAGES

ONCE = 1  # seconds between two pictures, however many look
LAST = 5  # seconds the last picture is shown while the next one is made
PATIENCE = 20  # times a twentieth of a second
SLOWER = 1.5
ENOUGH = 10  # people a language before anything is said of its waits


@dataclass(frozen=True, slots=True)
class Line:
    """One language or topic: how many wait, since when the first, how many talk, who could answer."""

    code: str
    waiting: int
    oldest: dt.datetime | None
    talking: int
    there: int | None = None

    @property
    def longest(self) -> str:
        return _clock(clock.now() - self.oldest) if self.oldest else ""


@dataclass(frozen=True, slots=True)
class Person:
    """One consultant on the floor."""

    name: str
    choice: str
    reason: str
    since: dt.datetime
    is_connected: bool
    languages: tuple[str, ...]
    load: int
    capacity: int

    @property
    def state(self) -> str:
        return str(Choice(self.choice).label)

    @property
    def since_when(self) -> str:
        return _clock(clock.now() - self.since)


@dataclass(frozen=True, slots=True)
class Board:
    """Everything at one moment, within one reach."""

    at: dt.datetime
    languages: tuple[Line, ...]
    topics: tuple[Line, ...]
    people: tuple[Person, ...]
    replied: int
    replied_in_time: int
    promised_seconds: int

    @property
    def waiting(self) -> int:
        return sum(line.waiting for line in self.languages)

    @property
    def longest(self) -> str:
        moments = [line.oldest for line in self.languages if line.oldest]
        return _clock(self.at - min(moments)) if moments else "0:00"

    @property
    def available(self) -> int:
        return sum(one.choice == Choice.AVAILABLE and one.is_connected for one in self.people)

    @property
    def talking(self) -> int:
        return sum(line.talking for line in self.languages)

    @property
    def share(self) -> int | None:
        return round(100 * self.replied_in_time / self.replied) if self.replied else None


def board(reach: Reach, *, promised: int) -> Board:
    """The picture of this reach; made at most once a second, whoever looks.

    One of those who ask makes the new one; meanwhile the others see the last. Nobody makes one beside them unless the
    maker was lost.
    """
    key = "wallboard:" + ("city" if reach.whole_city else "-".join(str(pk) for pk in sorted(reach.institutions)))
    if not cache.add(f"{key}:made", 1, ONCE):
        found = _waited_for(key)
        if found is not None:
            return found
    made = _board(reach, promised=promised)
    cache.set(key, made, LAST)
    return made


def _waited_for(key: str) -> Board | None:
    """The last picture; the very first one is waited for while somebody else makes it."""
    for _time in range(PATIENCE):
        found = cache.get(key)
        if isinstance(found, Board):
            return found
        time.sleep(0.05)
    return None


def _board(reach: Reach, *, promised: int) -> Board:
    now = clock.now()
    within = Q() if reach.whole_city else Q(institution_id__in=reach.institutions)
    within |= Q(institution=None, state__in=QUEUED_STATES)
    going_on = access.for_statistics().filter(within, state__in=QUEUED_STATES | HELD_STATES)
    people = _people(reach, now)
    there = [one.languages for one in people if one.choice == Choice.AVAILABLE and one.is_connected]
    languages = _lines(going_on, "language", LANGUAGES)
    seconds = _replies_today(within)
    return Board(
        at=now,
        languages=tuple(
            Line(line.code, line.waiting, line.oldest, line.talking, sum(line.code in spoken for spoken in there))
            for line in languages
        ),
        topics=tuple(line for line in _lines(going_on, "topic__code", ()) if line.waiting or line.talking),
        people=people,
        replied=len(seconds),
        replied_in_time=sum(value <= promised for value in seconds),
        promised_seconds=promised,
    )


def _lines(going_on: Any, field: str, always: Iterable[str]) -> list[Line]:
    waits = Q(state__in=(State.WAITING, State.OFFERED))
    rows = (
        going_on.order_by()
        .values_list(field)
        .annotate(
            waiting=Count("pk", filter=waits),
            oldest=Min(access.QUEUED_SINCE, filter=waits),
            talking=Count("pk", filter=Q(state=State.ACTIVE)),
        )
    )
    found = {code or "": Line(code or "", waiting, oldest, talking) for code, waiting, oldest, talking in rows}
    return [found.pop(code, Line(code, 0, None, 0)) for code in always] + [found[code] for code in sorted(found)]


def _people(reach: Reach, now: dt.datetime) -> tuple[Person, ...]:
    members = Membership.objects.filter(role__in=access.ROLES, user__is_active=True)
    if not reach.whole_city:
        members = members.filter(institution_id__in=reach.institutions)
    found = list(
        Presence.objects.filter(user__in=members.values("user")).exclude(choice=Choice.OFF).select_related("user")
    )
    held = access.held_by_any([one.user_id for one in found]).exclude(state=State.WRAPPING_UP)
    load = _load(held.values_list("consultant_id", "channel"), {one.user_id: one.capacity for one in found})
    return tuple(
        Person(
            name=str(one.user),
            choice=one.choice,
            reason=one.get_reason_display() if one.reason else "",
            since=one.chosen_at,
            is_connected=one.heartbeat_at is not None and one.heartbeat_at >= now - presence.STALE,
            languages=tuple(one.languages),
            load=load.get(one.user_id, 0),
            capacity=one.capacity,
        )
        for one in sorted(found, key=lambda one: (one.choice != Choice.AVAILABLE, str(one.user)))
    )


def _load(held: Iterable[tuple[int | None, str]], capacity: Mapping[int, int]) -> dict[int, int]:
    load: dict[int, int] = {}
    for user_id, channel in held:
        if user_id is not None:  # a call fills everything
            load[user_id] = load.get(user_id, 0) + (capacity[user_id] if channel == Channel.PHONE else 1)
    return load


def _replies_today(within: Q) -> list[int]:
    answered = _today().filter(within, channel=Channel.CHAT, first_reply_seconds__isnull=False)
    return [seconds for seconds in answered.values_list("first_reply_seconds", flat=True) if seconds is not None]


def _today() -> Any:
    midnight = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return access.for_statistics().filter(started_at__gte=midnight, started_in_hours=True)


def waits_today() -> list[tuple[str, int, float]]:
    """(language, people, average seconds) of those who waited today in opening hours."""
    rows = (
        _today()
        .filter(channel=Channel.CHAT, waited_seconds__isnull=False)
        .order_by()
        .values_list("language")
        .annotate(people=Count("pk"), seconds=Avg("waited_seconds"))
    )
    return [(language, people, float(seconds or 0)) for language, people, seconds in rows]


def slow_languages(waits: Sequence[tuple[str, int, float]]) -> list[str]:
    """Languages whose people wait 1.5 times as long as the others or longer; with too few people nothing is said."""
    slow = []
    for language, people, seconds in waits:
        others = [(count, average) for code, count, average in waits if code != language]
        count = sum(one for one, _average in others)
        usual = sum(one * average for one, average in others) / count if count else 0
        if people >= ENOUGH and count >= ENOUGH and usual and seconds >= SLOWER * usual:
            slow.append(language)
    return slow


def _clock(since: dt.timedelta) -> str:
    minutes, seconds = divmod(max(0, int(since.total_seconds())), 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02}" if hours else f"{minutes}:{seconds:02}"
