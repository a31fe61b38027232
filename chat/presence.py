"""Who is really there: an explicit choice, and a sign of life not older than 45 seconds."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from chat import access
from chat.models import Choice, Presence
from portal.core import clock

STALE = dt.timedelta(seconds=45)
CUT_OFF = dt.timedelta(minutes=3)  # after so long a supervisor hears of it


def is_available(presence: Presence, *, now: dt.datetime) -> bool:
    """Twin of `available`."""
    if presence.choice != Choice.AVAILABLE:
        return False
    return presence.heartbeat_at is not None and presence.heartbeat_at >= now - STALE


def available(*, now: dt.datetime | None = None) -> QuerySet[Presence]:
    """Presences of active users who take conversations now. Twin of `is_available`."""
    moment = now or clock.now()
    return Presence.objects.filter(
        choice=Choice.AVAILABLE,
        heartbeat_at__gte=moment - STALE,
        user__is_active=True,
    )


def count_available(language: str, *, institution: int | None = None, now: dt.datetime | None = None) -> int:
    """How many consultants are there who answer in `language` at the desk of `institution`; None: in the common queue.

    Staff of the whole city sit at every desk.
    """
    there = available(now=now)
    if institution is not None:
        at_this_desk = Q(user__memberships__institution=None) | Q(user__memberships__institution=institution)
        there = there.filter(at_this_desk, user__memberships__role__in=access.ROLES)
    return sum(language in languages for _pk, languages in there.values_list("pk", "languages").distinct())
