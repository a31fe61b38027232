"""pages.yaml: the first page, the information pages, the news and the urgent notice – into Wagtail's tree.

Loading twice changes nothing; a page somebody has worked on in the editor is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page, PageLogEntry, Site

from charter.models import Municipality
from portal.core.languages import DEFAULT, LANGUAGES, column
from portal.demo.reading import Entry, Pack
from portal.demo.writing import edited_by_people
from portal.pages.models import HomePage, InformationPage, NewsItem, NewsList
from portal.pages.models.base import PageTexts
from portal.pages.roles import ROLES

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


@transaction.atomic
def load_pages(pack_dir: Path) -> None:
    """Bring every page of the pack into the tree and publish it."""
    pack = Pack(pack_dir)
    if not pack.has("pages.yaml"):
        return
    entry = pack.one("pages.yaml")
    entry.knows("home", *ROLES, "news", "alert")
    home = _home(entry.entry("home"))
    for role in ROLES:
        if role in entry.data:
            _publish(home, InformationPage, {"role": role}, _information(entry.entry(role)))
    news = _publish(home, NewsList, {}, _news_list())
    for item in entry.entries("news"):
        word = item.get("code", str)
        _publish(news, NewsItem, {column("word", DEFAULT): word}, _news_item(item, word))
    _alert(entry)


def _home(entry: Entry) -> Page:
    """The first page, in the place of Wagtail's own welcome."""
    entry.knows("slug", "title", *_HOME, "popular_searches", "closing_text")
    columns = dict(_texts(entry, {name: name for name in _HOME} | {"closing_text": "body"}))
    searches = entry.plain("popular_searches")
    columns |= {column("popular_searches", code): "\n".join(words[code] for words in searches) for code in LANGUAGES}
    root = Page.objects.get(depth=1)
    home = _publish(root, HomePage, {}, columns)
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home, "hostname": "localhost"})
    for welcome in root.get_children().exclude(pk=home.pk):
        if type(welcome.specific) is Page:  # what a new Wagtail brings along; kinds of ours stay
            welcome.delete()
    return home


def _information(entry: Entry) -> Columns:
    entry.knows("slug", "title", "meta_description", "introduction", "body")
    names = {"title": "heading", "introduction": "introduction", "body": "body", "meta_description": "meta_description"}
    return dict(_texts(entry, names))


def _news_list() -> Columns:
    headings = {"lt": "Naujienos", "ru": "Новости", "en": "News", "uk": "Новини"}
    return {column("heading", code): heading for code, heading in headings.items()}


def _news_item(entry: Entry, word: str) -> Columns:
    entry.knows("code", "date", "title", "text", "sources")
    columns = dict(_texts(entry, {"title": "heading", "text": "introduction"}))
    columns |= {column("word", code): word for code in LANGUAGES}
    return columns | {"day": entry.date("date"), "sources": entry.plain("sources")}


def _texts(entry: Entry, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Columns of the texts named in the pack by the left names, in our tables by the right ones."""
    for given, ours in names.items():
        for code, text in entry.may_texts(given).items():
            yield column(ours, code), text


def _publish(parent: Page, model: type[PageTexts], key: Columns, columns: Columns) -> Any:
    """The page with this key, made or brought up to date."""
    page: Any = model._default_manager.filter(**key).first()
    if page is not None and PageLogEntry.objects.filter(page=page.pk, user__isnull=False).exists():
        return page
    if page is None:
        page = model(**{**key, **columns}, source_language=DEFAULT)
        _declare(page)
        parent.add_child(instance=page)
    else:
        before = {name: getattr(page, name) for name in (*columns, "translated_from")}
        for name, value in columns.items():
            setattr(page, name, value)
        _declare(page)
        page.save()
        if page.live and before == {name: getattr(page, name) for name in before}:
            return page
    page.save_revision(log_action=False).publish(skip_permission_checks=True)
    return model._default_manager.get(pk=page.pk)


def _declare(page: PageTexts) -> None:
    """Languages the pack has written say what the source says."""
    page.translated_from = {}
    for code in LANGUAGES:
        if code != page.source_language and getattr(page, column("heading", code)):
            page.declare_translated(code)


def _alert(entry: Entry) -> None:
    """The urgent notice above every page with its hours; null: there is none. What an editor wrote stays."""
    columns: Columns = {column("alert", code): "" for code in LANGUAGES} | {"alert_from": None, "alert_until": None}
    if entry.data.get("alert") is not None:
        notice = entry.entry("alert")
        notice.knows("text", "from", "until")
        columns |= {column("alert", code): text for code, text in notice.texts("text").items()}
        columns |= {f"alert_{name}": notice.moment(name) for name in ("from", "until")}
    city = Municipality.objects.first()
    if city is None or edited_by_people(Municipality, city.pk):
        return
    if any(getattr(city, name) != text for name, text in columns.items()):
        for name, text in columns.items():
            setattr(city, name, text)
        city.save(update_fields=list(columns))
