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


class BreakReason(models.TextChoices):
    MEAL = "meal", _("meal")
    REST = "rest", _("short rest")
    MEETING = "meeting", _("meeting")
    TRAINING = "training", _("training")
    OTHER_WORK = "other_work", _("other work")


def only_lithuanian() -> list[str]:
    return ["lt"]


def every_topic() -> list[str]:
    return []


class Presence(models.Model):
    """Chosen state and heartbeat of one consultant, the languages they answer in, and how much they take at once.

    `topics`: codes of what is offered to them; empty means everything. A call fills the whole `capacity`.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("consultant"),
        on_delete=models.CASCADE,
        related_name="presence",
    )
    languages = models.JSONField(_("answers in"), default=only_lithuanian)
    choice = models.CharField(_("state"), max_length=10, choices=Choice.choices, default=Choice.OFF)
    reason = models.CharField(_("reason of the break"), max_length=12, choices=BreakReason.choices, blank=True)
    chosen_at = models.DateTimeField(_("since"))
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True)

    takes_offers = models.BooleanField(_("conversations are offered to me"), default=False)
    capacity = models.PositiveSmallIntegerField(_("conversations at once"), default=3)
    topics = models.JSONField(_("topics"), default=every_topic, blank=True)
    extension = models.CharField(_("phone extension"), max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["extension"], condition=~models.Q(extension=""), name="one_extension_rings_at_one_desk"
            )
        ]
        verbose_name = _("presence")
        verbose_name_plural = _("presences")

    def __str__(self) -> str:
        return f"{self.user} – {self.get_choice_display()}"
