"""The site map for people, `/sitemap.xml` for machines and `/robots.txt`: all from one registry of public pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _

from charter.models import Institution, Service
from kb.models import Article, Topic
from portal.core import sitemap, translations
from portal.core.addresses import alternates, page_address
from portal.core.caching import public_page
from portal.core.languages import LANGUAGES, Localised, current
from portal.core.sitemap import Entry, Section
from portal.instruments import selectors as instruments
from portal.instruments.models import Purpose
from portal.pages.checks.finding import address_of
from portal.pages.models import EasyPage, InformationPage, NewsItem
from portal.pages.roles import ROLES

_MAIN: tuple[tuple[str, Any], ...] = (
    ("pages:home", _("First page")),
    ("pages:services", _("Services")),
    ("pages:may_get", _("What may I get?")),
    ("pages:checks", _("Needs check")),
    ("kb:articles", _("Answers")),
    ("pages:institutions", _("Institutions")),
    ("charter:charter", _("Our promises")),
    ("charter:performance", _("How we keep our promises")),
    ("pages:news", _("News")),
)


def _main(language: str) -> Iterator[Entry]:
    for name, label in (*_MAIN, *((role.route, role.label) for role in ROLES.values())):
        try:
            urls = {code: page_address(name, code) for code in LANGUAGES}
        except NoReverseMatch:
            continue
        yield Entry(Localised(str(label), language), urls)


def _of_model(model: type[Model], title: str, word: str, route: str, *, order: str = "pk") -> sitemap.Entries:
    """Live rows with an address word, by their address in each language. One query."""

    def entries(language: str) -> Iterator[Entry]:
        rows = translations.rows(model).filter(live=True).order_by(order)
        for row in rows.values(*translations.columns_of((title, word)), "last_published_at"):
            urls = alternates(route, row, field=word)
            if all(urls.values()):
                yield Entry(translations.text(row, title, language), urls, _day(row["last_published_at"]))

    return entries


def _instruments(language: str) -> Iterator[Entry]:
    for card in instruments.published(language, Purpose.SITUATION, Purpose.CHECK):
        yield Entry(card.title, {code: address_of(card, code) for code in LANGUAGES})


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


def _information(language: str) -> Iterable[Entry]:
    return _of_model(InformationPage, "heading", "word", "pages:information")(language)


for _number, _section in enumerate(
    (
        Section("main", _("Main pages"), _main),
        Section("information", _("Information"), _information),
        Section("easy", _("Easy to read"), _of_model(EasyPage, "heading", "word", "pages:easy", order="path")),
        Section("topics", _("What has happened?"), _of_model(Topic, "name", "slug", "pages:topic", order="order")),
        Section("instruments", _("What may I get?"), _instruments),
        Section("services", _("Services"), _of_model(Service, "name", "slug", "pages:service", order="code")),
        Section(
            "institutions",
            _("Institutions"),
            _of_model(Institution, "name", "slug", "pages:institution", order="order"),
        ),
        Section("articles", _("Answers"), _of_model(Article, "title", "slug", "kb:article", order="code")),
        Section("news", _("News"), _of_model(NewsItem, "heading", "word", "pages:news_item", order="-day")),
    )
):
    sitemap.register(Section(_section.name, _section.label, _section.entries, 10 + 10 * _number))


@public_page()
def page(request: HttpRequest) -> HttpResponse:
    """The site map for people."""
    language = current()
    parts = [
        (section.name, section.label, [(entry.title, entry.urls[language]) for entry in section.entries(language)])
        for section in sitemap.sections()
    ]
    return render(request, "pages/site_map.html", {"parts": [part for part in parts if part[2]]})


@public_page()
def xml(request: HttpRequest) -> HttpResponse:
    """Every public page once a language, each with its sisters in the other languages."""
    entries = [entry for section in sitemap.sections() for entry in section.entries(LANGUAGES[0])]
    context = {"entries": entries, "site": settings.SITE_URL}
    return render(request, "pages/sitemap.xml", context, content_type="application/xml; charset=utf-8")


@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    """Staff screens and what is personal are none of a search engine's business; everything else is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in ("/cms/", "/account/", "/api/", "/desk/"))]
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
