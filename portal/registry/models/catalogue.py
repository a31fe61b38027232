"""What departments provide and at what price: services, tariffs, payment rules, base amounts – all of it data."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.languages import Localised, current, pick


class Unit(models.TextChoices):
    HOUR = "hour", _("by the hour")
    TIME = "time", _("by the time")


class Named(models.Model):
    """Something with a code and a name in each language: {language: name}."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    names = models.JSONField(_("name"), default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.said.text or self.code

    @property
    def said(self) -> Localised:
        """The name for the reader of this page."""
        return pick(self.names, current())


class CareService(Named):
    """One thing that is done for a person. `is_extra`: it may be asked for beyond the programme, at its full price."""

    unit = models.CharField(_("how it is counted"), max_length=4, choices=Unit.choices, default=Unit.HOUR)
    is_extra = models.BooleanField(_("also as an extra paid service"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    is_live = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("service of the registry")
        verbose_name_plural = _("services of the registry")


class Tariff(models.Model):
    """The price of a service from a day on. It holds until the next begins: there is no gap and no overlap to make."""

    service = models.ForeignKey(CareService, on_delete=models.PROTECT, related_name="tariffs")
    valid_from = models.DateField(_("from"))
    cents = models.PositiveIntegerField(_("price"))

    class Meta:
        ordering = ["service", "-valid_from"]
        verbose_name = _("tariff")
        verbose_name_plural = _("tariffs")
        constraints = [
            models.UniqueConstraint(fields=["service", "valid_from"], name="one_tariff_begins_on_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}"


class BaseSum(models.Model):
    """A sum of the law that rules are worked out from, from a day on."""

    code = models.CharField(_("code"), max_length=8)
    valid_from = models.DateField(_("from"))
    cents = models.PositiveIntegerField(_("sum"), validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["code", "-valid_from"]
        verbose_name = _("base amount of the registry")
        verbose_name_plural = _("base amounts of the registry")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_base_sum_begins_on_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from}"


class PaymentRule(Named):
    """What a person pays at most, by income: see `months.money.Rule` for the document. `is_invented`: says so."""

    document = models.JSONField(_("rule"), default=dict)
    is_invented = models.BooleanField(_("invented for the demonstration"), default=False)

    class Meta:
        ordering = ["code"]
        verbose_name = _("payment rule")
        verbose_name_plural = _("payment rules")
