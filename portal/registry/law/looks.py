"""Who looked at whose record and why: asked once a shift, or said by the work itself; and what is odd about it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from portal.core import audit, clock
from portal.core.names import stems
from portal.core.working_days import DayClock
from portal.registry import access
from portal.registry.law import reasons, wording
from portal.registry.models import Look, OpeningReason, Post, Programme, Recipient
from portal.registry.models.case import OPEN
from portal.registry.refusals import Refused

SHIFT = dt.timedelta(hours=10)
HOUR = dt.timedelta(hours=1)
WORDS = 3
_WORKING = DayClock(working=True)


def is_open(person: Recipient, *, by: Post) -> bool:
    """Whether this post may see the record now without being asked: it said why this shift, or its work says it."""
    if Look.objects.filter(recipient=person, user_id=by.user_id, at__gt=clock.now() - SHIFT).exists():
        return True
    code = _implied(person, by)
    if code:
        note(person, code, by=by)
    return bool(code)


def say(person: Recipient, *, reason: str, words: str, by: Post) -> Look:
    """Open the record for one of the reasons. Raises Refused without one, or without the words it needs."""
    chosen = next((one for one in reasons.live() if one.code == reason), None)
    if chosen is None:
        raise Refused("no_purpose", field="reason")
    if chosen.needs_words and len(words.strip()) < WORDS:
        raise Refused("purpose_in_words", field="words")
    look = _kept(person, chosen, by=by, words=wording.plain(words, person))
    audit.record("registry.purpose_said", person, by=by.user, purpose=chosen.code)
    return look


def note(person: Recipient, code: str, *, by: Post) -> None:
    """A page of the work itself shows the person: once a shift it goes on record without asking."""
    if not Look.objects.filter(recipient=person, user_id=by.user_id, at__gt=clock.now() - SHIFT).exists():
        _kept(person, reasons.of(code), by=by, is_implied=True)


def within(post: Post) -> QuerySet[Look]:
    """The looks at people within reach of `post`, newest first."""
    return Look.objects.filter(recipient__in=access.people(post).values("pk")).select_related(
        "user", "recipient", "reason"
    )


def at(person: Recipient) -> list[Look]:
    """Everybody who opened this person's record."""
    return list(person.looks.select_related("user", "reason"))


def oddest(post: Post) -> list[Any]:
    """Colleagues by the number of odd looks: who to ask first."""
    odd = within(post).filter(ODD).order_by()
    return list(odd.values("user__display_name", "user__username").annotate(n=Count("pk")).order_by("-n")[:10])


ODD = Q(is_many=True) | Q(is_night=True) | Q(is_own=True)


def _implied(person: Recipient, by: Post) -> str:
    """What this post's own work says; empty when it says nothing."""
    if (
        person.worker_id == by.pk
        or Programme.objects.running(clock.today()).filter(recipient=person, worker=by).exists()
    ):
        return reasons.CARE
    return reasons.DECISION if person.cases.filter(worker=by, status__in=OPEN).exists() else ""


def _kept(person: Recipient, reason: OpeningReason, *, by: Post, words: str = "", is_implied: bool = False) -> Look:
    now = clock.now()
    within_an_hour = Look.objects.filter(user_id=by.user_id, at__gt=now - HOUR).count()
    return Look.objects.create(
        recipient=person,
        user=by.user,
        role=by.role,
        department=by.department,
        at=now,
        reason=reason,
        words=words[:200],
        is_implied=is_implied,
        is_many=within_an_hour + 1 > settings.LOOKS_AN_HOUR,
        is_night=_is_outside_hours(now),
        is_own=_is_own(person.name, str(by.user)),
    )


def _is_outside_hours(moment: dt.datetime) -> bool:
    here = timezone.localtime(moment)
    first, last = settings.LOOKS_HOURS
    return not (first <= here.hour < last) or not _WORKING.counts(here.date())


def _is_own(name: str, colleague: str) -> bool:
    """The colleague's family name is in the person's name; first names alone mean nothing."""
    words = colleague.split()
    return len(words) > 1 and bool(stems(words[-1]) & stems(name))
