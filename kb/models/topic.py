"""A topic: a situation in life that services and answers belong to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.search import index

from charter.models.content import EditedContent
from portal.core.languages import columns


class Topic(EditedContent, index.Indexed):
    """Name, description and the services that help in this situation."""

    SOURCE_FIELDS = ("name", "description")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address word"), max_length=120, null=True, unique=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    icon = models.CharField(_("icon"), max_length=20, blank=True)
    services = ParentalManyToManyField("charter.Service", verbose_name=_("services"), blank=True, related_name="topics")
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    search_fields = [
        *(index.SearchField(name) for name in columns(("name",))),
        *(index.AutocompleteField(name) for name in columns(("name",))),
    ]

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name
