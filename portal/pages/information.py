"""Information pages and news: our own addresses, texts from the editors, parts the product adds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString

from portal.core import offers, storage
from portal.core.addresses import redirected
from portal.core.caching import public_page
from portal.core.languages import Localised, current
from portal.pages import contacts, easy, reference, texts
from portal.pages.models import InformationPage, NewsItem, NewsList
from portal.pages.roles import ROLES
from portal.pages.texts import PageText

NEWS_SHOWN = 50


def _more_for_contacts(language: str) -> dict[str, Any]:
    return {
        "institutions": contacts.institutions(language),
        "week": contacts.week(language),
        "section": "pages:contacts",
    }


def _more_for_privacy(language: str) -> dict[str, Any]:
    return {"kept": storage.table()}


def _more_for_easy(language: str) -> dict[str, Any]:
    return {"easy": easy.cards(language)}


def _more_for_open_data(language: str) -> dict[str, Any]:
    return {"offers": offers.table(language), "licence": settings.OPEN_DATA_LICENCE}


def _more_for_reference(language: str) -> dict[str, Any]:
    return {"bases": reference.bases(language)}


MORE: dict[str, Callable[[str], dict[str, Any]]] = {
    "contacts": _more_for_contacts,
    "easy-to-read": _more_for_easy,
    "open-data": _more_for_open_data,
    "privacy": _more_for_privacy,
    "reference": _more_for_reference,
}
TEMPLATES = {
    "contacts": "pages/contacts.html",
    "easy-to-read": "pages/easy_list.html",
    "open-data": "pages/open_data.html",
    "privacy": "pages/privacy.html",
    "reference": "pages/reference.html",
}


def _unwritten(role: str, language: str) -> PageText:
    """A page nobody has written yet says so and still has its heading and what the product adds."""
    nothing = Localised("", language)
    return PageText(Localised(str(ROLES[role].label), language), nothing, SafeString(""), nothing)


def role_page(role: str) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view of one page that every portal has."""

    @public_page()
    def view(request: HttpRequest) -> HttpResponse:
        language = current()
        return _answer(request, texts.by_role(role, language) or _unwritten(role, language), role)

    return view


def _answer(request: HttpRequest, text: PageText, role: str | None) -> HttpResponse:
    request.alternates = text.urls  # type: ignore[attr-defined]
    more = MORE[role](current()) if role in MORE else {}
    template = TEMPLATES.get(role or "", "pages/information.html")
    return render(request, template, {"page": text, **more})


@public_page()
def information(request: HttpRequest, word: str) -> HttpResponse:
    """A page editors added. Reached by another language's word, it leads to its own address."""
    return _found(request, texts.by_word(word, current()))


@public_page()
def news(request: HttpRequest) -> HttpResponse:
    language = current()
    text = texts.news_list(language)
    return render(request, "pages/news.html", {"page": text, "news": texts.news(language, limit=NEWS_SHOWN)})


@public_page()
def news_item(request: HttpRequest, word: str) -> HttpResponse:
    return _found(request, texts.news_item(word, current()))


def _found(request: HttpRequest, text: PageText | None) -> HttpResponse:
    if text is None:
        raise Http404
    return redirected(request, text.urls) or _answer(request, text, None)


def preview(request: HttpRequest, page: InformationPage | NewsItem, language: str) -> HttpResponse:
    """What an editor is writing, as a resident would see it."""
    text = texts.of(vars(page), language, page.SOURCE_FIELDS)
    return _answer(request, text, getattr(page, "role", None))


def preview_list(request: HttpRequest, page: NewsList, language: str) -> HttpResponse:
    text = texts.of(vars(page), language, page.SOURCE_FIELDS)
    return render(request, "pages/news.html", {"page": text, "news": texts.news(language, limit=NEWS_SHOWN)})
