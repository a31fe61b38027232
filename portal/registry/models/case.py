"""A case and the changes of its status."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.registry.models.people import Post, Recipient


class Status(models.TextChoices):
    NEW = "new", _("Received")
    WORKING = "working", _("Being worked on")
    WAITING_PERSON = "waiting_person", _("Waiting for the person")
    GRANTED = "granted", _("Decided: granted")
    REFUSED = "refused", _("Decided: refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = frozenset({Status.NEW, Status.WORKING, Status.WAITING_PERSON})
DECIDED = frozenset({Status.GRANTED, Status.REFUSED})
# What may follow what; the end of a case is the end.
NEXT: dict[str, frozenset[str]] = {
    Status.NEW: frozenset({Status.WORKING, Status.WAITING_PERSON, Status.WITHDRAWN, *DECIDED}),
    Status.WORKING: frozenset({Status.WAITING_PERSON, Status.WITHDRAWN, *DECIDED}),
    Status.WAITING_PERSON: frozenset({Status.WORKING, Status.WITHDRAWN, *DECIDED}),
    Status.GRANTED: frozenset(),
    Status.REFUSED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}


class Clock(models.TextChoices):
    CALENDAR = "calendar", _("calendar days")
    WORKING = "working", _("working days")


class CaseQuerySet(models.QuerySet["Case"]):
    def within(self, post: Post) -> CaseQuerySet:
        """Cases the holder of `post` may see: the department's and nobody's; all for a post of the whole registry."""
        return self.filter(department__in=("", post.department)) if post.department else self

    def open(self) -> CaseQuerySet:
        return self.filter(status__in=OPEN)

    def late(self, day: dt.date) -> CaseQuerySet:
        """Open, with the promised date behind, and not because we wait for the person."""
        return self.open().exclude(status=Status.WAITING_PERSON).filter(promised_until__lt=day)


class Case(models.Model):
    """One request of a person for one service. Due dates and their clock are given when it is opened.

    `person_handle` and `outer_key` belong to the system that opened the case: its own word for the person,
    and what makes opening it twice the same as once.
    """

    number = models.CharField(_("number"), max_length=20, unique=True, null=True)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="cases")
    person_handle = models.CharField(max_length=64, db_index=True)
    outer_key = models.CharField(max_length=64, unique=True, null=True)
    service_code = models.CharField(_("service"), max_length=40)
    title = models.CharField(_("what it is about"), max_length=200)
    department = models.CharField(_("department"), max_length=200, blank=True)
    worker = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases")
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.NEW)
    submitted_at = models.DateTimeField(_("submitted"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    clock = models.CharField(_("clock"), max_length=8, choices=Clock.choices, default=Clock.CALENDAR)
    promised_until = models.DateField(_("promised by"), null=True, blank=True)
    legal_until = models.DateField(_("due by law"), null=True, blank=True)
    changed_at = models.DateTimeField(db_index=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [models.Index(fields=["department", "status"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_on__isnull=False, status__in=DECIDED)
                | (models.Q(decided_on__isnull=True) & ~models.Q(status__in=DECIDED)),
                name="a_decided_case_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number or "–"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_late(self) -> bool:
        """The predicate twin of `late`."""
        stands = self.status == Status.WAITING_PERSON
        return bool(self.is_open and not stands and self.promised_until and self.promised_until < clock.today())


class StatusChange(models.Model):
    """When a case became what, by whom, and what the person is told about it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="status_changes")
    status = models.CharField(max_length=16, choices=Status.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.TextField(_("what the person is told"), blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("change of status")
        verbose_name_plural = _("changes of status")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.status}"
