"""The municipality whose portal this is: one row."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Municipality(models.Model):
    """Name, address, the one phone shown everywhere, the urgent notice and its hours.

    `is_demonstration` marks every counted figure.
    """

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
    alert = models.TextField(
        _("urgent notice"), blank=True, help_text=_("One or two sentences. They stand at the top of every page.")
    )
    alert_from = models.DateTimeField(
        _("notice from"), null=True, blank=True, help_text=_("Leave empty to show it at once.")
    )
    alert_until = models.DateTimeField(
        _("notice until"), null=True, blank=True, help_text=_("Leave empty to show it until you remove it.")
    )
    facts_as_of = models.DateField(_("facts as of"), null=True, blank=True)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipality")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(alert_from__isnull=True)
                | models.Q(alert_until__isnull=True)
                | models.Q(alert_from__lt=models.F("alert_until")),
                name="a_notice_begins_before_it_ends",
                violation_error_message=_("The notice must begin before it ends."),
            )
        ]

    def __str__(self) -> str:
        return self.short_name
