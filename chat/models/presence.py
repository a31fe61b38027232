"""Whether a consultant is there: what they chose, and the last sign of life of their screen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Choice(models.TextChoices):
    AVAILABLE = "available", _("I take conversations")
    BREAK = "break", _("I have a break")
    WRAP_UP = "wrap_up", _("I finish my notes")
    OFF = "off", _("I am not at work")


def only_lithuanian() -> list[str]:
    return ["lt"]


class Presence(models.Model):
    """Chosen state and heartbeat of one consultant, and the languages they answer in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("consultant"),
        on_delete=models.CASCADE,
        related_name="presence",
    )
    languages = models.JSONField(_("answers in"), default=only_lithuanian)
    choice = models.CharField(_("state"), max_length=10, choices=Choice.choices, default=Choice.OFF)
    chosen_at = models.DateTimeField(_("since"))
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")

    def __str__(self) -> str:
        return f"{self.user} – {self.get_choice_display()}"
