"""When the consultation works, and which days are holidays."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkingHours(models.Model):
    """One stretch of working time on a weekday; a lunch break is the gap between two. Monday is 0."""

    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=[(day, str(day)) for day in range(7)])
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("to"))
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="we_close_after_we_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.opens:%H:%M}–{self.closes:%H:%M}"


class Holiday(models.Model):
    """A day when the offices are closed."""

    date = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        ordering = ["date"]
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class CalendarChange(models.Model):
    """A day that became a holiday, or stopped being one, after terms had been counted over it: they were counted anew.

    `terms`: how many; it is said beside the results of that day's quarter.
    """

    day = models.DateField(_("date"))
    is_holiday = models.BooleanField(_("is a holiday now"))
    terms = models.PositiveIntegerField(_("time limits counted anew"))
    at = models.DateTimeField(_("corrected"))

    class Meta:
        ordering = ["-at"]
        verbose_name = _("correction of the calendar")
        verbose_name_plural = _("corrections of the calendar")

    def __str__(self) -> str:
        return f"{self.day} {self.at:%Y-%m-%d}"
