"""Information pages: about, contacts, privacy … and whatever editors add."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.core.addresses import entry_address, page_address
from portal.core.languages import FALLBACKS, LANGUAGES, column
from portal.pages.models.base import SEARCHED, PageTexts
from portal.pages.roles import ROLES


class InformationPage(PageTexts, Page):
    """One text. A page with a role (`about`, `privacy` …) has a fixed address and extra parts the product adds."""

    role = models.SlugField(
        _("role"),
        max_length=40,
        unique=True,
        null=True,
        blank=True,
        help_text=_("Leave empty, unless the page takes the place of one that every portal has."),
        choices=[(role.code, role.label) for role in ROLES.values()],
    )
    word = models.SlugField(_("address word"), max_length=120, null=True, blank=True, unique=True)

    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    search_fields = SEARCHED

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")

    def clean(self) -> None:
        super().clean()
        self.role = self.role or None
        if not self.role and not any(getattr(self, column("word", code)) for code in LANGUAGES):
            raise ValidationError({"word_lt": _("Give the page a word for its address, for example “apie-mus”.")})

    def address(self, language: str) -> str:
        if self.role:
            return page_address(ROLES[self.role].route, language)
        words = (getattr(self, column("word", code)) for code in FALLBACKS[language])
        return entry_address("pages:information", language, next((word for word in words if word), ""))
