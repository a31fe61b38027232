"""What a tablet takes along: the worker's days with their people, services and extras, as plain values."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from portal.core import clock
from portal.core.templatetags.parama import tel
from portal.registry.models import CareService, Post, Visit
from portal.registry.visits.day import Stop, WorkDay, work_day

DAYS = 2  # today, and tomorrow for whoever leaves home before there is a network


def days_of(post: Post) -> list[dict[str, Any]]:
    """The worker's own days, the people due first, by the hour."""
    today = clock.today()
    return [_day(work_day(post.user, today + dt.timedelta(days=n), post)) for n in range(DAYS)]


def _day(work: WorkDay) -> dict[str, Any]:
    noon = timezone.make_aware(dt.datetime.combine(work.day, dt.time(12)))
    return {
        "day": work.day.isoformat(),
        "offset": f"{noon:%z}",
        "stops": [_stop(stop) for stop in work.stops],
        "extras": [_service(service) for service in work.extras],
    }


def _stop(stop: Stop) -> dict[str, Any]:
    person = stop.programme.recipient
    hour = stop.hour
    return {
        "recipient": person.pk,
        "name": person.name,
        "address": person.address,
        "phone": person.phone,
        "tel": tel(person.phone),
        "beware": person.beware,
        "language": person.language,
        "hour": f"{hour:%H:%M}" if hour else "",
        "is_due": stop.is_due,
        "lines": [_service(line.service) | {"usual": line.minutes} for line in stop.lines],
        "visits": [_visit(visit) for visit in stop.visits],
    }


def _visit(visit: Visit) -> dict[str, Any]:
    at = visit.started_at.isoformat()
    return {"id": str(visit.client_id), "at": at, "minutes": visit.minutes, "outcome": visit.outcome}


def _service(service: CareService) -> dict[str, Any]:
    name = service.said
    return {"id": service.pk, "name": name.text, "lang": name.language, "unit": service.unit}
