"""How much help a person needs, and the programme of what is done for them: in versions, with pauses and an end."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.instruments.models import Version
from portal.registry.models.case import Case
from portal.registry.models.catalogue import CareService, PaymentRule
from portal.registry.models.people import Post, Recipient


class Assessment(models.Model):
    """Answers to a set of questions, the points and group they gave, and when to ask again."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="assessments")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    points = models.PositiveIntegerField()
    group = models.CharField(max_length=40)
    day = models.DateField(_("assessed on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    repeat_on = models.DateField(_("to be repeated by"), null=True, db_index=True)
    is_latest = models.BooleanField(default=True)

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient"], condition=Q(is_latest=True), name="one_assessment_of_a_person_is_the_latest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.group}"


class ProgrammeState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SIGNED = "signed", _("signed")
    ENDED = "ended", _("ended")


class CareForm(models.TextChoices):
    HOME = "home", _("at home")
    DAY = "day", _("at a day centre")
    RESIDENTIAL = "residential", _("in a care home")


class Payment(models.TextChoices):
    FREE = "free", _("free of charge")
    RULE = "rule", _("by income")
    FULL = "full", _("the full price")


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def running(self, first: dt.date, last: dt.date | None = None) -> ProgrammeQuerySet:
        """Programmes that run on a day, or on some day from `first` to `last`."""
        in_force = self.exclude(state=ProgrammeState.DRAFT)
        return in_force.filter(since__lte=last or first, runs_until__gte=first)


class Programme(models.Model):
    """What is done for one person, by whom, from when until when, and who pays.

    A change is a new version under the same number: the version before runs until the day before it.
    `runs_until` is the last day it is in force: `until`, or the day it was ended on.
    """

    number = models.CharField(_("number"), max_length=20)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="programmes")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="programmes")
    department = models.CharField(_("department"), max_length=200, blank=True)
    worker = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, blank=True, related_name="programmes")
    state = models.CharField(_("state"), max_length=8, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT)
    form = models.CharField(_("form"), max_length=12, choices=CareForm.choices, default=CareForm.HOME)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    runs_until = models.DateField(db_index=True)
    weekdays = models.CharField(_("days of the week"), max_length=7, blank=True)
    hour = models.TimeField(_("at about"), null=True, blank=True)
    payment = models.CharField(_("payment"), max_length=4, choices=Payment.choices, default=Payment.RULE)
    rule = models.ForeignKey(PaymentRule, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(_("why it was changed or ended"), max_length=200, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-version"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        indexes = [
            models.Index(fields=["department", "runs_until"]),
            models.Index(fields=["worker", "runs_until"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="a_version_of_a_programme_is_there_once"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="a_programme_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(runs_until__gte=F("since")), name="a_programme_runs_for_a_day_at_least"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="who_signed_a_programme_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(payment="rule") | Q(rule__isnull=False), name="payment_by_income_names_its_rule"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == ProgrammeState.DRAFT

    def is_running(self, day: dt.date) -> bool:
        """The predicate twin of `running` for one day."""
        return not self.is_draft and self.since <= day <= self.runs_until


class Per(models.TextChoices):
    DAY = "day", _("a day")
    WEEK = "week", _("a week")
    MONTH = "month", _("a month")


class ProgrammeLine(models.Model):
    """One service of a programme: how many times, and how many minutes each time."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="lines")
    service = models.ForeignKey(CareService, on_delete=models.PROTECT, related_name="+")
    times = models.PositiveSmallIntegerField(_("times"))
    per = models.CharField(_("in"), max_length=5, choices=Per.choices, default=Per.WEEK)
    minutes = models.PositiveSmallIntegerField(_("minutes each time"))

    class Meta:
        ordering = ["service__order", "pk"]
        verbose_name = _("line of a programme")
        verbose_name_plural = _("lines of programmes")
        constraints = [
            models.UniqueConstraint(fields=["programme", "service"], name="a_programme_names_a_service_once"),
            models.CheckConstraint(condition=Q(times__gte=1, minutes__gte=1), name="a_line_is_for_something"),
        ]

    def __str__(self) -> str:
        return f"{self.times} {self.per}"


class Suspension(models.Model):
    """From when until when a programme stands still, and why; `until` None: until it goes on."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="suspensions")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["since"]
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_suspension_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since}"

    def covers(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)
