"""An institution that gives social services."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from charter.models.content import EditedContent, Sourced
from portal.core.languages import columns


class Institution(EditedContent, Sourced, index.Indexed):
    """Name, what it does, for whom, where and when. `unconfirmed` names the facts to ask about."""

    SOURCE_FIELDS = ("name", "does", "serves")
    RICH_FIELDS = ("does", "serves")

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    slug = models.SlugField(_("address word"), max_length=120, null=True, unique=True)
    does = models.TextField(_("what it does"), blank=True)
    serves = models.TextField(_("for whom"), blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    phone_as_of = models.DateField(_("phone checked on"), null=True, blank=True)
    phone_note = models.CharField(_("note on the phone"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    other_addresses = models.JSONField(_("other addresses"), default=list, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    hours = models.TextField(_("opening hours"), blank=True)
    hours_as_of = models.CharField(_("opening hours as of"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    search_fields = [
        *(index.SearchField(name) for name in columns(("name",))),
        *(index.AutocompleteField(name) for name in columns(("name",))),
    ]

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")

    def __str__(self) -> str:
        return self.short_name or self.name
