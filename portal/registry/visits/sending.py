"""A visit as it is sent: the fields of a page or of a queue's entry, read and checked for their form."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from portal.registry.models import CareService, Unit
from portal.registry.refusals import Refused
from portal.registry.visits.actions import Done, Entry

MOST_SERVICES = 40


def read(sent: QueryDict) -> Entry:
    """The entry in these fields. Raises Refused for what can't be read.

    `client_id`, `recipient`, `day` and `at` (or `started_at`, with its offset, from a queue), `minutes`, `outcome`,
    `service` once for each that was given, `minutes-<service>`, `times-<service>`, `note`, `is_emergency`.
    """
    try:
        client_id = UUID(sent.get("client_id", ""))
        recipient = int(sent.get("recipient", ""))
        minutes = int(sent.get("minutes", "") or 0)
        services = [int(pk) for pk in sent.getlist("service")][:MOST_SERVICES]
    except ValueError:
        raise Refused("unreadable", field="minutes") from None
    return Entry(
        client_id=client_id,
        recipient=recipient,
        started_at=_started(sent),
        minutes=minutes,
        services=_services(sent, services, minutes),
        outcome=sent.get("outcome", "done"),
        note=sent.get("note", "")[:2000],
        is_emergency="is_emergency" in sent,
    )


def _started(sent: QueryDict) -> dt.datetime:
    """When it began, by the town's clock where no offset is said."""
    said = sent.get("started_at") or f"{sent.get('day', '')}T{sent.get('at', '')}"
    try:
        moment = dt.datetime.fromisoformat(said)
    except ValueError:
        raise Refused("no_hour", field="started") from None
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _services(sent: QueryDict, services: list[int], minutes: int) -> list[Done]:
    """Minutes are asked for only where more than one service was given by the hour; one alone took the whole visit."""
    by_hour = set(CareService.objects.filter(pk__in=services, unit=Unit.HOUR).values_list("pk", flat=True))
    alone = len(by_hour) == 1
    found = []
    for pk in dict.fromkeys(services):
        try:
            lasted = int(sent.get(f"minutes-{pk}", "") or 0)
            times = int(sent.get(f"times-{pk}", "") or 1)
        except ValueError:
            raise Refused("unreadable", field="minutes") from None
        if pk in by_hour and not lasted:
            if not alone:
                raise Refused("minutes_of_each", field="minutes")
            lasted = minutes
        if not (0 <= lasted <= 720 and 1 <= times <= 99):
            raise Refused("unreadable", field="minutes")
        found.append(Done(pk, minutes=lasted if pk in by_hour else 0, times=times))
    return found
