"""What programmes say: who is in one on a day, how many visits and hours they plan, who was left unvisited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from portal.core import clock
from portal.registry.models import Outcome, Per, Programme, ProgrammeLine, Suspension, Visit
from portal.registry.months.prices import next_month
from portal.registry.questions.facts import Fact, Wanted
from portal.registry.questions.question import DAY, Question, Span

WEEK = 7
# Minutes a day in 2,555ths, so that a week and a month of a year of 365 days are whole numbers.
RATES = {Per.DAY: 2555, Per.WEEK: 365, Per.MONTH: 84}
RATE = 2555
Pauses = dict[int, list[Span]]
HERE = {"department": "department", "worker": "worker__user", "person": "recipient"}


def running(wanted: Wanted, span: Span) -> Any:
    """Programmes that run on some day of these."""
    found = Programme.objects.running(span.first, span.last).filter(wanted.where(**HERE)).order_by()
    return found.filter(lines__service=wanted.service) if wanted.service else found


def in_programme(day: dt.date, wanted: Wanted) -> Iterator[Fact]:
    """Everybody whose programme runs on a day, by service where its lines are asked for."""
    names = ("department", "worker__user", "recipient", "lines__service")
    rows = running(wanted, Span(day, day)).values_list(*names)
    for department, worker, recipient, service in rows:
        yield {"department": department, "worker": worker, "recipient": recipient, "service": service}, 1


def planned(span: Span, wanted: Wanted, question: Question) -> Iterator[Fact]:
    """Visits that were due: each day of the week a programme names, up to yesterday, but for its pauses."""
    span = Span(span.first, min(span.last, clock.today() - DAY))
    programmes = running(wanted, span).filter(worker__isnull=False).exclude(weekdays="")
    stood = pauses(programmes)
    rows = programmes.values_list("pk", "since", "runs_until", "weekdays", "department", "worker__user", "recipient")
    for pk, since, until, weekdays, department, worker, recipient in rows:
        known = {"department": department, "worker": worker, "recipient": recipient}
        runs = Span(max(since, span.first), min(until, span.last))
        for part in _parts(runs, question.breakdowns):
            many = _due(part, weekdays, stood.get(pk, ()))
            if many:
                yield known | {"day": part.first}, many


def ahead(span: Span, wanted: Wanted, question: Question) -> Iterator[Fact]:
    """Planned time of the days to come, at the pace of each line, week by week where that is asked for."""
    stood = pauses(running(wanted, span))
    for known, programme, runs, rate in _lines(span, wanted):
        weeks = _weeks(runs, span.first) if "week" in question.breakdowns else [runs]
        for week in weeks:
            days = week.days - sum(_overlap(week, pause) for pause in stood.get(programme, ()))
            if days > 0:
                first = span.first + (week.first - span.first).days // WEEK * WEEK * DAY
                yield known | {"day": first}, rate * days


def pace(day: dt.date, wanted: Wanted) -> Iterator[Fact]:
    """Planned time a week, as it was on a day; what stands still that day counts nothing."""
    span = Span(day, day)
    stood = pauses(running(wanted, span))
    for known, programme, _runs, rate in _lines(span, wanted):
        if not any(_overlap(span, pause) for pause in stood.get(programme, ())):
            yield known, rate * WEEK


def unvisited(day: dt.date, wanted: Wanted, days: int) -> Iterator[Fact]:
    """People in a programme all these days up to `day`, which does not stand still, to whom nobody came."""
    first = day - (days - 1) * DAY
    began = set(running(wanted, Span(first, first)).values_list("recipient", flat=True))
    now = running(wanted, Span(day, day))
    stood = pauses(now)
    visits = Visit.objects.standing().filter(day__gte=first, day__lte=day, outcome=Outcome.DONE)
    here = wanted.where(department="department", person="recipient")
    seen = set(visits.filter(here).order_by().values_list("recipient", flat=True).distinct())
    for pk, department, worker, recipient in now.values_list("pk", "department", "worker__user", "recipient"):
        is_still = any(_overlap(Span(day, day), pause) for pause in stood.get(pk, ()))
        if recipient in began and recipient not in seen and not is_still:
            yield {"department": department, "worker": worker, "recipient": recipient}, 1


def pauses(programmes: Any) -> Pauses:
    """When each of these programmes stands still."""
    found: Pauses = {}
    rows = Suspension.objects.filter(programme__in=programmes.values("pk")).order_by()
    for programme, since, until in rows.values_list("programme_id", "since", "until"):
        found.setdefault(programme, []).append(Span(since, until or dt.date.max))
    return found


def _lines(span: Span, wanted: Wanted) -> Iterator[tuple[dict[str, Any], int, Span, int]]:
    lines = ProgrammeLine.objects.filter(programme__in=running(wanted, span).values("pk")).order_by()
    if wanted.service:
        lines = lines.filter(service=wanted.service)
    rows = lines.values_list(
        "programme", "programme__since", "programme__runs_until", "programme__department",
        "programme__worker__user", "programme__recipient", "service", "times", "per", "minutes",
    )  # fmt: skip
    for programme, since, until, department, worker, recipient, service, times, per, minutes in rows:
        known = {"department": department, "worker": worker, "recipient": recipient, "service": service}
        runs = Span(max(since, span.first), min(until, span.last))
        yield known, programme, runs, times * minutes * RATES[Per(per)]


def _parts(span: Span, breakdowns: Sequence[str]) -> Iterator[Span]:
    """The days in one piece, or day by day or month by month where that is asked for."""
    if "day" in breakdowns:
        yield from (Span(span.first + n * DAY, span.first + n * DAY) for n in range(span.days))
    elif {"month", "quarter", "year"} & set(breakdowns):
        first = span.first
        while first <= span.last:
            after = next_month(first.replace(day=1))
            yield Span(first, min(after - DAY, span.last))
            first = after
    elif span.days > 0:
        yield span


def _weeks(span: Span, begin: dt.date) -> Iterator[Span]:
    """The days cut at each whole week from `begin`."""
    first = span.first
    while first <= span.last:
        end = begin + ((first - begin).days // WEEK + 1) * WEEK * DAY - DAY
        yield Span(first, min(end, span.last))
        first = end + DAY


def _due(span: Span, weekdays: str, stood: Sequence[Span]) -> int:
    many = _fall(span, weekdays)
    for pause in stood:
        if _overlap(span, pause):
            many -= _fall(Span(max(span.first, pause.first), min(span.last, pause.last)), weekdays)
    return many


def _fall(span: Span, weekdays: str) -> int:
    """How many days of these fall on one of the days of the week."""
    ahead_of_first = ((int(one) - span.first.weekday()) % WEEK for one in weekdays)
    return sum(max(0, (span.days - 1 - n) // WEEK + 1) for n in ahead_of_first)


def _overlap(span: Span, other: Span) -> int:
    return max(0, (min(span.last, other.last) - max(span.first, other.first)).days + 1)
