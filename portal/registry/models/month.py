"""A department's month with its acts: prepared by one person, closed by another, corrected with a reason."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.registry.models.people import Recipient


class MonthState(models.TextChoices):
    PREPARED = "prepared", _("waits for a second pair of eyes")
    CLOSED = "closed", _("closed")


class Month(models.Model):
    """A month that is no longer open. While there is no row, visits are written down freely."""

    department = models.CharField(_("department"), max_length=200, blank=True)
    first = models.DateField(_("month"))
    state = models.CharField(_("state"), max_length=8, choices=MonthState.choices, default=MonthState.PREPARED)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        ordering = ["-first"]
        verbose_name = _("month of a department")
        verbose_name_plural = _("months of departments")
        constraints = [
            models.UniqueConstraint(fields=["department", "first"], name="a_department_has_a_month_once"),
            models.CheckConstraint(condition=Q(first__day=1), name="a_month_is_named_by_its_first_day"),
            models.CheckConstraint(
                condition=Q(state="prepared", closed_by__isnull=True, closed_at__isnull=True)
                | Q(state="closed", closed_by__isnull=False, closed_at__isnull=False),
                name="who_closed_a_month_is_known",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | ~Q(closed_by=F("prepared_by")),
                name="a_second_pair_of_eyes_closes_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def is_closed(self) -> bool:
        return self.state == MonthState.CLOSED


class Act(models.Model):
    """What one person was given in a month and what it comes to, as it was counted on that day.

    `lines`: {service, unit, price, is_extra, minutes, times, cents} each. A correction is the next version; the one
    before stays. `ceiling_cents` None: nothing limits what the person pays.
    """

    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="acts")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="acts")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    number = models.CharField(_("number"), max_length=24, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    is_latest = models.BooleanField(default=True)
    lines = models.JSONField(default=list)
    visits = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)
    cost_cents = models.PositiveIntegerField()
    ceiling_cents = models.PositiveIntegerField(null=True)
    person_cents = models.PositiveIntegerField()
    extra_cents = models.PositiveIntegerField(default=0)
    town_cents = models.PositiveIntegerField()
    reason = models.CharField(_("why it was corrected"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["month", "recipient__name", "-version"]
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        constraints = [
            models.UniqueConstraint(fields=["month", "recipient", "version"], name="an_act_has_its_own_version"),
            models.UniqueConstraint(
                fields=["month", "recipient"], condition=Q(is_latest=True), name="one_act_of_a_month_is_the_latest"
            ),
            models.CheckConstraint(condition=Q(cost_cents=F("person_cents") + F("town_cents")), name="an_act_adds_up"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="an_act_is_corrected_for_a_reason"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.month} {self.recipient_id}"

    @property
    def to_pay_cents(self) -> int:
        """What the person pays in all: the share of the programme, and what was asked for beyond it."""
        return self.person_cents + self.extra_cents
