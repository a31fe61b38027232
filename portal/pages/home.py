"""The first page: search first, then a person, situations, services, promises, institutions, news."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from charter.models import Institution, Service
from kb.models import Topic
from portal.core import references, translations
from portal.core.caching import public_page
from portal.core.languages import Localised, current
from portal.core.routes import entry_url
from portal.pages import texts
from portal.pages.models import HomePage
from portal.pages.texts import HomeText

NEWS_SHOWN = 3
POPULAR_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: a name that leads somewhere, and one fact."""

    name: Localised
    fact: Localised
    url: str
    icon: str = ""


def _items(rows: QuerySet[Any], name: str, fact: str, route: str, *also: str) -> list[Item]:
    language = current()
    found = list(rows.filter(live=True).values(*translations.columns_of((name, fact, "slug")), *also))
    facts = references.fill([translations.text(row, fact, language) for row in found])
    return [
        Item(
            translations.text(row, name, language),
            said,
            entry_url(route, language, translations.text(row, "slug", language).text),
            row.get("icon", ""),
        )
        for row, said in zip(found, facts, strict=True)
    ]


def popular_services() -> list[Item]:
    """What people come for most often, with the fact they compare."""
    rows = translations.rows(Service).filter(popular__isnull=False).order_by("popular")
    return _items(rows, "name", "fact", "pages:service")[:POPULAR_SHOWN]


def topics() -> list[Item]:
    """What may have happened to a person."""
    return _items(translations.rows(Topic).order_by("order", "code"), "name", "description", "pages:topic", "icon")


def institutions() -> list[Item]:
    """Institutions, with whom they serve."""
    return _items(translations.rows(Institution).order_by("order", "code"), "name", "serves", "pages:institution")


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    return answer(request, texts.home(current()))


def answer(request: HttpRequest, text: HomeText | None) -> HttpResponse:
    context = {
        "page": text,
        "services": popular_services(),
        "topics": topics(),
        "institutions": institutions(),
        "news": texts.news(current(), limit=NEWS_SHOWN),
    }
    return render(request, "pages/home.html", context)


def preview(request: HttpRequest, page: HomePage, language: str) -> HttpResponse:
    """What an editor is writing, as a resident would see it."""
    return answer(request, texts.home_of(vars(page), language))
