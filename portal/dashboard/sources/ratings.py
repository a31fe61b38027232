"""Measured on ratings: how many were content."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, F, Q

from charter.feedback.models import Rating
from charter.models import ServiceStandard
from portal.dashboard.sources.base import Counted, counted, month

GOOD = 4


def satisfied_share(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Counted:
    """ "Good" and "very good" out of all ratings received."""
    return counted(
        Rating.objects.filter(at__gte=since, at__lt=until)
        .values(month=month("at"), at_institution=F("institution_id"))
        .annotate(of=Count("id"), kept=Count("id", filter=Q(score__gte=GOOD)))
        .values("month", "of", "kept", institution=F("at_institution"))
    )
