"""Easy-to-read pages: one service in short sentences, one thought a line."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.core.addresses import entry_address
from portal.core.languages import FALLBACKS, LANGUAGES, column
from portal.pages import easy_rules
from portal.pages.models.base import SEARCHED, PageTexts

PARTS = ("introduction", "who", "steps", "bring", "money", "time")


class EasyPage(PageTexts, Page):
    """What a service is, by the Lithuanian rules for easy-to-read texts. `read_on`: the day readers with a disability
    approved it – only then it may carry the sign; until then the page says that nobody has."""

    SOURCE_FIELDS = ("heading", *PARTS)
    RICH_FIELDS: tuple[str, ...] = ()

    service = models.OneToOneField(
        "charter.Service",
        verbose_name=_("service"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="easy_page",
    )
    word = models.SlugField(_("address word"), max_length=120, null=True, blank=True, unique=True)
    who = models.TextField(_("who it is for, one sentence a line"), blank=True)
    steps = models.TextField(_("what to do, one sentence a line"), blank=True)
    bring = models.TextField(_("what to take along, one sentence a line"), blank=True)
    money = models.TextField(_("what it costs or pays, one sentence a line"), blank=True)
    time = models.TextField(_("how long it takes, one sentence a line"), blank=True)
    read_on = models.DateField(
        _("approved by test readers on"),
        null=True,
        blank=True,
        help_text=_("Only if people with a disability have read all of it and understood it. Else leave it empty."),
    )

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    search_fields = SEARCHED

    class Meta:
        verbose_name = _("easy-to-read page")
        verbose_name_plural = _("easy-to-read pages")

    def clean(self) -> None:
        """The rules that a machine can see: a line that breaks one is named, so that its editor can split it."""
        super().clean()
        wrong: dict[str, Any] = {}
        for part in PARTS:
            for code in LANGUAGES:
                name = column(part, code)
                found = easy_rules.broken(getattr(self, name) or "")
                if found:
                    wrong[name] = [_t("“%(line)s”: %(rule)s") % {"line": line, "rule": rule} for line, rule in found]
        if not any(getattr(self, column("word", code)) for code in LANGUAGES):
            wrong["word_lt"] = [_t("Give the page a word for its address, for example “apie-mus”.")]
        if wrong:
            raise ValidationError(wrong)

    def address(self, language: str) -> str:
        words = (getattr(self, column("word", code)) for code in FALLBACKS[language])
        return entry_address("pages:easy", language, next((word for word in words if word), ""))
