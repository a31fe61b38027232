"""Bringing the history into the database: drawn day by day, written in bulk, measured at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from charter.feedback.models import PageVote, RatedOnce, Rating, RatingWords
from charter.models import Measurement
from charter.periods import quarter_of
from chat import access
from chat.models import Attempt, Event, Task, WrapUp
from kb.models import SearchEvent
from portal.cases.models import RegistryCursor
from portal.core import clock
from portal.core.caching import forget_pages
from portal.dashboard import periods
from portal.dashboard.measure import measure
from portal.demo.history import appeals, callbacks, changes, offices, readers, surveys
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
        at_offices = list(offices.ratings(day, town))
        _write(Rating, [rating for rating, _words in at_offices])
        _write(RatingWords, [words for _rating, words in at_offices if words is not None])
    _write_conversations(stories, town)
    take_down(requests)
    _hear_of_later_changes(requests)
    _tell_of_changes(pack, town, days)
    if pack.has("surveys.yaml"):
        surveys.hold(pack.one("surveys.yaml"))
    _measure(days[0])
    explain(pack)
    forget_pages()
    return len(stories)


def _tell_of_changes(pack: Pack, town: Town, days: list[dt.date]) -> None:
    """What was written to the town, what it changed because of that, and the figures its people brought."""
    if not pack.has("changes.yaml"):
        return
    words = pack.one("changes.yaml")
    words.knows("appeals", "answers", "passed_to", "stories", "improvements", "figures")
    postbox = appeals.Postbox(town, words)
    letters = [letter for day in days for letter in postbox.day(day)]
    stories = changes.tell_stories(words, town)
    told_on = {story.code: story.told_on for story in stories}
    appeals.write(letters, {story.code: story.pk for story in stories}, told_on)
    changes.tell_improvements(words, town)
    changes.bring_figures(words)


def _measure(since: dt.date) -> None:
    """Measured as if each period had been when it ended, not all today; so its publication counts as on time."""
    measure(since=since)
    for period in periods.between(since, clock.today()):
        if period.is_over(clock.today()):
            at = periods.moment(period.end) + dt.timedelta(hours=27)
            found = Measurement.objects.filter(period_kind=period.kind, period_start=period.start, is_demo=True)
            found.update(measured_at=at)
    measure(since=since)
    Measurement.objects.filter(is_demo=True, superseded_at__isnull=False).delete()


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
    tasks, tries = callbacks.promised(stories, town)
    _write(Task, tasks)
    _write(Attempt, tries)
    rated = [story.rating for story in stories if story.rating is not None]
    _write(Rating, [each.rating for each in rated])
    _write(RatedOnce, [each.once for each in rated])
    _write(RatingWords, [each.words for each in rated if each.words is not None])


def _hear_of_later_changes(requests: list[Request]) -> None:
    """The links already say what these cases say: the portal need not read them all again."""
    latest = max((request.steps[-1][1] for request in requests), default=None)
    if latest:
        told = {"cursor": latest.isoformat(), "read_at": latest}
        RegistryCursor.objects.update_or_create(registry="default", defaults=told)


def _write(model: type[Row], rows: list[Row]) -> None:
    model._default_manager.bulk_create(rows, AT_ONCE)
