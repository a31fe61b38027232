"""Easy-to-read pages: their list, and one in short lines with a drawing for each part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core import translations
from portal.core.addresses import address, alternates, page_address, redirected, under
from portal.core.caching import public_page
from portal.core.compiled import compiled
from portal.core.languages import Localised, current
from portal.core.readable import Readable
from portal.core.references import References
from portal.pages.models import EasyPage
from portal.pages.models.easy import PARTS
from portal.pages.texts import plain

LABELS = {
    "introduction": gettext_lazy("What it is"),
    "who": gettext_lazy("Who it is for"),
    "steps": gettext_lazy("What to do"),
    "bring": gettext_lazy("What to take along"),
    "money": gettext_lazy("Money"),
    "time": gettext_lazy("How long it takes"),
}
ICONS = {"introduction": "info", "who": "people", "steps": "steps", "bring": "doc", "money": "euro", "time": "clock"}
_SERVICE = translations.columns_of(("name", "slug"), prefix="service__")
_PAGE = (*translations.columns_of(("heading", "word", "meta_description", *PARTS)), "read_on", "last_published_at")
_MORE = (*_SERVICE, "service__live", "service__code", "service__is_sensitive")


@dataclass(frozen=True, slots=True)
class Part(Readable):
    """One part of a page: its heading, its drawing and its sentences."""

    label: str
    icon: str
    lines: list[SafeString]


@dataclass(frozen=True, slots=True)
class EasyText(Readable):
    """One easy-to-read page. `service_url` is empty where the service is not public."""

    heading: Localised
    description: Localised
    parts: list[Part]
    read_on: dt.date | None
    is_outdated: bool
    service: Localised
    service_url: str
    service_code: str
    is_sensitive: bool
    urls: dict[str, str]


@dataclass(frozen=True, slots=True)
class EasyCard(Readable):
    """An easy-to-read page in the list."""

    heading: Localised
    first: Localised
    url: str


@compiled
def _all() -> QuerySet[Any, Any]:
    heads = translations.columns_of(("heading", "introduction", "word"))
    return plain(EasyPage).order_by("path").values(*heads)


_NAMED = compiled(lambda word: plain(EasyPage).filter(under(word, field="word")).order_by("pk").values(*_PAGE, *_MORE))


def cards(language: str) -> list[EasyCard]:
    """Every easy-to-read page, in the order of the editors' tree."""
    return [_card(row, language) for row in _all()]


def _card(row: Mapping[str, Any], language: str) -> EasyCard:
    lines = translations.text(row, "introduction", language)
    first = Localised(lines.text.partition("\n")[0], lines.language, lines.is_fallback)
    url = address("pages:easy", row, language, field="word")
    return EasyCard(translations.text(row, "heading", language), first, url)


def text_of(row: Mapping[str, Any], language: str) -> EasyText:
    """One page from a row of the database, or from what an editor is just writing."""
    said = {name: translations.text(row, name, language) for name in ("heading", "meta_description", *PARTS)}
    found = References.of(said[name] for name in PARTS)
    is_public = bool(row.get("service__live"))
    none = Localised("", language)
    return EasyText(
        heading=said["heading"],
        description=said["meta_description"],
        parts=[
            Part(str(LABELS[name]), ICONS[name], _lines(said[name], found)) for name in PARTS if said[name].text.strip()
        ],
        read_on=row.get("read_on"),
        is_outdated=translations.is_outdated(row, EasyPage.SOURCE_FIELDS, language),
        service=translations.text(row, "name", language, prefix="service__") if is_public else none,
        service_url=address("pages:service", row, language, prefix="service__") if is_public else "",
        service_code=row.get("service__code") or "",
        is_sensitive=bool(row.get("service__is_sensitive")),
        urls=alternates("pages:easy", row, field="word"),
    )


def _lines(text: Localised, found: References) -> list[SafeString]:
    """Sentences with their phones and sums; in another language than the page they carry its `lang`."""
    lines = (found.html(escape(line.strip()), text.language) for line in text.text.splitlines() if line.strip())
    if text.is_fallback:
        lines = (f'<span lang="{text.language}">{line}</span>' for line in lines)
    return [mark_safe(line) for line in lines]  # noqa: S308  (escaped above; what is put in is escaped too)


@public_page()
def page(request: HttpRequest, word: str) -> HttpResponse:
    """One page; another language's word in the address leads to the right one."""
    row = next(iter(_NAMED(word)), None)
    if row is None:
        raise Http404(word)
    text = text_of(row, current())
    return redirected(request, text.urls) or _answer(request, text)


def preview(request: HttpRequest, page: EasyPage, language: str) -> HttpResponse:
    """What an editor is writing, as a resident would see it."""
    return _answer(request, text_of(vars(page), language))


def _answer(request: HttpRequest, text: EasyText) -> HttpResponse:
    request.alternates = text.urls  # type: ignore[attr-defined]
    crumbs = [(page_address("pages:easy_to_read", current()), _("Easy to read"))]
    query = f"?service={text.service_code}" if text.service_code else ""
    return render(request, "pages/easy.html", {"page": text, "crumbs": crumbs, "write_query": query})
