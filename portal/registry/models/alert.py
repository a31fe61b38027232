"""What the head has seen of the alerts about visits."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.registry.models.people import Recipient


class AlertKind(models.TextChoices):
    MISSED = "missed", _("no visit")
    LATE = "late", _("late")
    SHORT = "short", _("too short")
    EXTRA = "extra", _("outside the programme")
    TWO_PLACES = "two_places", _("in two places at once")
    ABSENT = "absent", _("nobody came for days")


class Acknowledged(models.Model):
    """An alert that was answered with a word. Alerts themselves are no rows: they follow from programmes and visits."""

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(_("what"), max_length=10, choices=AlertKind.choices)
    day = models.DateField(_("day"))
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    word = models.CharField(_("answer"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("acknowledged alert")
        verbose_name_plural = _("acknowledged alerts")
        constraints = [
            models.CheckConstraint(condition=~models.Q(word=""), name="an_alert_is_answered_with_a_word"),
        ]

    def __str__(self) -> str:
        return self.key
