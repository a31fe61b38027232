"""What is counted, each one query over the records that a condition picks: by month and whatever a page breaks down by.

The monthly counts and what came since are both read by these, so a page cannot say two things.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DecimalField, DurationField, ExpressionWrapper, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from charter.feedback.appeals import access as appeals_access
from charter.feedback.models import AppealAnswer, AppealOutcome, PageVote, Rating
from charter.models import Area, ServiceStandard
from chat import access
from chat.models import QUEUED_STATES, CallState, Channel, Found, Outcome, State
from kb.models import SearchEvent
from portal.core import clock
from portal.dashboard import periods
from portal.dashboard.sources.base import month
from portal.dashboard.sources.consultations import SHORT_SECONDS
from portal.dashboard.sources.ratings import GOOD

BAD = 2
Rows = Iterable[Mapping[str, Any]]
CALLS, CHATS = "answered_within_seconds", "first_reply_within_seconds"


def contacts(during: Q) -> Rows:
    """Contacts by month, institution, channel, language and topic."""
    rows: Rows = (
        access.for_statistics()
        .filter(during)
        .order_by()
        .values("institution_id", "channel", "language", month=month("started_at"), found_topic=F("wrapup__topic"))
        .annotate(
            asked=Count("id"),
            answered=Count("id", filter=Q(claimed_at__isnull=False)),
            **_waits(),
            **_kept_promises(_promised()),
            **_ways_out(),
            **_wrap_ups(),
            generated=Count("id", filter=Q(is_demo=True)),
        )
    )
    return [{**row, "handled_seconds": _seconds(row["handled_seconds"])} for row in rows]


def _waits() -> dict[str, Any]:
    waited = Q(channel=Channel.CHAT, waited_seconds__isnull=False, started_in_hours=True)
    taken = _OFFERED & Q(claimed_at__isnull=False, waited_seconds__isnull=False)
    return {
        "waited": Count("id", filter=waited),
        "wait_seconds": Coalesce(Sum("waited_seconds", filter=waited), 0),
        "taken": Count("id", filter=taken),
        "taken_seconds": Coalesce(Sum("waited_seconds", filter=taken), 0),
    }


_TALKED = Q(channel__in=(Channel.PHONE, Channel.CHAT))
_SHORT = Q(state=State.ABANDONED, waited_seconds__lte=SHORT_SECONDS)
_OFFERED = _TALKED & Q(started_in_hours=True) & ~_SHORT


def _kept_promises(promised: _Promised) -> dict[str, Any]:
    """Calls and chats, and those answered within what was promised when they began; the charter's populations."""
    calls = Q(channel=Channel.PHONE, waited_seconds__isnull=False) & ~_SHORT
    unheard = Q(call__state__in=(CallState.MISSED, CallState.ABANDONED), call__isnull=False)
    in_time = calls & Q(claimed_at__isnull=False, waited_seconds__lte=promised.calls) & ~unheard
    open_ = Q(state__in=QUEUED_STATES | {State.ACTIVE}, first_reply_at=None)
    chats = Q(channel=Channel.CHAT, started_in_hours=True)
    due = ~(open_ & Q(started_at__gt=clock.now() - dt.timedelta(seconds=promised.longest)))
    return {
        "calls": Count("id", filter=calls),
        "calls_in_time": Count("id", filter=in_time),
        "chats": Count("id", filter=chats & due),
        "chats_in_time": Count("id", filter=chats & due & Q(first_reply_seconds__lte=promised.chats)),
    }


def _ways_out() -> dict[str, Any]:
    left = _OFFERED & Q(state=State.ABANDONED)
    over = _TALKED & Q(state=State.CLOSED)
    handled = over & Q(claimed_at__isnull=False, closed_at__isnull=False, reopened_at=None)
    took = ExpressionWrapper(F("closed_at") - F("claimed_at"), output_field=DurationField())
    return {
        "offered": Count("id", filter=_OFFERED),
        "left": Count("id", filter=left),
        "handled": Count("id", filter=handled),
        "handled_seconds": Sum(took, filter=handled),
        "finished": Count("id", filter=over),
        "resolved": Count("id", filter=over & Q(wrapup__outcome=Outcome.ANSWERED, reopened_at=None)),
    }


def _wrap_ups() -> dict[str, Any]:
    wrapped = Q(wrapup__isnull=False)
    looked = wrapped & ~Q(wrapup__found=Found.NOT_NEEDED)
    sought = looked & Q(wrapup__topic__isnull=False)
    return {
        "sought": Count("id", filter=sought),
        "no_answer": Count("id", filter=sought & Q(wrapup__found=Found.NO)),
        "wrapped": Count("id", filter=wrapped),
        "linked": Count("id", filter=wrapped & Q(wrapup__article__isnull=False)),
        "looked": Count("id", filter=looked),
        "held": Count("id", filter=Q(wrapup__found__in=(Found.YES, Found.PARTLY))),
    }


@dataclass(frozen=True, slots=True)
class _Promised:
    """Seconds promised to everybody at the moment a contact began; less than nothing where none were."""

    calls: Case | Value
    chats: Case | Value
    longest: float


def _promised() -> _Promised:
    """One query."""
    rows = list(
        ServiceStandard.objects.filter(
            live=True, metric__in=(CALLS, CHATS), promised_value__isnull=False, service=None, institution=None
        )
        .order_by("-valid_from", "code")
        .values_list("metric", "valid_from", "valid_until", "promised_value")
    )
    cases: dict[str, Case | Value] = {}
    for metric in (CALLS, CHATS):
        whens = [When(_begun(since, until), then=_value(most)) for of, since, until, most in rows if of == metric]
        cases[metric] = Case(*whens, default=_value(-1), output_field=DecimalField()) if whens else _value(-1)
    return _Promised(cases[CALLS], cases[CHATS], max((float(row[3] or 0) for row in rows), default=0.0))


def _begun(since: dt.date, until: dt.date | None) -> Q:
    begun = Q(started_at__gte=periods.moment(since))
    return begun & Q(started_at__lt=periods.moment(until + dt.timedelta(days=1))) if until else begun


def _value(seconds: Any) -> Value:
    return Value(Decimal(seconds), output_field=DecimalField())


def _seconds(took: dt.timedelta | None) -> int:
    return int(took.total_seconds()) if took else 0


def ratings(during: Q) -> Rows:
    """Ratings by month, place, channel, language and who entered them; of an area those who could say something."""
    return (
        Rating.objects.filter(during)
        .order_by()
        .values("institution_id", "service_id", "channel", "language", "entry_kind", month=month("at"))
        .annotate(
            of=Count("id"),
            good=Count("id", filter=Q(score__gte=GOOD)),
            very_good=Count("id", filter=Q(score__gt=GOOD)),
            bad=Count("id", filter=Q(score__lte=BAD)),
            very_bad=Count("id", filter=Q(score__lt=BAD)),
            **{f"{area}_of": Count("id", filter=Q(**{f"{area}__gte": 1})) for area in Area.values},
            **{f"{area}_good": Count("id", filter=Q(**{f"{area}__gte": GOOD})) for area in Area.values},
            generated=Count("id", filter=Q(is_demo=True)),
        )
    )


def searches(during: Q) -> Rows:
    """Residents' searches by month and language."""
    found = ~Q(opened_kind="") & Q(led_to_consultation=False)
    return (
        SearchEvent.objects.filter(during, reader="resident")
        .order_by()
        .values("language", month=month("at"))
        .annotate(
            searches=Count("id"),
            found=Count("id", filter=found),
            empty=Count("id", filter=Q(results=0)),
            generated=Count("id", filter=Q(is_demo=True)),
        )
    )


def words(during: Q) -> Rows:
    """Words that led nowhere, by month and language. Lowered here: not every database knows our letters."""
    rows = (
        SearchEvent.objects.filter(during, opened_kind="", reader="resident")
        .exclude(words="")
        .order_by()
        .values("language", "words", month=month("at"))
        .annotate(times=Count("id"), in_vain=Count("id", filter=Q(results=0)))
    )
    merged: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        said = row["words"].lower()
        key = (row["month"], row["language"], said)
        total = merged.setdefault(key, {"month": key[0], "language": key[1], "said": said, "times": 0, "in_vain": 0})
        total["times"] += row["times"]
        total["in_vain"] += row["in_vain"]
    return merged.values()


def votes(during: Q) -> Rows:
    """Votes on pages by month, page and language."""
    return (
        PageVote.objects.filter(during)
        .order_by()
        .values("page_kind", "page_code", "language", month=month("at"))
        .annotate(
            no=Count("id", filter=Q(is_useful=False)),
            of=Count("id"),
            generated=Count("id", filter=Q(is_demo=True)),
        )
    )


def appeals(during: Q) -> Rows:
    """What people wrote to us, by the month it was entered."""
    return (
        appeals_access.everything()
        .filter(during)
        .order_by()
        .values("institution_id", "service_id", "kind", "channel", "language", month=month("entered_at"))
        .annotate(
            received=Count("id"),
            broken=Count("id", filter=Q(standard__isnull=False)),
            generated=Count("id", filter=Q(is_demo=True)),
        )
    )


def answers(during: Q) -> Rows:
    """Answers that went out, by the month they were sent."""
    took = ExpressionWrapper(F("sent_on") - F("appeal__received_on"), output_field=DurationField())
    right = Q(outcome__in=(AppealOutcome.UPHELD, AppealOutcome.PARTLY))
    due = Q(due_on__isnull=False)
    rows = (
        AppealAnswer.objects.filter(during, sent_at__isnull=False)
        .order_by()
        .values(
            month=month("sent_at"),
            institution_id=F("appeal__institution_id"),
            service_id=F("appeal__service_id"),
            kind=F("appeal__kind"),
            channel=F("appeal__channel"),
            language=F("appeal__language"),
        )
        .annotate(
            answers=Count("id"),
            due=Count("id", filter=due),
            in_time=Count("id", filter=due & Q(sent_on__lte=F("due_on"))),
            days=Sum(took),
            right=Count("id", filter=right),
            rated=Count("id", filter=Q(score__isnull=False)),
            content=Count("id", filter=Q(score__gte=GOOD)),
            again=Count("id", filter=Q(level__gt=1)),
            generated=Count("id", filter=Q(appeal__is_demo=True)),
        )
    )
    return [{**row, "days": row["days"].days if row["days"] else 0} for row in rows]
