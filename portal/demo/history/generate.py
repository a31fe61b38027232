"""Bringing the history into the database: drawn day by day, written in bulk, measured at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from charter.feedback.models import PageVote, Rating
from charter.periods import quarter_of
from chat import access
from chat.models import Event, WrapUp
from kb.models import SearchEvent
from portal.cases.models import RegistryCursor
from portal.dashboard.measure import measure
from portal.demo.history import readers
from portal.demo.history.consultations import Story, Storyteller
from portal.demo.history.explanations import explain
from portal.demo.history.requests import Counter, Request
from portal.demo.history.town import Town, look_around
from portal.demo.history.transcripts import events_of
from portal.demo.office import take_down
from portal.demo.reading import Pack

AT_ONCE = 400
Row = TypeVar("Row", bound=Model)
Progress = Callable[[Sequence[dt.date]], Iterable[dt.date]]


@transaction.atomic
def generate(pack: Pack, progress: Progress = lambda days: days) -> int:
    """Write the history unless there is one; returns how many conversations there are now."""
    if not pack.has("history.yaml") or access.for_statistics().filter(is_demo=True).exists():
        return access.for_statistics().count()
    town = look_around(pack)
    days = town.days()
    if not days or not town.consultants:
        return 0
    teller, counter = Storyteller(town), Counter(town)
    stories: list[Story] = []
    requests: list[Request] = []
    whole = quarter_of(days[-1]).end - days[0]
    for day in progress(days):
        so_far = (day - days[0]) / whole
        stories += teller.day(day, progress=so_far)
        requests += counter.day(day, progress=so_far)
        _write(SearchEvent, readers.searches(day, town))
        _write(PageVote, readers.votes(day, town))
    _write_conversations(stories, town)
    take_down(requests)
    _hear_of_later_changes(requests)
    measure(since=days[0])
    explain(pack)
    return len(stories)


def _write_conversations(stories: list[Story], town: Town) -> None:
    events = {story.consultation.public_id: events_of(story, town) for story in stories}
    access.for_statistics().bulk_create([story.consultation for story in stories], AT_ONCE)
    wrapups = []
    for story in stories:
        if story.wrapup is not None:
            story.wrapup.consultation = story.consultation
            wrapups.append(story.wrapup)
    for told in events.values():
        for event in told:
            event.consultation_id = event.consultation.pk
    _write(WrapUp, wrapups)
    _write(Event, [event for told in events.values() for event in told])
    _write(Rating, [story.rating for story in stories if story.rating is not None])


def _hear_of_later_changes(requests: list[Request]) -> None:
    """The links already say what these cases say: the portal need not read them all again."""
    latest = max((request.steps[-1][1] for request in requests), default=None)
    if latest:
        told = {"cursor": latest.isoformat(), "read_at": latest}
        RegistryCursor.objects.update_or_create(registry="default", defaults=told)


def _write(model: type[Row], rows: list[Row]) -> None:
    model._default_manager.bulk_create(rows, AT_ONCE)
