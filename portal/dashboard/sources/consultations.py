"""Measured on consultations: how soon we answer, and whether that settled it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, F, Q, QuerySet

from charter.models import ServiceStandard
from chat import access
from chat.models import QUEUED_STATES, Channel, Consultation, Outcome, State
from portal.core import clock
from portal.dashboard.sources.base import Counted, counted, month

SHORT_SECONDS = 5


def answered_within_seconds(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Counted:
    """Phone contacts with a known wait, answered within the promised seconds. Who hung up at once is left out."""
    hung_up_at_once = Q(state=State.ABANDONED, waited_seconds__lte=SHORT_SECONDS)
    calls = _started(since, until).filter(channel=Channel.PHONE, waited_seconds__isnull=False).exclude(hung_up_at_once)
    in_time = Q(claimed_at__isnull=False, waited_seconds__lte=standard.promised_value)
    return _by_month(calls, "started_at", in_time)


def first_reply_within_seconds(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Counted:
    """Chats begun in opening hours with a person's reply within the promised seconds; no reply is not in time.

    Who still waits and may yet be answered in time is not counted yet.
    """
    promised = standard.promised_value or 0
    due = clock.now() - dt.timedelta(seconds=float(promised))
    not_due = Q(state__in=QUEUED_STATES | {State.ACTIVE}, first_reply_at=None, started_at__gt=due)
    chats = _started(since, until).filter(channel=Channel.CHAT, started_in_hours=True).exclude(not_due)
    return _by_month(chats, "started_at", Q(first_reply_seconds__lte=promised))


def first_contact_resolution(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Counted:
    """Finished conversations whose consultant said that the question was answered. None is ever opened again."""
    finished = access.for_statistics().filter(
        channel__in=(Channel.PHONE, Channel.CHAT), state=State.CLOSED, ended_at__gte=since, ended_at__lt=until
    )
    return _by_month(finished, "ended_at", Q(wrapup__outcome=Outcome.ANSWERED))


def _started(since: dt.datetime, until: dt.datetime) -> QuerySet[Consultation]:
    return access.for_statistics().filter(started_at__gte=since, started_at__lt=until)


def _by_month(consultations: QuerySet[Consultation], of: str, kept: Q) -> Counted:
    return counted(
        consultations.order_by()
        .values(month=month(of), at=F("institution_id"))
        .annotate(of=Count("id"), kept=Count("id", filter=kept))
        .values("month", "of", "kept", institution=F("at"))
    )
