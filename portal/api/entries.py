"""Services, institutions and articles for programs: only what the public may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from charter.catalogue import published_services
from charter.models import Institution, Service
from charter.offices import published_institutions
from kb.models import Article
from kb.selectors import Reader, findable_articles
from portal.api.reading import Fields, urls_of
from portal.api.schemas import sources_of
from portal.core.translations import columns_of

MOST_SERVICES = 3
_SOURCED = ("confidence", "checked_on", "unconfirmed", "sources")
_SERVICE = Fields(
    ("name", "summary", "fact", "documents", "price_headline", "term_headline"), rich=("who", "how", "price", "term")
)
_INSTITUTION = Fields(("name", "short_name", "hours", "phone_note"), rich=("does", "serves"))
_ARTICLE = Fields(("title", "short_answer"), rich=("body",))
Entries = list[dict[str, Any]]


def services() -> QuerySet[Service]:
    return published_services().order_by("code")


def institutions() -> QuerySet[Institution]:
    return published_institutions().order_by("order", "code")


def articles() -> QuerySet[Article]:
    return findable_articles(Reader.RESIDENT).order_by("code")


def services_of(chosen: QuerySet[Service]) -> Entries:
    """These services: one query, one for their promises, and one a kind for what their texts name."""
    columns = ("pk", "code", "group", "provider__code", *_SOURCED, *columns_of((*_SERVICE.all, "slug")))
    rows = list(chosen.values(*columns))
    promises = _codes(Service.commitments.through, "service_id", "commitment__code", rows)
    return [
        {
            **_common(row, "pages:service"),
            **texts,
            "id": row["code"],
            "group": row["group"],
            "provider": row["provider__code"],
            "commitments": promises[row["pk"]],
            "confidence": row["confidence"],
            "unconfirmed": [str(name) for name in row["unconfirmed"]],
        }
        for row, texts in zip(rows, _SERVICE.read(rows), strict=True)
    ]


def institutions_of(chosen: QuerySet[Institution]) -> Entries:
    """These institutions: one query, and one a kind for what their texts name."""
    plain = ("phone", "phone_as_of", "address", "email", "website", "confidence")
    rows = list(chosen.values("code", *plain, *_SOURCED, *columns_of((*_INSTITUTION.all, "slug"))))
    return [
        {
            **_common(row, "pages:institution"),
            **texts,
            **{name: row[name] for name in plain},
            "id": row["code"],
            "unconfirmed": [str(name) for name in row["unconfirmed"]],
        }
        for row, texts in zip(rows, _INSTITUTION.read(rows), strict=True)
    ]


def articles_of(chosen: QuerySet[Article]) -> Entries:
    """These articles without what is for consultants; with three services at most."""
    rows = list(chosen.values("pk", "code", "checked_on", "sources", *columns_of((*_ARTICLE.all, "slug"))))
    of_services = _codes(Article.services.through, "article_id", "service__code", rows, service__live=True)
    of_topics = _codes(Article.topics.through, "article_id", "topic__code", rows, topic__live=True)
    of_institutions = _codes(
        Article.institutions.through, "article_id", "institution__code", rows, institution__live=True
    )
    return [
        {
            **_common(row, "kb:article"),
            **texts,
            "services": of_services[row["pk"]][:MOST_SERVICES],
            "topics": of_topics[row["pk"]],
            "institutions": of_institutions[row["pk"]],
        }
        for row, texts in zip(rows, _ARTICLE.read(rows), strict=True)
    ]


def _common(row: Mapping[str, Any], route: str) -> dict[str, Any]:
    return {
        "code": row["code"],
        "urls": urls_of(route, row),
        "checked_on": row["checked_on"],
        "sources": sources_of(row["sources"]),
    }


def _codes(through: Any, key: str, code: str, rows: Iterable[Mapping[str, Any]], **which: Any) -> dict[int, list[str]]:
    """Codes at the other end of a many-to-many, by the key at this end: one query."""
    found: dict[int, list[str]] = defaultdict(list)
    pairs = through._default_manager.filter(**{f"{key}__in": [row["pk"] for row in rows]}, **which)
    for this, other in pairs.order_by("pk").values_list(key, code):
        found[this].append(other)
    return found
