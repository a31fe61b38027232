"""A week of help: the hours a group gets, the hours a post has, and the plan that puts both together."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.registry.models.people import Post
from portal.registry.models.programme import Programme


class CarePackage(models.Model):
    """How long a week people of a group are helped, from a day on. It holds until the next begins."""

    instrument = models.SlugField(_("set of questions"), max_length=40)
    group = models.CharField(_("group"), max_length=40)
    valid_from = models.DateField(_("from"))
    minutes_week = models.PositiveSmallIntegerField(_("minutes a week"))

    class Meta:
        ordering = ["instrument", "group", "-valid_from"]
        verbose_name = _("package of hours")
        verbose_name_plural = _("packages of hours")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "group", "valid_from"], name="one_package_begins_on_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.valid_from}"


class Capacity(models.Model):
    """When, where and in which languages whoever holds a post visits people. Without a row: a full week anywhere."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="capacity")
    minutes_week = models.PositiveSmallIntegerField(_("minutes a week with people"), default=2400)
    begins = models.TimeField(_("from"), default=dt.time(8))
    ends = models.TimeField(_("until"), default=dt.time(17))
    weekdays = models.CharField(_("days of the week"), max_length=7, default="01234")
    districts = models.JSONField(_("parts of town"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)

    class Meta:
        verbose_name = _("working hours of a post")
        verbose_name_plural = _("working hours of posts")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=models.F("begins")), name="working_hours_end_after_they_begin"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.minutes_week}"


class PlanState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SIGNED = "signed", _("signed")
    REPLACED = "replaced", _("replaced")


class WeekPlan(models.Model):
    """Who comes to a person on which days and when. `reasons`: (word, facts) why it was proposed like that.

    `minutes_package`: the hours the person's group had when it was drafted; None where there were none.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="week_plans")
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=8, choices=PlanState.choices, default=PlanState.DRAFT)
    worker = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, related_name="week_plans")
    minutes_package = models.PositiveSmallIntegerField(null=True)
    reasons = models.JSONField(default=list)
    why = models.CharField(_("why it was signed all the same"), max_length=200, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["programme", "-version"]
        verbose_name = _("week plan")
        verbose_name_plural = _("week plans")
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="a_version_of_a_week_plan_is_there_once"),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(state="signed"), name="one_week_plan_of_a_programme_is_signed"
            ),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(state="draft"), name="one_week_plan_of_a_programme_is_a_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="who_signed_a_week_plan_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}/{self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == PlanState.DRAFT


class PlanStop(models.Model):
    """One visit of the week. `services`: {code: minutes}."""

    plan = models.ForeignKey(WeekPlan, on_delete=models.CASCADE, related_name="stops")
    weekday = models.PositiveSmallIntegerField(_("day of the week"), validators=[MaxValueValidator(6)])
    starts = models.TimeField(_("at about"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    services = models.JSONField(default=dict)

    class Meta:
        ordering = ["weekday", "starts"]
        verbose_name = _("visit of a week plan")
        verbose_name_plural = _("visits of week plans")
        constraints = [
            models.UniqueConstraint(fields=["plan", "weekday"], name="a_week_plan_has_a_day_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6, minutes__gte=1), name="a_planned_visit_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts}"
