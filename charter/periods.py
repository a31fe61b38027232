"""Months and quarters: when they end, and how they are called."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from charter.models.measurement import PeriodKind

MONTHS = {PeriodKind.MONTH.value: 1, PeriodKind.QUARTER.value: 3}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month or a quarter, by its first day."""

    start: dt.date
    kind: str = PeriodKind.QUARTER.value

    @property
    def end(self) -> dt.date:
        """The first day after it."""
        month = self.start.month - 1 + MONTHS[self.kind]
        return dt.date(self.start.year + month // 12, month % 12 + 1, 1)

    @property
    def code(self) -> str:
        """2026-Q3 or 2026-07, as it stands in addresses and data files."""
        if self.kind == PeriodKind.QUARTER:
            return f"{self.start.year}-Q{(self.start.month + 2) // 3}"
        return f"{self.start:%Y-%m}"

    def is_over(self, today: dt.date) -> bool:
        return self.end <= today

    def __str__(self) -> str:
        if self.kind == PeriodKind.MONTH:
            return date_format(self.start, "YEAR_MONTH_FORMAT")
        year = self.start.year
        return (
            _("first quarter of %(year)s"),
            _("second quarter of %(year)s"),
            _("third quarter of %(year)s"),
            _("fourth quarter of %(year)s"),
        )[(self.start.month - 1) // 3] % {"year": year}


def quarter_of(day: dt.date) -> Period:
    """The quarter that `day` lies in."""
    return Period(dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1))
