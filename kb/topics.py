"""Topics: situations in life, with the services and answers that belong to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from kb.models import Article, Topic
from portal.core.addresses import address, alternates, under
from portal.core.compiled import compiled
from portal.core.languages import Localised
from portal.core.readable import Readable
from portal.core.translations import columns_of, text
from portal.core.translations import rows as plain

_CARD = ("id", "code", "icon", *columns_of(("name", "slug", "description")))


@dataclass(frozen=True, slots=True)
class TopicCard(Readable):
    """A situation. `alternates`: its addresses in every language, for its own page only."""

    id: int
    code: str
    url: str
    icon: str
    name: Localised
    description: Localised
    alternates: Mapping[str, str] = field(default_factory=dict)


def published_topics() -> QuerySet[Any]:
    """Topics that residents may see, in their order."""
    return plain(Topic).filter(live=True).order_by("order", "code")


_ALL = compiled(lambda: published_topics().values(*_CARD))
_IN_USE = plain(Topic.services.through).filter(service__live=True).values("topic_id")
_WITH_SERVICES = compiled(lambda: published_topics().filter(pk__in=_IN_USE).values(*_CARD))
_OF_SERVICE = compiled(lambda pk: published_topics().filter(services=pk).values(*_CARD))
_OF_ARTICLE = compiled(lambda pk: published_topics().filter(articles=pk).values(*_CARD))
_NAMED = compiled(lambda slug: published_topics().filter(under(slug)).values(*_CARD))
_WITH = compiled(lambda pk: published_topics().filter(pk=pk).values(*_CARD))
_SERVICES = compiled(lambda: plain(Topic.services.through).order_by("pk").values("topic_id", "service_id"))
_ARTICLES = compiled(lambda: plain(Article.topics.through).order_by("article__code").values("topic_id", "article_id"))


def all_topics(language: str) -> list[TopicCard]:
    """Every situation, in its order."""
    return _cards(_ALL(), language)


def topics_with_services(language: str) -> list[TopicCard]:
    """The situations in which any service helps."""
    return _cards(_WITH_SERVICES(), language)


def _cards(rows: Iterable[Mapping[str, Any]], language: str) -> list[TopicCard]:
    return [
        TopicCard(
            id=row["id"],
            code=row["code"],
            url=address("pages:topic", row, language),
            icon=row["icon"],
            name=text(row, "name", language),
            description=text(row, "description", language),
        )
        for row in rows
    ]


def topics_of_service(service_id: int, language: str) -> list[TopicCard]:
    """The situations in which a service helps."""
    return _cards(_OF_SERVICE(service_id), language)


def topics_of_article(article_id: int, language: str) -> list[TopicCard]:
    """The situations an answer belongs to."""
    return _cards(_OF_ARTICLE(article_id), language)


def topic_named(slug: str, language: str) -> TopicCard | None:
    """The published topic known by `slug` in any language."""
    rows = _NAMED(slug)[:1]
    card = next(iter(_cards(rows, language)), None)
    return card and replace(card, alternates=alternates("pages:topic", rows[0]))


def topic_with(pk: int, language: str) -> TopicCard | None:
    """The published topic with this key."""
    return next(iter(_cards(_WITH(pk), language)), None)


def services_by_topic() -> dict[int, list[int]]:
    """Keys of services by the key of their topic: one query."""
    found: dict[int, list[int]] = defaultdict(list)
    for row in _SERVICES():
        found[row["topic_id"]].append(row["service_id"])
    return found


def articles_by_topic() -> dict[int, list[int]]:
    """Keys of articles by the key of their topic: one query."""
    found: dict[int, list[int]] = defaultdict(list)
    for row in _ARTICLES():
        found[row["topic_id"]].append(row["article_id"])
    return found
