"""Services, institutions, topics and articles for programs: only what the public may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from charter.catalogue import published_services
from charter.models import Institution, Service
from charter.offices import published_institutions
from kb.models import Article, Topic
from kb.selectors import Reader, findable_articles
from kb.topics import published_topics
from portal.api.reading import Fields, Row, urls_of
from portal.core.translations import columns_of

MOST_SERVICES = 3
_SOURCED = ("confidence", "checked_on", "unconfirmed", "sources")
_SERVICE = Fields(
    ("name", "summary", "fact", "documents", "price_headline", "term_headline", "steps", "legal_basis"),
    rich=("who", "how", "price", "term"),
    source=Service.SOURCE_FIELDS,
)
_INSTITUTION = Fields(
    ("name", "short_name", "hours", "phone_note"), rich=("does", "serves"), source=Institution.SOURCE_FIELDS
)
_TOPIC = Fields(("name", "description"), source=Topic.SOURCE_FIELDS)
_ARTICLE = Fields(("title", "short_answer"), rich=("body",), source=Article.SOURCE_FIELDS)
_ABOUT_SERVICE = ("group", "spis_code", "is_decided_by_municipality", "is_sensitive", "confidence")
_ABOUT_INSTITUTION = ("phone", "phone_as_of", "address", "email", "website", "hours_as_of", "confidence")
_ABOUT_ARTICLE = ("audience", "is_sensitive", "review_on", "confidence")
Entries = list[dict[str, Any]]


def services() -> QuerySet[Service]:
    return published_services().order_by("code")


def institutions() -> QuerySet[Institution]:
    return published_institutions().order_by("order", "code")


def topics() -> QuerySet[Topic]:
    return published_topics()


def articles() -> QuerySet[Article]:
    return findable_articles(Reader.RESIDENT).order_by("code")


def services_of(chosen: QuerySet[Service], only: str = "") -> Entries:
    """These services: one query, two for promises and topics, and one a kind for what their texts name."""
    columns = ("pk", "code", "provider__code", "provider__live", *_ABOUT_SERVICE, *_SOURCED)
    rows = list(chosen.values(*columns, *columns_of((*_SERVICE.all, "slug"))))
    promises = _codes(Service.commitments.through, "service_id", "commitment__code", rows)
    of_topics = _codes(Topic.services.through, "service_id", "topic__code", rows, topic__live=True)
    return [
        {
            **_common(row, "pages:service"),
            **texts,
            **{name: row[name] for name in _ABOUT_SERVICE},
            "id": row["code"],
            "provider": row["provider__code"] if row["provider__live"] else None,
            "commitments": promises[row["pk"]],
            "topics": of_topics[row["pk"]],
        }
        for row, texts in zip(rows, _SERVICE.read(rows, only), strict=True)
    ]


def institutions_of(chosen: QuerySet[Institution], only: str = "") -> Entries:
    """These institutions: one query, and one a kind for what their texts name."""
    columns = ("code", "other_addresses", *_ABOUT_INSTITUTION, *_SOURCED)
    rows = list(chosen.values(*columns, *columns_of((*_INSTITUTION.all, "slug"))))
    return [
        {
            **_common(row, "pages:institution"),
            **texts,
            **{name: row[name] for name in _ABOUT_INSTITUTION},
            "id": row["code"],
            "other_addresses": [str(place) for place in row["other_addresses"]],
        }
        for row, texts in zip(rows, _INSTITUTION.read(rows, only), strict=True)
    ]


def topics_of(chosen: QuerySet[Topic], only: str = "") -> Entries:
    """These situations with the codes of the services that help in them."""
    rows = list(chosen.values("pk", "code", *columns_of((*_TOPIC.all, "slug"))))
    helps = _codes(Topic.services.through, "topic_id", "service__code", rows, service__live=True)
    return [
        {"code": row["code"], "urls": urls_of("pages:topic", row), **texts, "services": helps[row["pk"]]}
        for row, texts in zip(rows, _TOPIC.read(rows, only), strict=True)
    ]


def articles_of(chosen: QuerySet[Article], only: str = "") -> Entries:
    """These articles without what is for consultants; with three services at most."""
    rows = list(chosen.values("pk", "code", *_ABOUT_ARTICLE, *_SOURCED, *columns_of((*_ARTICLE.all, "slug"))))
    of_services = _codes(Article.services.through, "article_id", "service__code", rows, service__live=True)
    of_topics = _codes(Article.topics.through, "article_id", "topic__code", rows, topic__live=True)
    of_institutions = _codes(
        Article.institutions.through, "article_id", "institution__code", rows, institution__live=True
    )
    return [
        {
            **_common(row, "kb:article"),
            **texts,
            **{name: row[name] for name in _ABOUT_ARTICLE},
            "services": of_services[row["pk"]][:MOST_SERVICES],
            "topics": of_topics[row["pk"]],
            "institutions": of_institutions[row["pk"]],
        }
        for row, texts in zip(rows, _ARTICLE.read(rows, only), strict=True)
    ]


def _common(row: Row, route: str) -> dict[str, Any]:
    return {
        "code": row["code"],
        "urls": urls_of(route, row),
        "checked_on": row["checked_on"],
        "unconfirmed": [str(name) for name in row["unconfirmed"]],
        "sources": sources_of(row["sources"]),
    }


def sources_of(value: Any) -> list[dict[str, str]]:
    """Sources as words only, whatever an editor wrote into the field."""
    given = value if isinstance(value, list) else []
    return [
        {key: str(source.get(key) or "") for key in ("title", "url", "as_of")}
        for source in given
        if isinstance(source, dict)
    ]


def _codes(through: Any, key: str, code: str, rows: Iterable[Mapping[str, Any]], **which: Any) -> dict[int, list[str]]:
    """Codes at the other end of a many-to-many, by the key at this end: one query."""
    found: dict[int, list[str]] = defaultdict(list)
    pairs = through._default_manager.filter(**{f"{key}__in": [row["pk"] for row in rows]}, **which)
    for this, other in pairs.order_by("pk").values_list(key, code):
        found[this].append(other)
    return found
