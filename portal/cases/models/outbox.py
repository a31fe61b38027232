"""What is on its way to a registry, and how far we have read what it tells."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.cases.models.link import CaseLink


class Kind(models.TextChoices):
    OPEN_CASE = "open_case", _("a new request")
    NOTE = "note", _("a note")
    DOCUMENT = "document", _("a document")
    ANSWER = "answer", _("an answer of the resident")
    WITHDRAWAL = "withdrawal", _("a withdrawal")
    ENQUIRY = "enquiry", _("a question to the resident")
    VISIT = "visit", _("a word on a visit")


class Progress(models.TextChoices):
    WAITING = "waiting", _("waiting to be sent")
    DELIVERED = "delivered", _("delivered")
    DEAD = "dead", _("given up")


class OutboxQuerySet(models.QuerySet["OutboxItem"]):
    def waiting(self) -> OutboxQuerySet:
        return self.filter(progress=Progress.WAITING)

    def due(self, now: dt.datetime) -> OutboxQuerySet:
        return self.waiting().filter(next_try_at__lte=now)

    def dead(self) -> OutboxQuerySet:
        return self.filter(progress=Progress.DEAD)


class OutboxItem(models.Model):
    """One thing to be sent. `payload` is encrypted and emptied once it has arrived; `key` keeps it from doubling."""

    link = models.ForeignKey(CaseLink, on_delete=models.CASCADE, related_name="outbox")
    kind = models.CharField(_("what"), max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=64, unique=True)
    payload = models.TextField(blank=True)
    progress = models.CharField(_("progress"), max_length=10, choices=Progress.choices, default=Progress.WAITING)
    created_at = models.DateTimeField(_("since"))
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    trouble = models.CharField(_("trouble"), max_length=120, blank=True)
    delivered_at = models.DateTimeField(null=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("thing to be sent")
        verbose_name_plural = _("things to be sent")
        indexes = [models.Index(fields=["progress", "next_try_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.progress}"


class RegistryCursor(models.Model):
    """Up to where the changes of a registry have been read."""

    registry = models.CharField(max_length=20, unique=True)
    cursor = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.registry} {self.cursor}"
