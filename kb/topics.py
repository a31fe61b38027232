"""Topics: situations in life, with the services and answers that belong to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from kb.models import Article, Topic
from portal.core.addresses import address, alternates, under
from portal.core.languages import Localised
from portal.core.translations import columns_of, text

_CARD = ("id", "code", "icon", *columns_of(("name", "slug", "description")))


@dataclass(frozen=True, slots=True)
class TopicCard:
    """A situation in a list."""

    id: int
    code: str
    url: str
    icon: str
    name: Localised
    description: Localised
    alternates: Mapping[str, str]


def topic_cards(topics: QuerySet[Topic], language: str) -> list[TopicCard]:
    """These topics for a list, in their order: one query."""
    return [
        TopicCard(
            id=row["id"],
            code=row["code"],
            url=address("pages:topic", row, language),
            icon=row["icon"],
            name=text(row, "name", language),
            description=text(row, "description", language),
            alternates=alternates("pages:topic", row),
        )
        for row in topics.order_by("order", "code").values(*_CARD)
    ]


def published_topics() -> QuerySet[Topic]:
    """Topics that residents may see."""
    return Topic.objects.filter(live=True)


def topics_of_service(service_id: int, language: str) -> list[TopicCard]:
    """The situations in which a service helps."""
    return topic_cards(published_topics().filter(services=service_id), language)


def topics_of_article(article_id: int, language: str) -> list[TopicCard]:
    """The situations an answer belongs to."""
    return topic_cards(published_topics().filter(articles=article_id), language)


def topic_named(slug: str, language: str) -> TopicCard | None:
    """The published topic known by `slug` in any language."""
    return next(iter(topic_cards(published_topics().filter(under(slug)), language)), None)


def services_by_topic() -> dict[int, list[int]]:
    """Keys of services by the key of their topic: one query."""
    found: dict[int, list[int]] = defaultdict(list)
    pairs = Topic.services.through._default_manager.order_by("pk").values_list("topic_id", "service_id")
    for topic, service in pairs:
        found[topic].append(service)
    return found


def articles_by_topic() -> dict[int, list[int]]:
    """Keys of articles by the key of their topic: one query."""
    found: dict[int, list[int]] = defaultdict(list)
    pairs = Article.topics.through._default_manager.order_by("article__code").values_list("topic_id", "article_id")
    for topic, article in pairs:
        found[topic].append(article)
    return found
