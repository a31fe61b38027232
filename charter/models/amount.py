"""Base amounts by year: benefits are coefficient × base × year, so one change each January re-prices every page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BaseAmount(models.Model):
    """A base (BSI, VRP, TKB, SPB) in one year, in euros."""

    code = models.CharField(_("base"), max_length=8)
    name = models.CharField(_("name"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.DecimalField(_("amount, €"), max_digits=9, decimal_places=2)

    class Meta:
        ordering = ["code", "-year"]
        verbose_name = _("base amount")
        verbose_name_plural = _("base amounts")
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="a_base_has_one_amount_a_year")]

    def __str__(self) -> str:
        return f"{self.code} {self.year}: {self.amount} €"
