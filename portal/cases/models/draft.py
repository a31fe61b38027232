"""A request that somebody began and wants to finish later."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.languages import DEFAULT, LANGUAGES


class Draft(models.Model):
    """What was typed so far, encrypted; the receipt opens it, and the form's `key` keeps it one.

    It goes when the request is sent, or when its days are over.
    """

    reference = models.CharField(_("reference"), max_length=12, unique=True)
    secret_digest = models.CharField(max_length=64)
    key = models.CharField(max_length=64, unique=True)
    typed = models.TextField()
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES], default=DEFAULT)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("request begun")
        verbose_name_plural = _("requests begun")

    def __str__(self) -> str:
        return self.reference


class DraftFile(models.Model):
    """A paper chosen for a request that is not sent yet, checked and cleaned as every upload."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    kept = models.CharField(max_length=60, unique=True)
    size = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.name
