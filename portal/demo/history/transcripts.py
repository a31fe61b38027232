"""What was said in the chats that still have their words: a question of an article, its answer, and thanks."""

from __future__ import annotations

import datetime as dt
from random import Random

from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from chat.models import STAFF_KINDS, Author, Channel, Event, EventKind, State
from kb.models import Article
from portal.core.languages import column
from portal.core.templatetags.parama import in_figures
from portal.demo.history.consultations import SECOND, Story
from portal.demo.history.town import Town


def events_of(story: Story, town: Town) -> list[Event]:
    """The events of one conversation in order; its counters move on with them. None for erased ones."""
    of = story.consultation
    if of.erased_at is not None:
        return []
    rng = Random(f"transcript {of.public_id}")  # noqa: S311  (a demonstration, not a secret)
    events = _chat(story, town, rng) if of.channel == Channel.CHAT else []
    if story.wrapup is not None:
        events.append(_event(of.closed_at or of.started_at, EventKind.WRAPPED_UP, Author.CONSULTANT))
    for number, event in enumerate(events, 1):
        event.consultation = of
        event.staff_sequence = number
        of.staff_sequence = number
        if event.kind not in STAFF_KINDS:
            of.public_sequence += 1
            event.public_sequence = of.public_sequence
        if event.author == Author.CONSULTANT:
            event.by = of.consultant
    return events


def _chat(story: Story, town: Town, rng: Random) -> list[Event]:
    of, language = story.consultation, story.consultation.language
    question = getattr(story.article, column("title", language)) if story.article else ""
    asked = f"{town.say('greetings', language, rng)} {question}".strip()
    events = [_said(of.started_at, Author.RESIDENT, asked, language)]
    if of.state == State.ABANDONED:
        return [*events, _event(of.ended_at or of.started_at, EventKind.CLOSED, Author.RESIDENT)]
    events.append(_event(of.claimed_at or of.started_at, EventKind.CLAIMED, Author.CONSULTANT))
    steps = _steps(story, town, rng)
    begin, end = of.first_reply_at or of.started_at, of.ended_at or of.started_at
    pace = (end - begin) / (len(steps) + 1)
    for place, step in enumerate(steps):
        step.at = begin + pace * place
        events.append(step)
    return [*events, _event(end, EventKind.CLOSED, rng.choice((Author.RESIDENT, Author.CONSULTANT)))]


def _steps(story: Story, town: Town, rng: Random) -> list[Event]:
    """The conversation itself; the moments are given afterwards."""
    of, language, article = story.consultation, story.consultation.language, story.article
    start = of.started_at + SECOND
    steps = [_said(start, Author.CONSULTANT, town.say("answers", language, rng), language)]
    if article is not None:
        answer = getattr(article, column("phone_form", language)) or getattr(article, column("short_answer", language))
        steps.append(_said(start, Author.CONSULTANT, answer, language))
        steps.append(_said(start, Author.RESIDENT, town.say("follow_ups", language, rng), language))
        steps.append(_said(start, Author.CONSULTANT, town.say("replies", language, rng), language))
        steps.append(_article(start, article, language))
    steps.append(_said(start, Author.RESIDENT, town.say("thanks", language, rng), language))
    return steps


def _article(at: dt.datetime, article: Article, language: str) -> Event:
    event = _event(at, EventKind.ARTICLE, Author.CONSULTANT)
    event.article, event.article_version, event.language = article, article.latest_revision_id, language
    event.data = {
        "title": getattr(article, column("title", language)),
        "title_language": language,
        "answer": getattr(article, column("short_answer", language)),
        "answer_language": language,
        "url": _address(article, language),
        "checked": in_figures(article.checked_on) if article.checked_on else "",
    }
    return event


def _address(article: Article, language: str) -> str:
    try:
        with override(language):
            return reverse("kb:article", args=[getattr(article, column("slug", language))])
    except NoReverseMatch:
        return ""


def _said(at: dt.datetime, author: Author, text: str, language: str) -> Event:
    event = _event(at, EventKind.MESSAGE, author)
    event.text, event.language = text, language
    return event


def _event(at: dt.datetime, kind: EventKind, author: Author) -> Event:
    return Event(kind=kind, author=author, at=at)
