"""What a person sees of the help they get – the programme, the visits, the acts – and what they say of a visit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.utils import timezone

from portal.core import audit, clock
from portal.registry.models import Act, Case, Programme, ProgrammeState, Provided, Suspension, Visit, VisitWord

BACK = dt.timedelta(days=31)
AHEAD = dt.timedelta(days=14)
MOST_ACTS = 12
MISSED, PLANNED = "missed", "planned"


class NoSuchVisit(LookupError):
    """There is no such visit in this case's programme."""


class SaidAlready(ValueError):
    """The person has said something else of this visit before."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One visit that was, should have been (`missed`) or is to be (`planned`)."""

    id: str
    day: dt.date
    at: dt.time | None
    state: str
    minutes: int = 0
    services: tuple[Mapping[str, str], ...] = ()
    word: VisitWord | None = None


def programmes_of(case: Case) -> list[Programme]:
    """The versions of the programme that came out of this very case, newest first. Two or three queries.

    Only by the case: whoever holds another case of what may be the same person sees nothing of it.
    """
    signed = case.programmes.exclude(state=ProgrammeState.DRAFT).select_related("worker__user")
    return list(signed.prefetch_related("lines__service", Prefetch("suspensions", Suspension.objects.all())))


def current_of(programmes: Iterable[Programme]) -> Programme | None:
    """The version in force today, else the one that begins next, else the one that ended last."""
    today, known = clock.today(), list(programmes)
    running = [one for one in known if one.is_running(today)]
    coming = sorted((one for one in known if one.since > today), key=lambda one: one.since)
    return next(iter([*running, *coming, *known]), None)


def visits_of(programmes: list[Programme]) -> list[Seen]:
    """The last month's visits and the next fortnight's, by day."""
    today = clock.today()
    made = (
        Visit.objects.standing()
        .filter(programme__in=programmes, day__gte=today - BACK)
        .select_related("word")
        .prefetch_related(Prefetch("provided", Provided.objects.select_related("service")))
    )
    seen = [_made(visit) for visit in made]
    seen += _not_made(programmes, {visit.day for visit in made}, today)
    return sorted(seen, key=lambda one: (one.day, one.at or dt.time.max, one.id))


def _made(visit: Visit) -> Seen:
    services = tuple(one.service.names for one in visit.provided.all())
    at = timezone.localtime(visit.started_at).time().replace(second=0, microsecond=0)
    word = getattr(visit, "word", None)
    return Seen(f"v{visit.pk}", visit.day, at, visit.outcome, visit.minutes, services, word)


def _not_made(programmes: list[Programme], made: set[dt.date], today: dt.date) -> Iterable[Seen]:
    """Days of the programme without a visit. Today's is still to come; for a day that is over, nobody has been."""
    said = {(one.programme_id, one.day): one for one in VisitWord.objects.filter(programme__in=programmes, visit=None)}
    first, last = today - BACK, today + AHEAD
    for programme in programmes:
        for day in _days(programme, first, last):
            if day in made:
                continue
            state = MISSED if day < today else PLANNED
            name, word = f"d{programme.pk}-{day:%Y%m%d}", said.get((programme.pk, day))
            yield Seen(name, day, programme.hour, state, word=word)


def _days(programme: Programme, first: dt.date, last: dt.date) -> Iterable[dt.date]:
    """The days between the two on which the programme has somebody come."""
    day, last = max(first, programme.since), min(last, programme.runs_until)
    while day <= last:
        stands_still = any(pause.covers(day) for pause in programme.suspensions.all())
        if str(day.weekday()) in programme.weekdays and not stands_still:
            yield day
        day += dt.timedelta(days=1)


def acts_of(programmes: list[Programme]) -> list[Act]:
    """The acts that stand, of closed months in which the programme ran, newest first."""
    if not programmes:
        return []
    acts = Act.objects.filter(
        recipient_id=programmes[0].recipient_id,
        is_latest=True,
        month__closed_at__isnull=False,
        month__first__gte=min(one.since for one in programmes).replace(day=1),
        month__first__lte=max(one.runs_until for one in programmes),
    )
    return list(acts.select_related("month").order_by("-month__first")[:MOST_ACTS])


def hear(case: Case, visit: str, *, is_confirmed: bool, text: str = "", appeal: str = "", outer_key: str) -> VisitWord:
    """Keep what the person says of one visit; the same key gives the word that is there.

    Raises NoSuchVisit, SaidAlready.
    """
    programmes = programmes_of(case)
    seen = next((one for one in visits_of(programmes) if one.id == visit and one.state != PLANNED), None)
    known = VisitWord.objects.filter(outer_key=outer_key, programme__in=programmes).first()
    if known is not None:
        return known
    if seen is None or (is_confirmed and seen.state == MISSED):
        raise NoSuchVisit(visit)
    if seen.word is not None:
        raise SaidAlready(visit)
    made = Visit.objects.get(pk=int(visit[1:])) if seen.state != MISSED else None
    programme = made.programme_id if made else int(visit[1:].partition("-")[0])
    word = VisitWord(
        programme_id=programme,
        visit=made,
        day=seen.day,
        outer_key=outer_key,
        is_confirmed=is_confirmed,
        text=text.strip(),
        appeal=appeal,
        at=clock.now(),
    )
    try:
        with transaction.atomic():
            word.save(force_insert=True)
            audit.record("registry.visit_word", case, by=audit.RESIDENT, confirmed=is_confirmed, appeal=appeal)
    except IntegrityError as twice:
        known = VisitWord.objects.filter(outer_key=outer_key).first()
        if known is None:
            raise SaidAlready(visit) from twice
        return known
    return word
