"""News: a list and its items."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.core import clock
from portal.core.addresses import entry_address, page_address
from portal.core.languages import FALLBACKS, column
from portal.pages.models.base import SEARCHED, PageTexts


class NewsList(PageTexts, Page):
    """The page that lists the news; its own text is short."""

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.NewsItem"]
    search_fields = SEARCHED

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def address(self, language: str) -> str:
        return page_address("pages:news", language)


class NewsItem(PageTexts, Page):
    """One piece of news, with the day it is about and where it comes from."""

    day = models.DateField(_("date"), default=clock.today, db_index=True)
    word = models.SlugField(_("address word"), max_length=120, unique=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)

    parent_page_types = ["pages.NewsList"]
    subpage_types: list[str] = []
    search_fields = SEARCHED

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")

    def address(self, language: str) -> str:
        words = (getattr(self, column("word", code)) for code in FALLBACKS[language])
        return entry_address("pages:news_item", language, next((word for word in words if word), ""))
