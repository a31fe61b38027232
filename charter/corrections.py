"""A holiday added or struck out afterwards: terms that ran over the day are counted anew, and the pages say so.

Whoever keeps terms in working days registers how they are counted anew; whoever measures hears that it has happened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import Signal, receiver

from charter.clocks import day_clock
from charter.models import CalendarChange, Clock, Holiday
from charter.periods import Period
from portal.core import audit, clock
from portal.core.working_days import DayClock

# Sent with `since`, the day from which results may be different now, once the change is kept.
counted_anew = Signal()


@dataclass(frozen=True, slots=True)
class Correction:
    """Days that are holidays now and were none, and days that are none any more."""

    added: frozenset[dt.date] = frozenset()
    struck: frozenset[dt.date] = frozenset()

    @property
    def first(self) -> dt.date:
        return min(self.added | self.struck)

    def touches(self, start: dt.date, due: dt.date) -> bool:
        """Whether a term ran over one of the days."""
        return any(start < day <= due for day in self.added | self.struck)

    def clocks(self, *, around: dt.date) -> tuple[DayClock, DayClock]:
        """How working days counted before, and how they count now."""
        now = day_clock(Clock.WORKING, around=around)
        return DayClock(working=True, holidays=(now.holidays - self.added) | self.struck), now


Recount = Callable[[Correction], int]
_recounts: list[Recount] = []


def register(recount: Recount) -> None:
    """Who keeps terms says how they are counted anew, and how many of them changed."""
    _recounts.append(recount)


@transaction.atomic
def correct(correction: Correction) -> int:
    """Count every term over these days anew; returns how many changed. Where none did, there is nothing to tell."""
    terms = sum(recount(correction) for recount in _recounts)
    if terms:
        for day in sorted(correction.added | correction.struck):
            is_holiday = day in correction.added
            change = CalendarChange.objects.create(day=day, is_holiday=is_holiday, terms=terms, at=clock.now())
            audit.record("calendar.corrected", change, by=audit.SYSTEM, day=day.isoformat(), terms=terms)
        transaction.on_commit(lambda: counted_anew.send(sender=CalendarChange, since=correction.first))
    return terms


def corrections_in(period: Period) -> list[CalendarChange]:
    """What was corrected among the days of a period, the first day first: one query."""
    found = CalendarChange.objects.filter(day__gte=period.start, day__lt=period.end)
    return list(found.order_by("day", "at"))


@receiver(pre_save, sender=Holiday, dispatch_uid="holiday-known")
def _remember(instance: Holiday, **_more: Any) -> None:
    known = Holiday.objects.filter(pk=instance.pk).values_list("date", flat=True).first()
    instance._known = known  # type: ignore[attr-defined]


@receiver(post_save, sender=Holiday, dispatch_uid="holiday-added")
def _added(instance: Holiday, raw: bool = False, **_more: Any) -> None:
    known = getattr(instance, "_known", None)
    if not raw and known != instance.date:
        correct(Correction(frozenset({instance.date}), frozenset({known} if known else ())))


@receiver(post_delete, sender=Holiday, dispatch_uid="holiday-struck-out")
def _struck_out(instance: Holiday, **_more: Any) -> None:
    correct(Correction(struck=frozenset({instance.date})))
