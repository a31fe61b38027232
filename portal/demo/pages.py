"""pages.yaml and easy.yaml: the first page, information and easy-to-read pages, news, the urgent notice – into
Wagtail's tree.

Everything is read before anything is written. Loading twice changes nothing; a page somebody has worked on in the
editor is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Page, PageLogEntry

from charter.models import Municipality, Service
from portal.core.languages import DEFAULT, LANGUAGES, column
from portal.demo.places import Place
from portal.demo.reading import Entry, Pack, PackError
from portal.demo.writing import edited_by_people
from portal.pages import easy_rules
from portal.pages.first_page import declare, make_first_page
from portal.pages.models import EasyPage, HomePage, InformationPage, NewsItem, NewsList
from portal.pages.models.base import PageTexts
from portal.pages.models.easy import PARTS
from portal.pages.roles import ROLES

FILE, EASY_FILE = "pages.yaml", "easy.yaml"
_HOME = (
    "heading",
    "introduction",
    "meta_description",
    "search_label",
    "search_example",
    "person_heading",
    "closing_heading",
)
Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as the pack wants it. `key`: the columns it is found by; `service`: code of the one it explains."""

    model: type[PageTexts]
    key: Columns
    columns: Columns
    service: str = ""


@dataclass(frozen=True, slots=True)
class Sheets:
    """Every page of the pack, and the columns of the urgent notice."""

    pages: list[Sheet]
    news: list[Sheet]
    alert: Columns


def read(pack: Pack) -> Sheets:
    """Every page; raises PackError at the first that cannot be understood."""
    if not pack.has(FILE):
        return Sheets([], [], {})
    entry = pack.one(FILE)
    entry.knows("home", *ROLES, "news", "alert")
    pages = [_home(entry.entry("home"))]
    pages += [_information(role, entry.entry(role)) for role in ROLES if role in entry.data]
    pages += [_easy(easy) for easy in (pack.many(EASY_FILE) if pack.has(EASY_FILE) else ())]
    return Sheets(pages, [_news_item(item) for item in entry.entries("news")], _alert(entry))


def said(pack: Pack) -> Iterator[tuple[Place, str, str, str]]:
    """Every text of the files with its place, for whoever checks links and sums."""
    for name in (FILE, EASY_FILE):
        if pack.has(name):
            place = pack.place(name)
            yield from _said(place.data, place)


def services_named(pack: Pack) -> Iterator[tuple[Place, str]]:
    """The service each easy-to-read page explains."""
    for entry in pack.many(EASY_FILE) if pack.has(EASY_FILE) else ():
        yield entry.place, entry.get("service", str)


def _said(data: Any, place: Place) -> Iterator[tuple[Place, str, str, str]]:
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, dict) and set(value) <= set(LANGUAGES):
            for language, text in value.items():
                yield place, str(key), language, str(text)
        elif isinstance(value, dict | list):
            yield from _said(value, place.under(str(key), value))


@transaction.atomic
def load_pages(pack: Pack) -> None:
    """Bring every page of the pack into the tree and publish it."""
    sheets = read(pack)
    if not sheets.pages:
        return
    home = make_first_page()
    services = dict(Service.objects.values_list("code", "pk"))
    for sheet in sheets.pages:
        if sheet.service:
            sheet.columns["service_id"] = services[sheet.service]
        _publish(home, sheet)
    news = NewsList.objects.get()
    for sheet in sheets.news:
        _publish(news, sheet)
    city = Municipality.objects.first()
    if city is not None and not edited_by_people(Municipality, city.pk):
        changed = [name for name, value in sheets.alert.items() if getattr(city, name) != value]
        for name in changed:
            setattr(city, name, sheets.alert[name])
        if changed:
            city.save(update_fields=changed)


def _home(entry: Entry) -> Sheet:
    entry.knows("slug", "title", *_HOME, "popular_searches", "closing_text")
    columns = dict(_texts(entry, {name: name for name in _HOME} | {"closing_text": "body"}))
    searches = entry.plain("popular_searches")
    columns |= {column("popular_searches", code): "\n".join(words[code] for words in searches) for code in LANGUAGES}
    return Sheet(HomePage, {}, columns)


def _information(role: str, entry: Entry) -> Sheet:
    entry.knows("slug", "title", "meta_description", "introduction", "body")
    names = {"title": "heading", "introduction": "introduction", "body": "body", "meta_description": "meta_description"}
    return Sheet(InformationPage, {"role": role}, dict(_texts(entry, names)))


def _easy(entry: Entry) -> Sheet:
    """An easy-to-read page; a line that breaks a rule is refused like any other mistake."""
    entry.knows("service", "word", "title", *PARTS)
    texts = dict(_texts(entry, {"title": "heading", "word": "word"} | {part: part for part in PARTS}))
    for part in PARTS:
        for code in LANGUAGES:
            for line, rule in easy_rules.broken(texts[column(part, code)]):
                raise PackError(f"{entry.place.at(part, code, containing=line)}: {rule}: “{line}”")
    return Sheet(EasyPage, {column("word", DEFAULT): texts[column("word", DEFAULT)]}, texts, entry.get("service", str))


def _news_item(entry: Entry) -> Sheet:
    entry.knows("code", "date", "title", "text", "sources")
    columns = dict(_texts(entry, {"title": "heading", "text": "introduction"}))
    columns |= {column("word", code): entry.get("code", str) for code in LANGUAGES}
    columns |= {"day": entry.date("date"), "sources": entry.plain("sources")}
    return Sheet(NewsItem, {column("word", DEFAULT): entry.get("code", str)}, columns)


def _texts(entry: Entry, names: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """Columns of the texts named in the pack by the left names, in our tables by the right ones."""
    for given, ours in names.items():
        for code, text in entry.may_texts(given).items():
            yield column(ours, code), text


def _alert(entry: Entry) -> Columns:
    """The urgent notice above every page with its hours; null: there is none."""
    columns: Columns = {column("alert", code): "" for code in LANGUAGES} | {"alert_from": None, "alert_until": None}
    if entry.data.get("alert") is not None:
        notice = entry.entry("alert")
        notice.knows("text", "from", "until")
        columns |= {column("alert", code): text for code, text in notice.texts("text").items()}
        columns |= {f"alert_{name}": notice.moment(name) for name in ("from", "until")}
    return columns


def _publish(parent: Page, sheet: Sheet) -> None:
    """The page with this key, made or brought up to date."""
    model: Any = sheet.model
    page: Any = model._default_manager.filter(**sheet.key).first()
    if page is not None and PageLogEntry.objects.filter(page=page.pk, user__isnull=False).exists():
        return
    if page is None:
        page = model(**{**sheet.key, **sheet.columns}, source_language=DEFAULT)
        declare(page)
        parent.add_child(instance=page)
    else:
        before = {name: getattr(page, name) for name in (*sheet.columns, "translated_from")}
        for name, value in sheet.columns.items():
            setattr(page, name, value)
        declare(page)
        page.save()
        if page.live and before == {name: getattr(page, name) for name in before}:
            return
    page.save_revision(log_action=False).publish(skip_permission_checks=True)
