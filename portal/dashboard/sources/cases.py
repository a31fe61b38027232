"""Measured on cases: decisions within the promised days."""

from __future__ import annotations

import datetime as dt

from django.db.models import Case, Count, DateField, F, Q, When
from django.db.models.functions import TruncMonth
from django.utils import timezone

from charter.models import ServiceStandard
from portal.cases import access
from portal.cases.registries.facts import Status
from portal.core import clock
from portal.dashboard.sources.base import Counted, counted


def decided_within_days(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Counted:
    """Requests decided by the promised day. One past its day without a decision is late from that day on.

    A request counts once, on the day that settled it. Where we wait for the person, nothing is late; what was
    withdrawn is not counted.
    """
    in_time = Q(decided_on__lte=F("promised_until"))
    overdue = Q(decided_on=None, promised_until__lt=clock.today()) & ~Q(status=Status.WAITING)
    settled_on = Case(
        When(in_time, then=F("decided_on")), default=F("promised_until"), output_field=DateField(null=True)
    )
    requests = (
        access.everything()
        .filter(Q(decided_on__isnull=False) | overdue, standard=standard.code, promised_until__isnull=False)
        .exclude(status=Status.WITHDRAWN)
        .annotate(settled_on=settled_on)
        .filter(settled_on__gte=_day(since), settled_on__lt=_day(until))
    )
    return counted(
        requests.order_by()
        .values(month=TruncMonth("settled_on"), at=F("institution_id"))
        .annotate(of=Count("id"), kept=Count("id", filter=in_time))
        .values("month", "of", "kept", institution=F("at"))
    )


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()
