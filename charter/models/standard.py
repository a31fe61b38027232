"""A service standard: the measurable side of a promise."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.models.content import EditedContent


class StandardKind(models.TextChoices):
    """What sort of figure it is; shares are judged by their interval, the others by plain comparison."""

    SHARE = "share", _("share of cases")
    COUNT = "count", _("count")
    UPTIME = "uptime", _("up-time")
    DUTY = "duty", _("calendar duty")


class Unit(models.TextChoices):
    SECONDS = "seconds", _("seconds")
    MINUTES = "minutes", _("minutes")
    DAYS = "days", _("days")
    WORKING_DAYS = "working_days", _("working days")
    PERCENT = "percent", _("per cent")
    COUNT = "count", _("count")


class Direction(models.TextChoices):
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")


class Clock(models.TextChoices):
    CALENDAR = "calendar", _("calendar days")
    WORKING = "working", _("working days")
    CLOCK = "clock", _("by the clock")


class Source(models.TextChoices):
    CONSULTATIONS = "consultations", _("consultations")
    CALLBACKS = "callbacks", _("callbacks")
    APPEALS = "appeals", _("appeals")
    CASES = "cases", _("cases")
    SURVEY = "survey", _("ratings and surveys")
    ARTICLES = "articles", _("articles")
    MONITOR = "monitor", _("monitoring")
    MANUAL = "manual", _("entered by staff")


class MeasuredHow(models.TextChoices):
    COMPUTED = "computed", _("computed")
    MANUAL = "manual", _("entered by staff")
    NOT_YET = "not_yet", _("not measured yet")


class ServiceStandard(EditedContent):
    """Metric, legal and promised term, clock rules, target and source. `target` is a share 0–1 for kind share."""

    SOURCE_FIELDS = ("name", "method", "sentence")

    commitment = models.ForeignKey("charter.Commitment", on_delete=models.CASCADE, related_name="standards")
    name = models.CharField(_("name"), max_length=200)
    method = models.TextField(_("how we measure"), blank=True)
    sentence = models.CharField(_("result in words, with {value}"), max_length=200, blank=True)
    metric = models.SlugField(_("metric"), max_length=60)
    kind = models.CharField(
        _("kind"),
        max_length=8,
        choices=StandardKind.choices,
        default=StandardKind.SHARE,
    )
    unit = models.CharField(_("unit"), max_length=12, choices=Unit.choices)
    direction = models.CharField(
        _("direction"),
        max_length=8,
        choices=Direction.choices,
        default=Direction.AT_LEAST,
    )
    clock = models.CharField(_("clock"), max_length=8, choices=Clock.choices, default=Clock.CALENDAR)
    legal_value = models.DecimalField(_("legal term"), max_digits=9, decimal_places=2, null=True, blank=True)
    legal_pauses = models.BooleanField(
        _("the law’s clock stands too while we wait for the resident"),
        default=False,
        help_text=_("Tick it only where the law says so. Our own promise always stands while we wait."),
    )
    promised_value = models.DecimalField(_("promised term"), max_digits=9, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=7, decimal_places=4)
    service = models.ForeignKey(
        "charter.Service",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    institution = models.ForeignKey(
        "charter.Institution",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    channel = models.CharField(_("channel"), max_length=12, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=16, choices=Source.choices)
    measured = models.CharField(
        _("measured"),
        max_length=8,
        choices=MeasuredHow.choices,
        default=MeasuredHow.NOT_YET,
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("service standard")
        verbose_name_plural = _("service standards")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(legal_value__isnull=True)
                | models.Q(promised_value__isnull=True)
                | models.Q(promised_value__lte=models.F("legal_value")),
                name="a_promise_is_never_laxer_than_the_law",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=StandardKind.COUNT) | models.Q(target__range=(0, 1)),
                name="a_share_lies_between_none_and_all",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="a_standard_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def clean(self) -> None:
        """What the database would refuse, said beside the field it is about."""
        super().clean()
        wrong: dict[str, Any] = {}
        promised, legal = self.promised_value, self.legal_value
        if promised is not None and legal is not None and promised > legal:
            wrong["promised_value"] = _("The law gives a shorter term. A promise may be stricter, never laxer.")
        if self.target is not None and self.kind != StandardKind.COUNT and not 0 <= self.target <= 1:
            wrong["target"] = _("Write a share between 0 and 1: 0.8 is 80 of 100.")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            wrong["valid_until"] = _("The last day lies before the first.")
        if wrong:
            raise ValidationError(wrong)
