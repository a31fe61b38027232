"""What is due becomes a task that a worker takes and does; letters about it are kept; a calendar shows it."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.crypto import decrypt, encrypt, keyed
from portal.registry.models.people import Post, Recipient


class DueTask(models.Model):
    """Somebody takes care of one thing that is due: `kind` and `of` name it as the list does, `day` its term."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="due_tasks")
    kind = models.CharField(max_length=12)
    of = models.PositiveBigIntegerField()
    day = models.DateField(_("day"))
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("what came of it"), max_length=200, blank=True)

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("task of what is due")
        verbose_name_plural = _("tasks of what is due")
        constraints = [
            models.UniqueConstraint(fields=["kind", "of", "day"], name="one_task_for_what_is_due"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="who_did_a_task_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class LetterRun(models.Model):
    """The letters of a department for a month, as one document, and the data they came from, encrypted."""

    department = models.CharField(_("department"), max_length=200, blank=True)
    first = models.DateField(_("month"))
    letters = models.PositiveIntegerField(_("letters"))
    kept_name = models.CharField(max_length=80)
    data_encrypted = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("letters of a month")
        verbose_name_plural = _("letters of months")

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def data(self) -> Any:
        """What each letter was filled with."""
        return json.loads(decrypt(self.data_encrypted))

    def set_data(self, data: Any) -> None:
        """Keep what they are filled with; the caller saves."""
        self.data_encrypted = encrypt(json.dumps(data, ensure_ascii=False))


class CalendarFeed(models.Model):
    """A post's secret calendar address: only what it is found by is kept, and a new one ends the old."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="calendar_feed")
    secret_index = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return f"{self.post_id}"


def secret_index(secret: str) -> str:
    """What a calendar address is found by."""
    return keyed("registry-calendar", secret)
