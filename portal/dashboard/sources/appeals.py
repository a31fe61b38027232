"""Measured on appeals: confirmed, passed on and answered within the promised working days.

An answer counts on the day it went out; an appeal whose last day passed without one counts on that day, as missed.
While we wait for the resident the clock stands, so nothing is missed. What was taken back counts nowhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from django.db.models import QuerySet

from charter.clocks import day_clock
from charter.feedback.appeals import access
from charter.feedback.models import Appeal, AppealAnswer, AppealKind, AppealState
from charter.models import ServiceStandard
from portal.core import clock
from portal.dashboard.sources.base import Record, RecordSource

RUNNING = (AppealState.RECEIVED, AppealState.WORKING)


def answered(*kinds: str) -> RecordSource:
    """Answers to appeals of these kinds, those of a reopened appeal for themselves."""

    def records(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> list[Record]:
        first, last = clock.day_of(since), clock.day_of(until) - dt.timedelta(days=1)
        mine = access.everything().filter(kind__in=kinds)
        sent = AppealAnswer.objects.filter(appeal__in=mine, sent_on__range=(first, last), due_on__isnull=False)
        given = sent.values_list("appeal__reference", "sent_on", "appeal__institution_id", "due_on")
        found = [
            Record(reference, sent_on, place, sent_on <= due)
            for reference, sent_on, place, due in given
            if sent_on is not None and due is not None
        ]
        overdue = min(last, clock.today() - dt.timedelta(days=1))
        missed = mine.filter(state__in=RUNNING, due_on__range=(first, overdue))
        found += [
            Record(reference, due, place, False)
            for reference, due, place in missed.values_list("reference", "due_on", "institution_id")
            if due is not None
        ]
        return _newest_first(found)

    return records


def confirmed(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> list[Record]:
    """Everything written to us, by the day it came: whether its receipt was given in time."""
    found = _between(access.everything(), "received_on", since, until)
    return _within(found, standard, "confirmed_on", counts_on="received_on")


def passed_on(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> list[Record]:
    """What was not ours, by the day it was passed on."""
    found = _between(access.everything().filter(state=AppealState.PASSED_ON), "passed_on", since, until)
    return _within(found, standard, "passed_on", counts_on="passed_on")


COMPLAINTS = answered(AppealKind.COMPLAINT)
LETTERS = answered(AppealKind.QUESTION, AppealKind.SUGGESTION)
BY_METRIC: dict[str, Callable[[ServiceStandard, dt.datetime, dt.datetime], list[Record]]] = {
    "acknowledged_within_working_days": confirmed,
    "answered_within_working_days": LETTERS,
    "complaints_within_working_days": COMPLAINTS,
    "forwarded_within_working_days": passed_on,
}


def _between(found: QuerySet[Appeal], day: str, since: dt.datetime, until: dt.datetime) -> QuerySet[Appeal]:
    first, last = clock.day_of(since), clock.day_of(until) - dt.timedelta(days=1)
    return found.exclude(state=AppealState.WITHDRAWN).filter(**{f"{day}__range": (first, last)})


def _within(found: QuerySet[Appeal], standard: ServiceStandard, done: str, *, counts_on: str) -> list[Record]:
    rows = list(found.values_list("reference", "institution_id", "received_on", done, counts_on))
    if not rows:
        return []
    days = day_clock(standard.clock, around=rows[0][2])
    promised = standard.promised_value or 0
    return _newest_first(
        Record(reference, day, place, done_on is not None and days.passed(received, done_on) <= promised)
        for reference, place, received, done_on, day in rows
    )


def _newest_first(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda record: record.day, reverse=True)
