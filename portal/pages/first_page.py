"""The first page of a new site: without one an editor could add nothing. Made after every migration that finds none."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from wagtail.models import Page, Site

from portal.core import migrating
from portal.core.languages import DEFAULT, LANGUAGES, column
from portal.pages.models import HomePage, NewsList
from portal.pages.models.base import PageTexts

# Written here: the catalogues may not be compiled yet when the tables are made.
_HEADINGS = {"lt": "Kuo galime padėti?", "ru": "Чем вам помочь?", "en": "How can we help?", "uk": "Чим вам допомогти?"}
_NEWS = {"lt": "Naujienos", "ru": "Новости", "en": "News", "uk": "Новини"}


@transaction.atomic
def make_first_page() -> HomePage:
    """The site's first page with its list of news, in the place of Wagtail's own welcome; what there is stays."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.get(depth=1)
        home = _publish(root, HomePage(source_language=DEFAULT), _HEADINGS)
        for welcome in root.get_children().exclude(pk=home.pk):
            if type(welcome.specific) is Page:  # what a new Wagtail brings along; kinds of ours stay
                Site.objects.filter(root_page=welcome).update(root_page=home)
                welcome.delete()
        if not Site.objects.filter(is_default_site=True).exists():
            Site.objects.create(is_default_site=True, root_page=home, hostname="localhost")
    if not NewsList.objects.exists():
        _publish(home, NewsList(source_language=DEFAULT), _NEWS)
    return home


def _publish(parent: Page, page: Any, headings: dict[str, str]) -> Any:
    for code, heading in headings.items():
        setattr(page, column("heading", code), heading)
    declare(page)
    parent.add_child(instance=page)
    page.save_revision(log_action=False).publish(skip_permission_checks=True)
    return type(page)._default_manager.get(pk=page.pk)


def declare(page: PageTexts) -> None:
    """Languages that are written say what the source says."""
    page.translated_from = {}
    for code in LANGUAGES:
        if code != page.source_language and getattr(page, column("heading", code)):
            page.declare_translated(code)


def _after_migrating() -> None:
    tables = set(connection.introspection.table_names())
    if {HomePage._meta.db_table, NewsList._meta.db_table} <= tables and Page.objects.filter(depth=1).exists():
        make_first_page()


def register() -> None:
    migrating.after_all(_after_migrating, name="pages-first-page")
