"""Answers as people find and read them. `findable_articles` is the one door: what it leaves out, nobody sees."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from kb.models import Article, ArticleState, MovedAddress
from portal.core import rich_text
from portal.core.addresses import address, alternates, under
from portal.core.compiled import compiled
from portal.core.languages import Localised
from portal.core.readable import Readable
from portal.core.references import References
from portal.core.translations import columns_of, is_outdated, text
from portal.core.translations import rows as plain

_CARD = ("id", "code", *columns_of(("title", "slug")))
_PAGE = (
    "id",
    "code",
    "is_sensitive",
    "stage",
    *columns_of(("title", "slug", "short_answer", "body")),
    "live_revision_id",
    "review_on",
    "checked_on",
    "sources",
    "unconfirmed",
    *columns_of(("name",), prefix="office__"),
)


class Reader(enum.StrEnum):
    """For whom something is looked up. Staff see drafts and the notes for consultants."""

    RESIDENT = "resident"
    STAFF = "staff"


def findable_articles(reader: Reader) -> QuerySet[Article]:
    """Articles `reader` may come upon: a resident only what is published."""
    articles = plain(Article)
    return articles if reader == Reader.STAFF else articles.filter(live=True)


def is_findable(article: Article, reader: Reader) -> bool:
    """The same rule for an article at hand."""
    return bool(article.live) or reader == Reader.STAFF


@dataclass(frozen=True, slots=True)
class ArticleCard(Readable):
    """An article in a list."""

    id: int
    code: str
    url: str
    title: Localised


@dataclass(frozen=True, slots=True)
class ArticlePage(Readable):
    """What residents read of an article; the note for consultants and the phone form are not in it."""

    id: int
    code: str
    alternates: Mapping[str, str]
    title: Localised
    short_answer: Localised
    body: SafeString
    is_sensitive: bool
    is_outdated: bool
    is_unsure: bool
    is_being_checked: bool
    version: int | None
    checked_on: dt.date | None
    checked_by: Localised
    review_on: dt.date | None
    sources: tuple[Mapping[str, str], ...]
    sums_of: tuple[int, ...]

    def url(self, language: str) -> str:
        return self.alternates[language]


def _public() -> QuerySet[Any]:
    return findable_articles(Reader.RESIDENT)


_ALL = compiled(lambda: _public().order_by("code").values(*_CARD))
_OF_SERVICE = compiled(lambda pk: _public().filter(services=pk).order_by("code").values(*_CARD))
_OF_INSTITUTION = compiled(lambda pk: _public().filter(institutions=pk).order_by("code").values(*_CARD))
_OF_TOPIC = compiled(lambda pk: _public().filter(topics=pk).order_by("code").values(*_CARD))
_CODES = compiled(lambda codes: _public().filter(code__in=codes).values(*_CARD))
_RELATED_BY_SERVICE = compiled(
    lambda pk: (
        _public()
        .filter(services__in=plain(Article.services.through).filter(article=pk).values("service"))
        .exclude(pk=pk)
        .order_by("code")
        .values(*_CARD)
        .distinct()
    )
)
_NAMED = compiled(lambda slug: _public().filter(under(slug)).order_by("pk").values(*_PAGE))
_WITH = compiled(lambda pk: _public().filter(pk=pk).values(*_PAGE))
_MOVED = compiled(
    lambda slug: (
        plain(MovedAddress).filter(slug=slug, article__live=True).values(*columns_of(("slug",), prefix="article__"))
    )
)
_CODED = compiled(lambda code: _public().filter(code=code).values(*_PAGE))


def _card(row: Mapping[str, Any], language: str) -> ArticleCard:
    return ArticleCard(
        id=row["id"],
        code=row["code"],
        url=address("kb:article", row, language),
        title=text(row, "title", language),
    )


def all_articles(language: str) -> list[ArticleCard]:
    """Every published answer."""
    return [_card(row, language) for row in _ALL()]


def articles_of_service(service_id: int, language: str, *, limit: int = 6) -> list[ArticleCard]:
    """What people ask about a service."""
    return [_card(row, language) for row in _OF_SERVICE(service_id)[:limit]]


def articles_of_institution(institution_id: int, language: str, *, limit: int = 6) -> list[ArticleCard]:
    """What people ask about an institution."""
    return [_card(row, language) for row in _OF_INSTITUTION(institution_id)[:limit]]


def cards_of(codes: Collection[str], language: str) -> list[ArticleCard]:
    """The published ones among these, in no order."""
    return [_card(row, language) for row in _CODES(sorted(codes))] if codes else []


def related_to(article_id: int, language: str, *, limit: int = 5) -> list[ArticleCard]:
    """What people ask about the same services."""
    return [_card(row, language) for row in _RELATED_BY_SERVICE(article_id)[:limit]]


def articles_of_topic(topic_id: int, language: str) -> list[ArticleCard]:
    """What people ask in a situation."""
    return [_card(row, language) for row in _OF_TOPIC(topic_id)]


def article_named(slug: str, language: str) -> ArticlePage | None:
    """The published article known by `slug` in any language."""
    return _page_of(next(iter(_NAMED(slug)), None), language)


def article_with(pk: int, language: str) -> ArticlePage | None:
    """The published article with this key."""
    return _page_of(next(iter(_WITH(pk)), None), language)


def article_for_sending(code: str, language: str) -> ArticlePage | None:
    """The published article that a consultant sends: its public part in the resident's language, with its version."""
    return _page_of(next(iter(_CODED(code)), None), language)


@dataclass(frozen=True, slots=True)
class Faces(Readable):
    """What only staff see of an article: the note for the desk and the words for the phone."""

    note: SafeString
    phone: Localised


def faces_of(pk: int, language: str) -> Faces:
    """The consultant's and the caller's face of one record, as it stands in the database."""
    row = plain(Article).filter(pk=pk).values(*columns_of(("internal_note", "phone_form"))).get()
    note, phone = text(row, "internal_note", language), text(row, "phone_form", language)
    found = References.of((note, phone))
    return Faces(note=rich_text.shown(note, found), phone=found.fill(phone))


def moved_to(slug: str, language: str) -> str:
    """Where the article that once was known by `slug` is read now; empty when none was or it is not public."""
    row = next(iter(_MOVED(slug)), None)
    return address("kb:article", row, language, prefix="article__") if row else ""


def _page_of(row: Mapping[str, Any] | None, language: str) -> ArticlePage | None:
    if row is None:
        return None
    answer, body = text(row, "short_answer", language), text(row, "body", language)
    found = References.of((answer, body))
    return ArticlePage(
        id=row["id"],
        code=row["code"],
        alternates=alternates("kb:article", row),
        title=text(row, "title", language),
        short_answer=found.fill(answer),
        body=rich_text.shown(body, found),
        is_sensitive=row["is_sensitive"],
        is_outdated=is_outdated(row, Article.SOURCE_FIELDS, language),
        is_unsure=bool(row["unconfirmed"]),
        is_being_checked=row["stage"] == ArticleState.OUTDATED,
        version=row["live_revision_id"],
        checked_on=row["checked_on"],
        checked_by=text(row, "name", language, prefix="office__"),
        review_on=row["review_on"],
        sources=tuple(row["sources"]),
        sums_of=tuple(found.years),
    )
