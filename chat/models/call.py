"""Phone calls as the telephone exchange reports them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CallState(models.TextChoices):
    RINGING = "ringing", _("ringing")
    ANSWERED = "answered", _("being talked")
    ENDED = "ended", _("ended")
    MISSED = "missed", _("nobody took it")
    ABANDONED = "abandoned", _("the caller hung up first")


OVER = frozenset({CallState.ENDED, CallState.MISSED, CallState.ABANDONED})


class Call(models.Model):
    """One incoming call under the exchange's own number for it. Its phone number lies with its consultation."""

    external_id = models.CharField(max_length=80, unique=True)
    consultation = models.OneToOneField("chat.Consultation", on_delete=models.CASCADE, related_name="call")
    state = models.CharField(_("state"), max_length=10, choices=CallState.choices, default=CallState.RINGING)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    rang_at = models.DateTimeField(_("rang"))
    answered_at = models.DateTimeField(_("taken"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("phone call")
        verbose_name_plural = _("phone calls")

    def __str__(self) -> str:
        return f"{self.external_id} {self.state}"


class CallNotice(models.Model):
    """A notice of the exchange that was acted on: the same one again changes nothing."""

    key = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
