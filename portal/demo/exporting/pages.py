"""Wagtail's pages as pages.yaml and easy.yaml."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from charter.models import Municipality
from portal.core.languages import DEFAULT, LANGUAGES, column
from portal.demo.exporting.texts import Said
from portal.demo.pages import _HOME
from portal.pages.models import EasyPage, HomePage, InformationPage, NewsItem
from portal.pages.models.easy import PARTS
from portal.pages.roles import ROLES

Entry = dict[str, Any]


def page_entry(city: Municipality | None) -> Entry:
    """The first page, information pages, news and the urgent notice."""
    found: Entry = {}
    home = HomePage.objects.first()
    if home is not None:
        found["home"] = _home(home)
    for role in ROLES:
        page = InformationPage.objects.filter(role=role, live=True).first()
        if page is not None:
            said = Said(page)
            texts = said.texts(("heading", "meta_description", "introduction", "body"), called={"heading": "title"})
            found[role] = {**texts, **said.left_out()}
    found["news"] = [_news(page) for page in NewsItem.objects.filter(live=True).order_by("-day", "pk")]
    found["alert"] = _alert(city) if city is not None else None
    return found


def _home(home: Any) -> Entry:
    said = Said(home)
    lines = {code: (getattr(home, column("popular_searches", code)) or "").splitlines() for code in LANGUAGES}
    searches = [
        {code: lines[code][at] for code in LANGUAGES} for at in range(min(len(found) for found in lines.values()))
    ]
    texts = said.texts((*_HOME, "body"), called={"body": "closing_text"})
    return {**texts, "popular_searches": searches, **said.left_out()}


def _news(page: Any) -> Entry:
    said = Said(page)
    texts = said.texts(("heading", "introduction"), called={"heading": "title", "introduction": "text"})
    return {
        "code": getattr(page, column("word", DEFAULT)),
        "date": page.day,
        **texts,
        "sources": page.sources,
        **said.left_out(),
    }


def _alert(city: Municipality) -> Entry | None:
    text = Said(city).text("alert")
    if text is None:
        return None
    moments = {"from": city.alert_from, "until": city.alert_until}
    return {"text": text} | {
        name: f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" for name, moment in moments.items() if moment
    }


def easy_list() -> list[Entry]:
    """Easy-to-read pages."""
    found = []
    for page in EasyPage.objects.filter(live=True).select_related("service").order_by("pk"):
        if page.service is not None:
            said = Said(page)
            texts = said.texts(("word", "heading", *PARTS), called={"heading": "title"})
            found.append({"service": page.service.code, **texts, **said.left_out()})
    return found
