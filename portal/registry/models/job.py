"""All acts of a month as one PDF: a job of the background worker, made part by part."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.registry.models.month import Month


class JobState(models.TextChoices):
    WAITING = "waiting", _("waits for the worker")
    RUNNING = "running", _("is being made")
    DONE = "done", _("ready")
    FAILED = "failed", _("did not work")


class ActsJob(models.Model):
    """The acts of a month on their way to paper. `beat_at`: when it last went on; one that stands still is resumed."""

    month = models.ForeignKey(Month, on_delete=models.CASCADE, related_name="jobs")
    state = models.CharField(_("state"), max_length=8, choices=JobState.choices, default=JobState.WAITING)
    acts = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    kept_name = models.CharField(max_length=80, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    begun_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-begun_at", "-pk"]
        verbose_name = _("acts on their way to paper")
        verbose_name_plural = _("acts on their way to paper")
        constraints = [
            models.UniqueConstraint(
                fields=["month"], condition=Q(state__in=("waiting", "running")), name="one_job_of_a_month_runs"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.state}"

    @property
    def total(self) -> int:
        return len(self.acts)

    @property
    def is_going(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)


class ActsPart(models.Model):
    """So many acts that are on paper already."""

    job = models.ForeignKey(ActsJob, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    kept_name = models.CharField(max_length=80)

    class Meta:
        ordering = ["job", "number"]
        verbose_name = _("part of the acts")
        verbose_name_plural = _("parts of the acts")
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="a_part_of_the_acts_is_made_once"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} {self.number}"
