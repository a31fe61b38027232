"""What was done at a person's home, when and by whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.registry.models.catalogue import CareService
from portal.registry.models.people import Recipient
from portal.registry.models.programme import Programme, ProgrammeLine


class Outcome(models.TextChoices):
    DONE = "done", _("done")
    NOBODY_OPENED = "nobody_opened", _("nobody opened")
    DECLINED = "declined", _("the person did not want it today")


class VisitQuerySet(models.QuerySet["Visit"]):
    def standing(self) -> VisitQuerySet:
        """Visits that count: not struck out."""
        return self.filter(struck_at__isnull=True)


class Visit(models.Model):
    """One visit. `client_id` is given by whoever writes it down: the same one twice is one visit.

    Nothing is erased: a wrong visit is struck out with a reason and written down anew. `worker` is the user, not the
    post, since whoever has left did what they did.
    """

    client_id = models.UUIDField(unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="visits")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="visits")
    department = models.CharField(_("department"), max_length=200, blank=True)
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="registry_visits")
    day = models.DateField(_("day"))
    started_at = models.DateTimeField(_("begun"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    outcome = models.CharField(_("how it went"), max_length=16, choices=Outcome.choices, default=Outcome.DONE)
    is_emergency = models.BooleanField(_("something happened that a colleague must know"), default=False)
    note = models.TextField(_("note"), blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    corrects = models.CharField(_("why a closed month was corrected"), max_length=200, blank=True)
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    struck_reason = models.CharField(_("why it was struck out"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "pk"]
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = [
            models.Index(fields=["recipient", "day"]),
            models.Index(fields=["worker", "day"]),
            models.Index(fields=["department", "day"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "worker", "started_at"],
                condition=Q(struck_at__isnull=True),
                name="one_visit_begins_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | ~Q(struck_reason=""), name="a_visit_is_struck_out_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.outcome}"


class Provided(models.Model):
    """One service given at a visit; without a line of the programme it is an extra paid one."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="provided")
    service = models.ForeignKey(CareService, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(ProgrammeLine, on_delete=models.PROTECT, null=True, related_name="+")
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    times = models.PositiveSmallIntegerField(_("times"), default=1)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("service given")
        verbose_name_plural = _("services given")
        constraints = [
            models.UniqueConstraint(fields=["visit", "service"], name="a_visit_names_a_service_once"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.minutes}"
