"""What was measured against a standard in a month or quarter."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PeriodKind(models.TextChoices):
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")


class Measurement(models.Model):
    """Numerator, denominator, value and Wilson interval of one standard in one period.

    At most one breakdown beside the period: `institution` or none. `value`, `low`, `high` are shares 0–1
    (for counts: the count). A correction is a new row; `superseded_at` marks the old one.
    """

    standard = models.ForeignKey("charter.ServiceStandard", on_delete=models.CASCADE, related_name="measurements")
    institution = models.ForeignKey("charter.Institution", on_delete=models.CASCADE, null=True, blank=True)
    period_kind = models.CharField(_("period"), max_length=8, choices=PeriodKind.choices)
    period_start = models.DateField(_("begins"))
    numerator = models.PositiveIntegerField(_("kept"))
    denominator = models.PositiveIntegerField(_("of"))
    value = models.FloatField(_("value"), null=True)
    low = models.FloatField(_("interval from"), null=True)
    high = models.FloatField(_("interval to"), null=True)
    target = models.FloatField(_("target"))
    verdict = models.CharField(_("verdict"), max_length=16)
    reason = models.TextField(_("why it was missed"), blank=True)
    action = models.TextField(_("what we do about it"), blank=True)
    act_by = models.DateField(_("by when"), null=True, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)
    measured_at = models.DateTimeField(_("measured"))
    superseded_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    class Meta:
        ordering = ["standard", "period_start"]
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "period_kind", "period_start"],
                condition=models.Q(institution__isnull=True, superseded_at__isnull=True),
                name="one_measurement_of_a_standard_counts_in_a_period",
            ),
            models.UniqueConstraint(
                fields=["standard", "institution", "period_kind", "period_start"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_measurement_of_an_institution_counts_in_a_period",
            ),
            models.CheckConstraint(
                condition=models.Q(numerator__lte=models.F("denominator")) | models.Q(denominator=0),
                name="no_more_is_kept_than_was_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard_id} {self.period_kind} {self.period_start}"


class FigureState(models.TextChoices):
    WAITING = "waiting", _("waits for a second pair of eyes")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("not confirmed")


class ManualFigure(models.Model):
    """A figure that nothing here can count: who brought it, from where, and the other person who checked it.

    Units as in `Measurement`: `numerator` of `denominator`; a count is the numerator, its denominator 0.
    """

    standard = models.ForeignKey("charter.ServiceStandard", on_delete=models.CASCADE, related_name="manual_figures")
    institution = models.ForeignKey("charter.Institution", on_delete=models.CASCADE, null=True, blank=True)
    period_kind = models.CharField(_("period"), max_length=8, choices=PeriodKind.choices)
    period_start = models.DateField(_("begins"))
    numerator = models.PositiveIntegerField(_("kept"))
    denominator = models.PositiveIntegerField(_("of"))
    source = models.CharField(_("where the figure comes from"), max_length=300)
    state = models.CharField(_("state"), max_length=12, choices=FigureState.choices, default=FigureState.WAITING)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("checked by")
    )
    decided_at = models.DateTimeField(_("checked"), null=True, blank=True)
    refusal = models.CharField(_("why it was not confirmed"), max_length=300, blank=True)
    measurement = models.OneToOneField(Measurement, on_delete=models.SET_NULL, null=True, related_name="manual_figure")

    class Meta:
        ordering = ["-entered_at"]
        verbose_name = _("figure entered by hand")
        verbose_name_plural = _("figures entered by hand")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(numerator__lte=models.F("denominator")) | models.Q(denominator=0),
                name="no_more_was_kept_than_somebody_counted",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("entered_by")),
                name="nobody_confirms_a_figure_of_their_own",
            ),
            models.UniqueConstraint(
                fields=["standard", "period_kind", "period_start"],
                condition=models.Q(institution=None, state="waiting"),
                name="one_figure_of_a_standard_waits",
            ),
            models.UniqueConstraint(
                fields=["standard", "institution", "period_kind", "period_start"],
                condition=models.Q(state="waiting"),
                name="one_figure_of_an_institution_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard_id} {self.period_kind} {self.period_start}: {self.numerator}/{self.denominator}"
