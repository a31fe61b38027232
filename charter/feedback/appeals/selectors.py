"""An appeal as people read it: the resident, and whoever answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from charter.clocks import day_clock
from charter.feedback.appeals import access, deadlines
from charter.feedback.appeals.places import stems
from charter.feedback.models import (
    OPEN_STATES,
    Appeal,
    AppealAnswer,
    AppealEvent,
    AppealFile,
    AppealKind,
    AppealState,
    Deed,
)
from charter.models import Institution
from portal.core import clock
from portal.core.crypto import Unreadable, decrypt
from portal.core.languages import Localised, current, pick_field
from portal.core.models import User

HIDDEN_FROM_RESIDENTS = frozenset({Deed.NOTED, Deed.RETURNED})
LIKE_AT_LEAST = 3
LOOKED_THROUGH = 300
# State → (colour of its tag, its icon).
LOOKS: dict[str, tuple[str, str]] = {
    AppealState.RECEIVED: ("", "pause"),
    AppealState.WORKING: ("", "clock"),
    AppealState.WAITING: ("care", "warn"),
    AppealState.ANSWERED: ("good", "check"),
    AppealState.PASSED_ON: ("", "check"),
    AppealState.WITHDRAWN: ("", "close"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, with the institution it was given to."""

    event: AppealEvent
    place: Localised | None


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page of one appeal. `passed`: days of the term that have counted."""

    appeal: Appeal
    answers: list[AppealAnswer]
    events: list[AppealEvent]
    files: list[AppealFile]
    passed: int
    is_late: bool
    to_rate: AppealAnswer | None
    place: Localised | None

    @property
    def is_told(self) -> bool:
        """Whether a published story or improvement came of it."""
        story, improvement = self.appeal.story, self.appeal.improvement
        return bool((story and story.live) or (improvement and improvement.live and improvement.finished_on))

    @property
    def steps(self) -> list[Step]:
        return [Step(event, _place(event.institution)) for event in self.events]

    @property
    def look(self) -> tuple[str, str]:
        return LOOKS[self.appeal.state]

    @property
    def total(self) -> int:
        return (self.appeal.days or 0) + self.appeal.extended_days

    @property
    def question(self) -> str:
        """What we are waiting for, in the words of whoever asked."""
        asked = [event.text for event in self.events if event.deed == Deed.ASKED]
        return asked[-1] if asked and self.appeal.state == AppealState.WAITING else ""


def resident_page(appeal: Appeal) -> Page:
    """What the resident sees: no notes of staff, no answer that has not gone out, no names."""
    events = [event for event in _events(appeal) if event.deed not in HIDDEN_FROM_RESIDENTS]
    return _page(appeal, list(appeal.answers.filter(sent_at__isnull=False)), events)


def staff_page(appeal: Appeal) -> Page:
    """What whoever answers sees."""
    return _page(appeal, list(appeal.answers.select_related("written_by", "checked_by")), _events(appeal))


def _events(appeal: Appeal) -> list[AppealEvent]:
    return list(appeal.events.select_related("institution", "by").order_by("at", "pk"))


def _page(appeal: Appeal, answers: list[AppealAnswer], events: list[AppealEvent]) -> Page:
    stops = deadlines.stops_of(events, since=appeal.term_from)
    days = day_clock(appeal.clock, around=appeal.term_from)
    last = clock.day_of(appeal.closed_at) if appeal.closed_at else clock.today()
    to_rate = [one for one in answers if one.sent_at and one.score is None and one.level == appeal.level]
    return Page(
        appeal=appeal,
        answers=answers,
        events=events,
        files=list(appeal.files.all()),
        passed=days.passed(appeal.term_from, last, stops),
        is_late=is_late(appeal),
        to_rate=to_rate[0] if to_rate and appeal.state == AppealState.ANSWERED else None,
        place=_place(appeal.institution),
    )


def _place(institution: Institution | None) -> Localised | None:
    return pick_field(institution, "name", current()) if institution else None


def is_late(appeal: Appeal) -> bool:
    """The last day is behind and there is no answer; while we wait for the resident nothing is late."""
    return (
        appeal.is_open
        and appeal.state != AppealState.WAITING
        and appeal.due_on is not None
        and appeal.due_on < clock.today()
    )


def contact_of(appeal: Appeal) -> str:
    """How the resident wants to be told; empty when nothing was left or no key opens it."""
    try:
        return decrypt(appeal.contact)
    except Unreadable:
        return ""


def listed(user: User, group: str, words: str = "") -> QuerySet[Appeal]:
    """Appeals of one group – open, mine, late, to_check, closed, all – the most urgent first."""
    found = access.for_staff(user).select_related("institution", "responsible", "service")
    if group == "mine":
        found = found.filter(responsible=user, state__in=OPEN_STATES)
    elif group == "late":
        found = found.filter(state__in=OPEN_STATES - {AppealState.WAITING}, due_on__lt=clock.today())
    elif group == "to_check":
        waiting = AppealAnswer.objects.filter(sent_at=None, returned_because="")
        found = found.filter(state__in=OPEN_STATES, answers__in=waiting).distinct()
    elif group == "closed":
        return _with_words(found.exclude(state__in=OPEN_STATES), words).order_by("-closed_at")
    elif group != "all":
        found = found.filter(state__in=OPEN_STATES)
    return _with_words(found, words).order_by("due_on", "entered_at")


def _with_words(found: QuerySet[Appeal], words: str) -> QuerySet[Appeal]:
    for word in words.split()[:6]:
        found = found.filter(text__icontains=word) | found.filter(reference__icontains=word)
    return found


def told_not_kept(since: dt.date, until: dt.date) -> Mapping[str, int]:
    """How many complaints named a promise, by its standard's code, of those received from `since` up to `until`."""
    found = access.everything().filter(kind=AppealKind.COMPLAINT, received_on__gte=since, received_on__lt=until)
    rows = found.exclude(standard=None).exclude(state=AppealState.WITHDRAWN).order_by()
    return dict(rows.values_list("standard__code").annotate(many=Count("id")))


def alike(appeal: Appeal, user: User) -> list[Appeal]:
    """Newer and older appeals that say much the same, most alike first; those already beside it left out."""
    said = stems(appeal.text)
    near = access.for_staff(user).exclude(pk=appeal.pk).order_by("-entered_at")[:LOOKED_THROUGH]
    head = appeal.like_id or appeal.pk
    scored = [(len(said & stems(other.text)), other) for other in near if (other.like_id or other.pk) != head]
    best = sorted((pair for pair in scored if pair[0] >= LIKE_AT_LEAST), key=lambda pair: -pair[0])
    return [other for _score, other in best[:5]]


def beside(appeal: Appeal, user: User) -> list[Appeal]:
    """The others of its group, as far as `user` may read them."""
    head = appeal.like_id or appeal.pk
    mine = access.for_staff(user).exclude(pk=appeal.pk)
    return list((mine.filter(like_id=head) | mine.filter(pk=head)).order_by("entered_at"))


def counts(user: User) -> dict[str, int]:
    """How many are in each group, for the tabs."""
    return {group: listed(user, group).count() for group in ("open", "mine", "late", "to_check")}
