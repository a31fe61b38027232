"""Which promise holds for a request for a service, and the days it gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from charter.models import ServiceStandard, Source

DECISION = "decided_within_days"
VISITS = "visits_as_agreed"


@dataclass(frozen=True, slots=True)
class Promise:
    """The standard a decision is measured by: its code, the days promised and those of the law, and the clock."""

    standard: str
    days: int | None
    legal_days: int | None
    clock: str
    legal_pauses: bool = False


def promise_for(service: str, *, on: dt.date) -> Promise | None:
    """The promise in force on a day: the service's own standard before the one for all; None when there is none."""
    asked = ("code", "promised_value", "legal_value", "clock", "service_id", "legal_pauses")
    row = _in_force(service, DECISION, on).filter(source=Source.CASES).values_list(*asked)
    found = sorted(row, key=lambda one: one[4] is None)
    if not found:
        return None
    code, promised, legal, clock, _service, pauses = found[0]
    return Promise(code, int(promised) if promised else None, int(legal) if legal else None, clock, pauses)


def visits_standard(service: str, *, on: dt.date) -> ServiceStandard | None:
    """What the town has promised about visits of a service: a complaint about one names it. None: no such promise."""
    return next(iter(sorted(_in_force(service, VISITS, on), key=lambda one: one.service_id is None)), None)


def _in_force(service: str, metric: str, on: dt.date) -> QuerySet[ServiceStandard]:
    return ServiceStandard.objects.filter(
        Q(service__code=service) | Q(service__isnull=True, commitment__service__code=service),
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        live=True,
        metric=metric,
        valid_from__lte=on,
    ).order_by("service_id", "-valid_from")
