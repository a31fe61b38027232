"""Now and today, in one place, so that a test can stop the clock and a page shows the town's time."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """Today's date in the municipality's time zone."""
    return timezone.localdate()


def day_of(moment: dt.datetime) -> dt.date:
    """The date of a moment in the municipality's time zone."""
    return timezone.localtime(moment).date()
