"""Conversations by letter: where the answers go, and which letters were taken in or sent, known by digest only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailThread(models.Model):
    """The resident's end of a conversation by letter; it goes with the words.

    `told_through`: the last event of the resident's count that they were written about.
    """

    consultation = models.OneToOneField("chat.Consultation", on_delete=models.CASCADE, related_name="mail_thread")
    sealed = models.TextField(_("address, encrypted"))
    address_digest = models.CharField(max_length=64, db_index=True)
    subject = models.TextField(_("subject, encrypted"), blank=True)
    last_letter = models.TextField(_("their last letter’s identifier, encrypted"), blank=True)
    acknowledged_at = models.DateTimeField(_("receipt confirmed"), null=True)
    told_through = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("conversation by letter")
        verbose_name_plural = _("conversations by letter")

    def __str__(self) -> str:
        return f"{self.consultation_id}"


class Fate(models.TextChoices):
    """What became of a letter."""

    TAKEN = "taken", _("taken in")
    AUTOMATIC = "automatic", _("written by a program")
    SENT = "sent", _("sent")


class Letter(models.Model):
    """One letter, in or out, so that none is taken or counted twice. Nothing in the row names anybody."""

    digest = models.CharField(max_length=64, unique=True)
    fate = models.CharField(max_length=10, choices=Fate.choices)
    consultation = models.ForeignKey("chat.Consultation", on_delete=models.SET_NULL, null=True, related_name="letters")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        return f"{self.pk} {self.fate}"
