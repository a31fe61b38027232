"""By when an appeal is answered: the promise for its kind, its working days, and the days that do not count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from charter.clocks import day_clock
from charter.feedback.models import Appeal, AppealEvent, AppealKind, Deed
from charter.models import Clock, ServiceStandard
from portal.core import clock
from portal.core.working_days import Stop

COMPLAINT = "complaints_within_working_days"
LETTER = "answered_within_working_days"
CONFIRMED = "acknowledged_within_working_days"
PASSED_ON = "forwarded_within_working_days"
# What is promised for each kind; thanks need no answer.
METRICS: dict[str, str] = {
    AppealKind.COMPLAINT: COMPLAINT,
    AppealKind.SUGGESTION: LETTER,
    AppealKind.QUESTION: LETTER,
}


@dataclass(frozen=True, slots=True)
class Term:
    """Days promised and the clock they are counted on."""

    days: int
    clock: str


def term_for(kind: str, *, on: dt.date) -> Term | None:
    """The promise for this kind of appeal in force on a day; None where nothing is promised."""
    row = (
        ServiceStandard.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=on),
            live=True,
            metric=METRICS.get(kind, ""),
            valid_from__lte=on,
            promised_value__isnull=False,
        )
        .order_by("-valid_from", "code")
        .values_list("promised_value", "clock")
        .first()
    )
    return Term(int(row[0]), row[1]) if row and row[0] else None


def stops_of(events: Iterable[AppealEvent], *, since: dt.date) -> tuple[Stop, ...]:
    """When the clock stood: from each question to the resident until they added something."""
    stops: list[Stop] = []
    began: dt.date | None = None
    for event in events:
        if event.day < since:
            continue
        if event.deed == Deed.ASKED and began is None:
            began = event.day
        elif event.deed == Deed.REPLIED and began is not None:
            stops.append(Stop(began, event.day))
            began = None
    return (*stops, Stop(began)) if began is not None else tuple(stops)


def due_of(appeal: Appeal) -> dt.date | None:
    """The last day for the answer; while the clock stands, what it would be if it went on tomorrow."""
    if appeal.days is None:
        return None
    days = day_clock(appeal.clock, around=appeal.term_from)
    stops = known_stops(appeal, since=appeal.term_from)
    return days.due(appeal.term_from, appeal.days + appeal.extended_days, stops)


def known_stops(appeal: Appeal, *, since: dt.date) -> tuple[Stop, ...]:
    """When the clock stood; a stop that goes on ends today for now."""
    stops = stops_of(appeal.events.order_by("at", "pk"), since=since)
    return tuple(stop if stop.until else Stop(stop.since, max(clock.today(), stop.since)) for stop in stops)


def begin(appeal: Appeal, *, on: dt.date) -> None:
    """Start the term of the appeal's level on a day; says nothing to the database."""
    term = term_for(appeal.kind, on=on)
    appeal.term_from, appeal.extended_days, appeal.extension_reason = on, 0, ""
    appeal.days, appeal.clock = (term.days, term.clock) if term else (None, Clock.WORKING)
    days = day_clock(appeal.clock, around=on)
    appeal.due_on = days.due(on, appeal.days) if appeal.days else None
