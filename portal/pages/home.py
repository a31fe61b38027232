"""The first page: search first, then a person, situations, services, promises, institutions, news."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from charter import catalogue, offices, selectors
from kb import topics
from portal.core.caching import public_page
from portal.core.languages import current
from portal.pages import texts
from portal.pages.models import HomePage
from portal.pages.texts import HomeText

NEWS_SHOWN = 3
POPULAR_SHOWN = 6
PROMISES_SHOWN = 3


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    return _answer(request, texts.home(current()))


def _answer(request: HttpRequest, text: HomeText | None) -> HttpResponse:
    language = current()
    context = {
        "page": text,
        "services": catalogue.popular_services(language, limit=POPULAR_SHOWN),
        "topics": topics.topics_with_services(language),
        "promises": selectors.judged_promises(language, limit=PROMISES_SHOWN),
        "institutions": offices.offices(language),
        "news": texts.news(language, limit=NEWS_SHOWN),
    }
    return render(request, "pages/home.html", context)


def preview(request: HttpRequest, page: HomePage, language: str) -> HttpResponse:
    """What an editor is writing, as a resident would see it."""
    return _answer(request, texts.home_of(vars(page), language))
