"""Measured on promised calls: rung by the time we promised.

A promise counts on the day it was due; one that the resident cancelled counts nowhere, a call that is not due yet not
before it is made. Picked up or not: the first try counts.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from charter.models import ServiceStandard
from chat.models import Task, TaskKind, TaskState
from portal.core import clock
from portal.dashboard.sources.base import Record


def callback_records(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> list[Record]:
    """Every promised call that was counted, newest first: one query."""
    due_or_made = Q(due_at__lte=clock.now()) | Q(first_try_at__isnull=False)
    rows = (
        Task.objects.filter(due_or_made, kind=TaskKind.CALLBACK, due_at__gte=since, due_at__lt=until)
        .exclude(state=TaskState.CANCELLED)
        .order_by("-due_at", "pk")
        .values_list("consultation__reference", "due_at", "consultation__institution_id", "first_try_at")
    )
    return [
        Record(reference, clock.day_of(due), institution, first_try is not None and first_try <= due)
        for reference, due, institution, first_try in rows
    ]
