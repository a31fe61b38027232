"""Decisions against their promised day: what the measurement job counts for standards whose source is cases.

A case belongs to the period in which it was decided; one that is not decided belongs to the period in which its
promised day passed, and is late. Withdrawn cases count nowhere: nobody decided them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from portal.cases import access
from portal.cases.registries.facts import Status
from portal.core import clock


@dataclass(frozen=True, slots=True)
class Decision:
    """One case of a standard in a period."""

    reference: str
    service: str
    institution: int | None
    submitted_on: dt.date
    decided_on: dt.date | None
    promised_until: dt.date
    is_demo: bool

    @property
    def is_kept(self) -> bool:
        return self.decided_on is not None and self.decided_on <= self.promised_until


def decisions(standard: str, *, since: dt.date, until: dt.date) -> list[Decision]:
    """Cases of `standard` (its code) decided or fallen due from `since` to `until`, both included; one query.

    While we wait for a person the clock stands, so such a case has not fallen due.
    """
    decided = Q(decided_on__range=(since, until))
    last = min(until, clock.today() - dt.timedelta(days=1))
    overdue = Q(decided_on__isnull=True, promised_until__range=(since, last)) & ~Q(
        status__in=(Status.WITHDRAWN, Status.WAITING)
    )
    found = (
        access.everything()
        .filter(decided | overdue, standard=standard)
        .order_by("pk")
        .values_list(
            "reference", "service", "institution_id", "submitted_at", "decided_on", "promised_until", "is_demo"
        )
    )
    return [
        Decision(reference, service, institution, clock.day_of(submitted), decided_on, promised, is_demo)
        for reference, service, institution, submitted, decided_on, promised, is_demo in found
        if promised is not None
    ]
