"""What readers left: searches and votes on pages."""

from __future__ import annotations

import datetime as dt
import uuid
from random import Random

from charter.feedback.models import PageVote
from kb.models import Article, SearchEvent
from portal.core.languages import column
from portal.demo.history import moments, plan
from portal.demo.history.town import Town, words_begin


def searches(day: dt.date, town: Town) -> list[SearchEvent]:
    """A day's searches: most find and open something, some find nothing, some open nothing."""
    rng = Random(f"searches {day}")  # noqa: S311  (a demonstration, not a secret)
    return [_search(day, rng, town) for _ in range(max(0, round(rng.gauss(plan.SEARCHES_A_DAY, 6))))]


def _search(day: dt.date, rng: Random, town: Town) -> SearchEvent:
    language = plan.pick(rng, plan.LANGUAGES)
    at = moments.any_time(day, rng)
    event = SearchEvent(at=at, language=language, results=0, is_demo=True)
    fate = plan.pick(rng, {"opened": 71, "left": 17, "in vain": 12})
    code = plan.pick(rng, plan.SERVICES)
    event.words = _words(fate, code, language, rng, town)
    if fate != "in vain":
        event.results = rng.randrange(1, 14)
    if fate == "opened":
        articles = town.articles.get(code, [])
        is_article = bool(articles) and plan.happens(rng, 0.6)
        event.opened_kind = "article" if is_article else "service"
        event.opened_code = rng.choice(articles).code if is_article else code
        event.opened_position = min(rng.choices((1, 2, 3, 4), (70, 17, 9, 4))[0], event.results)
        event.opened_at = at + dt.timedelta(seconds=rng.randrange(3, 40))
        event.led_to_consultation = plan.happens(rng, 0.05)
    if day < words_begin():
        event.words = ""
    elif event.words:
        event.asker = f"{at:%m%d%H%M%S}"  # whoever searches in a made-up town is somebody else each time
    return event


def _words(fate: str, code: str, language: str, rng: Random, town: Town) -> str:
    if fate == "in vain":
        return rng.choice(town.lists["sought_in_vain"][language])
    if fate == "left" and plan.happens(rng, 0.4):
        return rng.choice(town.lists["sought_and_left"][language])
    service = town.services.get(code)
    text: str = getattr(service, column("resident_words", language), "") or ""
    return rng.choice(text.splitlines() or town.lists["sought_and_left"][language])


def votes(day: dt.date, town: Town) -> list[PageVote]:
    """A day's answers to "was this page useful?"."""
    rng = Random(f"votes {day}")  # noqa: S311  (a demonstration, not a secret)
    articles = sorted({article.code: article for of in town.articles.values() for article in of}.items())
    if not articles:
        return []
    return [_vote(day, rng, rng.choice(articles)[1]) for _ in range(max(0, round(rng.gauss(plan.VOTES_A_DAY, 1.5))))]


def _vote(day: dt.date, rng: Random, article: Article) -> PageVote:
    is_hard_to_read = article.code[-1] in "48"
    return PageVote(
        page_kind="article",
        page_code=article.code,
        language=plan.pick(rng, plan.LANGUAGES),
        is_useful=not plan.happens(rng, 0.34 if is_hard_to_read else 0.12),
        key=uuid.UUID(int=rng.getrandbits(128), version=4),
        at=moments.any_time(day, rng),
        is_demo=True,
    )
