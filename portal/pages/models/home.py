"""The first page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.core.addresses import page_address
from portal.pages.models.base import SEARCHED, PageTexts


class HomePage(PageTexts, Page):
    """The words of the first page; services, topics, promises and news come from their own tables."""

    SOURCE_FIELDS = ("heading", "introduction", "search_label", "search_example", "person_heading", "body")

    search_label = models.CharField(_("question above the search box"), max_length=120, blank=True)
    search_example = models.CharField(_("example of a search"), max_length=120, blank=True)
    popular_searches = models.TextField(_("what people often ask, one a line"), blank=True)
    person_heading = models.CharField(_("heading of “talk to a person”"), max_length=120, blank=True)
    closing_heading = models.CharField(_("heading at the end of the page"), max_length=120, blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.InformationPage", "pages.NewsList", "pages.EasyPage"]
    search_fields = SEARCHED

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def address(self, language: str) -> str:
        return page_address("pages:home", language)
