"""Texts of information pages and news, read as plain rows: only what is live, only in declared languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from wagtail.models import Page

from portal.core import references, rich_text, translations
from portal.core.addresses import address, alternates, page_address, under
from portal.core.compiled import compiled
from portal.core.languages import DEFAULT, LANGUAGES, Localised, column
from portal.core.readable import Readable
from portal.pages.models import HomePage, InformationPage, NewsItem, NewsList
from portal.pages.roles import ROLES

_TEXTS = ("heading", "introduction", "body", "meta_description")
_HOME = (
    *_TEXTS,
    "search_label",
    "search_example",
    "popular_searches",
    "person_heading",
    "closing_heading",
)


@dataclass(frozen=True, slots=True)
class PageText(Readable):
    """One page in the reader's language; `is_outdated`: the source has changed since it was translated."""

    heading: Localised
    introduction: Localised
    body: SafeString
    description: Localised
    is_outdated: bool = False
    day: dt.date | None = None
    updated_on: dt.date | None = None
    sources: list[dict[str, str]] = field(default_factory=list)
    urls: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HomeText(Readable):
    """The words of the first page."""

    heading: Localised
    introduction: Localised
    description: Localised
    search_label: Localised
    search_example: Localised
    popular_searches: list[str]
    person_heading: Localised
    closing_heading: Localised
    closing: SafeString


@dataclass(frozen=True, slots=True)
class NewsHead(Readable):
    """A piece of news in a list."""

    heading: Localised
    introduction: Localised
    day: dt.date
    url: str


def plain(model: type[Page]) -> QuerySet[Any]:
    """Live rows of a kind of page."""
    return translations.rows(model).filter(live=True)


_INFORMATION = (*translations.columns_of((*_TEXTS, "word")), "last_published_at", "role")


@compiled
def _home_rows() -> QuerySet[Any, Any]:
    return plain(HomePage).order_by("pk").values(*translations.columns_of(_HOME))[:1]


@compiled
def _role_rows(role: str) -> QuerySet[Any, Any]:
    return plain(InformationPage).filter(role=role).values(*_INFORMATION)[:1]


@compiled
def _news_list_rows() -> QuerySet[Any, Any]:
    return plain(NewsList).order_by("pk").values(*translations.columns_of(_TEXTS), "last_published_at")[:1]


@compiled
def _news_rows(*, limit: int) -> QuerySet[Any, Any]:
    columns = (*translations.columns_of(("heading", "introduction", "word")), "day")
    return plain(NewsItem).order_by("-day", "-pk").values(*columns)[:limit]


def home(language: str) -> HomeText | None:
    """The published words of the first page; None where nobody has written any yet."""
    row = next(iter(_home_rows()), None)
    return None if row is None else home_of(row, language)


def home_of(row: Mapping[str, Any], language: str) -> HomeText:
    text = {name: translations.text(row, name, language) for name in _HOME}
    searches = text["popular_searches"]
    return HomeText(
        heading=text["heading"],
        introduction=text["introduction"],
        description=text["meta_description"],
        search_label=text["search_label"],
        search_example=text["search_example"],
        popular_searches=[] if searches.is_fallback else searches.text.splitlines(),
        person_heading=text["person_heading"],
        closing_heading=text["closing_heading"],
        closing=rich_text.show([text["body"]])[0],
    )


def by_role(role: str, language: str) -> PageText | None:
    """The published page with a role; None where nobody has written it yet."""
    row = next(iter(_role_rows(role)), None)
    return None if row is None else of(row, language, InformationPage.SOURCE_FIELDS)


def by_word(word: str, language: str) -> PageText | None:
    """The published page that has this address word in any language."""
    row = plain(InformationPage).filter(under(word, field="word")).values(*_INFORMATION).first()
    return None if row is None else of(row, language, InformationPage.SOURCE_FIELDS)


def news_list(language: str) -> PageText | None:
    row = next(iter(_news_list_rows()), None)
    return None if row is None else of(row, language, NewsList.SOURCE_FIELDS)


def news(language: str, *, limit: int) -> list[NewsHead]:
    """The newest news; phones and sums of all of them looked up together."""
    rows = _news_rows(limit=limit)
    said = references.fill([translations.text(row, "introduction", language) for row in rows])
    return [
        NewsHead(
            translations.text(row, "heading", language),
            words,
            row["day"],
            address("pages:news_item", row, language, field="word"),
        )
        for row, words in zip(rows, said, strict=True)
    ]


def news_item(word: str, language: str) -> PageText | None:
    """A published piece of news by its address word in any language."""
    rows = plain(NewsItem).filter(under(word, field="word"))
    row = rows.values(*translations.columns_of((*_TEXTS, "word")), "last_published_at", "day", "sources").first()
    return None if row is None else of(row, language, NewsItem.SOURCE_FIELDS)


def of(row: Mapping[str, Any], language: str, source_fields: tuple[str, ...]) -> PageText:
    """The text of one row – of the database, or of what an editor is just writing."""
    heading, introduction, body, description = (translations.text(row, name, language) for name in _TEXTS)
    published = row.get("last_published_at")
    return PageText(
        heading=heading,
        introduction=references.fill([introduction])[0],
        body=rich_text.show([body])[0],
        description=description,
        is_outdated=translations.is_outdated(row, source_fields, language),
        day=row.get("day"),
        updated_on=published.date() if published else None,
        sources=row.get("sources") or [],
        urls=_urls(row),
    )


def _urls(row: Mapping[str, Any]) -> dict[str, str]:
    """Addresses of the same page in each language."""
    if row.get("role"):
        return {code: page_address(ROLES[row["role"]].route, code) for code in LANGUAGES}
    if column("word", DEFAULT) not in row:
        return {}
    return alternates("pages:news_item" if "day" in row else "pages:information", row, field="word")
