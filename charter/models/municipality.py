"""The municipality whose portal this is: one row."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Municipality(models.Model):
    """Name, address and the one phone shown everywhere. `is_demonstration` marks every counted figure."""

    name = models.CharField(_("name"), max_length=200)
    department = models.CharField(_("department"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=120)
    address = models.CharField(_("address"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    phone_institution = models.ForeignKey(
        "charter.Institution",
        verbose_name=_("whose phone is shown"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
    )
    alert = models.TextField(_("urgent notice"), blank=True)
    facts_as_of = models.DateField(_("facts as of"), null=True, blank=True)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipality")

    def __str__(self) -> str:
        return self.short_name
