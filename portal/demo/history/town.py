"""What the history is about: the pack's services, articles, institutions and words, and who answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

from charter.models import Holiday, Institution, Membership, Role, Service
from charter.periods import quarter_of
from kb.models import Article, Topic
from portal.core import clock
from portal.core.languages import LANGUAGES, column
from portal.core.models import User
from portal.core.working_days import DAY, DayClock
from portal.dashboard.periods import back
from portal.demo.history.explanations import KEY
from portal.demo.reading import Pack, Texts

QUARTERS = 5  # four whole ones and the running one
WITH_WORDS = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Town:
    """Everything by code; `topics` and `articles` by the service they are about."""

    services: dict[str, Service]
    topics: dict[str, Topic]
    articles: dict[str, list[Article]]
    institutions: dict[str, Institution]
    consultants: list[User]
    words: dict[str, list[Texts]]
    lists: dict[str, dict[str, list[str]]]
    holidays: frozenset[dt.date]

    def days(self) -> list[dt.date]:
        """Every working day of the history, oldest first, up to yesterday."""
        today = clock.today()
        first = back(quarter_of(today), QUARTERS)[-1].start
        counts = DayClock(working=True, holidays=self.holidays).counts
        return [day for day in (first + DAY * n for n in range((today - first).days)) if counts(day)]

    def say(self, kind: str, language: str, rng: Random) -> str:
        return rng.choice(self.words[kind])[language]


def words_begin() -> dt.date:
    """From this day on conversations still have their words."""
    return clock.today() - WITH_WORDS + DAY


def look_around(pack: Pack) -> Town:
    """Read what is there. The pack has been loaded, its accounts are made."""
    entry = pack.one("history.yaml")
    lists = {key: entry.data[key] for key in ("sought_in_vain", "sought_and_left")}
    kinds = [key for key in entry.data if key not in lists and key != KEY]
    return Town(
        services={service.code: service for service in Service.objects.all()},
        topics=_topics_by_service(),
        articles=_articles_by_service(),
        institutions={institution.code: institution for institution in Institution.objects.all()},
        consultants=[
            each.user for each in Membership.objects.filter(role=Role.CONSULTANT).select_related("user").order_by("pk")
        ],
        words={kind: [texts.texts("said") for texts in _as_texts(entry, kind)] for kind in kinds},
        lists=lists,
        holidays=frozenset(Holiday.objects.values_list("date", flat=True)),
    )


def _as_texts(entry: Any, kind: str) -> list[Any]:
    return [type(entry)({"said": each.data}, each.place) for each in entry.entries(kind)]


def _articles_by_service() -> dict[str, list[Article]]:
    """Articles that are written in all languages, by the service they are about."""
    found: dict[str, list[Article]] = {}
    for article in Article.objects.filter(live=True).prefetch_related("services"):
        if all(getattr(article, column("title", language)) for language in LANGUAGES):
            for service in article.services.all():
                found.setdefault(service.code, []).append(article)
    return found


def _topics_by_service() -> dict[str, Topic]:
    """The first topic of each service."""
    found: dict[str, Topic] = {}
    for topic in Topic.objects.order_by("order").prefetch_related("services"):
        for service in topic.services.all():
            found.setdefault(service.code, topic)
    return found
