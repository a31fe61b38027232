"""Measured on consultations: how soon we answer, and whether that settled it.

Each measure is one population – which consultations, in the month of which moment, which of them kept the promise –
and both its tally and the list of its records are read from that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from charter.models import ServiceStandard
from chat import access
from chat.models import QUEUED_STATES, CallState, Channel, Consultation, Outcome, State
from portal.core import clock
from portal.dashboard.sources.base import Counted, Record, RecordSource, Source, counted, month

SHORT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Population:
    """Consultations that a standard is measured on; `at`: the column of the moment they are counted in."""

    consultations: QuerySet[Consultation]
    at: str
    kept: Q


def answered(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Population:
    """Phone contacts with a known wait, answered within the promised seconds. Who hung up at once is left out."""
    hung_up_at_once = Q(state=State.ABANDONED, waited_seconds__lte=SHORT_SECONDS)
    calls = _started(since, until).filter(channel=Channel.PHONE, waited_seconds__isnull=False).exclude(hung_up_at_once)
    in_time = Q(claimed_at__isnull=False, waited_seconds__lte=standard.promised_value)
    in_time &= ~Q(call__state__in=(CallState.MISSED, CallState.ABANDONED))  # rung back later, which is another promise
    return Population(calls, "started_at", in_time)


def first_replied(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Population:
    """Chats begun in opening hours with a person's reply within the promised seconds; no reply is not in time.

    Who still waits and may yet be answered in time is not counted yet.
    """
    promised = standard.promised_value or 0
    due = clock.now() - dt.timedelta(seconds=float(promised))
    not_due = Q(state__in=QUEUED_STATES | {State.ACTIVE}, first_reply_at=None, started_at__gt=due)
    chats = _started(since, until).filter(channel=Channel.CHAT, started_in_hours=True).exclude(not_due)
    return Population(chats, "started_at", Q(first_reply_seconds__lte=promised))


def resolved(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Population:
    """Finished conversations whose consultant said that the question was answered, and that nobody opened again."""
    finished = access.for_statistics().filter(
        channel__in=(Channel.PHONE, Channel.CHAT), state=State.CLOSED, ended_at__gte=since, ended_at__lt=until
    )
    return Population(finished, "ended_at", Q(wrapup__outcome=Outcome.ANSWERED, reopened_at=None))


def _started(since: dt.datetime, until: dt.datetime) -> QuerySet[Consultation]:
    return access.for_statistics().filter(started_at__gte=since, started_at__lt=until)


def tally_of(population: Callable[[ServiceStandard, dt.datetime, dt.datetime], Population]) -> Source:
    """How many of a population kept the promise, by month and institution: one query."""

    def source(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Counted:
        found = population(standard, since, until)
        return counted(
            found.consultations.order_by()
            .values(month=month(found.at), at=F("institution_id"))
            .annotate(of=Count("id"), kept=Count("id", filter=found.kept))
            .values("month", "of", "kept", institution=F("at"))
        )

    return source


def records_of(population: Callable[[ServiceStandard, dt.datetime, dt.datetime], Population]) -> RecordSource:
    """The records of a population, newest first: one query."""

    def source(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> list[Record]:
        found = population(standard, since, until)
        kept = set(found.consultations.filter(found.kept).values_list("pk", flat=True))
        rows = found.consultations.order_by(f"-{found.at}", "pk").values_list(
            "pk", "reference", found.at, "institution_id"
        )
        return [
            Record(reference, clock.day_of(moment), institution, pk in kept)
            for pk, reference, moment, institution in rows
        ]

    return source
