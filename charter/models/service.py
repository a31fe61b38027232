"""A service: what the municipality provides to people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.search import index

from charter.models.content import EditedContent, Sourced
from portal.core.languages import columns


class Service(EditedContent, Sourced, index.Indexed):
    """Who, how, documents, price, term; sums tied to a base are written `{{2.5 VRP}}`, never typed.

    `documents`, `steps`, `resident_words`, `legal_basis` hold one item a line.
    """

    SOURCE_FIELDS = (
        "name",
        "summary",
        "who",
        "how",
        "documents",
        "price",
        "term",
        "steps",
    )
    RICH_FIELDS = ("who", "how", "price", "term")

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address word"), max_length=120, null=True, unique=True)
    summary = models.TextField(_("what it is"), blank=True)
    who = models.TextField(_("who can get it"), blank=True)
    how = models.TextField(_("how to get it"), blank=True)
    documents = models.TextField(_("documents"), blank=True)
    price_headline = models.CharField(_("price in one line"), max_length=200, blank=True)
    price = models.TextField(_("price"), blank=True)
    term_headline = models.CharField(_("term in one line"), max_length=200, blank=True)
    term = models.TextField(_("term"), blank=True)
    steps = models.TextField(_("what happens next"), blank=True)
    fact = models.CharField(_("the fact people compare"), max_length=200, blank=True)
    resident_words = models.TextField(_("words residents use"), blank=True)
    legal_basis = models.TextField(_("legal basis"), blank=True)
    group = models.CharField(_("group"), max_length=60, db_index=True)
    spis_code = models.CharField(_("SPIS code"), max_length=60, blank=True)
    provider = models.ForeignKey(
        "charter.Institution",
        verbose_name=_("who provides it"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="services",
    )
    is_decided_by_municipality = models.BooleanField(_("decided by the municipality"), default=False)
    commitments = ParentalManyToManyField("charter.Commitment", verbose_name=_("promises"), blank=True)
    is_sensitive = models.BooleanField(_("sensitive: offer to leave quickly"), default=False)
    popular = models.PositiveSmallIntegerField(_("place among the popular"), null=True, blank=True)

    search_fields = [
        *(index.SearchField(name) for name in columns(("name", "resident_words"))),
        *(index.AutocompleteField(name) for name in columns(("name",))),
    ]

    class Meta:
        ordering = ["code"]
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def __str__(self) -> str:
        return self.name


class ServiceDifference(models.Model):
    """Two services that people mix up, and how to tell them apart."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="differences")
    other = models.ForeignKey(Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="+")
    difference = models.TextField(_("how they differ"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "other"], name="two_services_are_told_apart_once"),
            models.CheckConstraint(
                condition=~models.Q(service=models.F("other")),
                name="a_service_does_not_differ_from_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} – {self.other_id}"
