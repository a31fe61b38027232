"""Requests for services, as the portal links to them, and how far each has come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from django.utils import timezone

from charter.models import ServiceStandard
from portal.cases.models import CaseLink
from portal.cases.registries.facts import DECIDED, Status
from portal.core import clock, receipts
from portal.demo.history import moments, plan
from portal.demo.history.town import Town

DECISION = "decided_within_days"
SERVICES = {code: weight for code, weight in plan.SERVICES.items() if code != "krizes"}  # help there comes at once


@dataclass(frozen=True, slots=True)
class Request:
    """The link to a case, what the case is called, and (status, when) from its receipt on."""

    link: CaseLink
    title: str
    steps: list[tuple[Status, dt.datetime]]


class Counter:
    """Where the days' requests come in; numbers never repeat."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.standard = ServiceStandard.objects.filter(metric=DECISION, live=True).first()
        self._count = 0

    def day(self, day: dt.date, *, progress: float) -> list[Request]:
        """A day's requests. `progress` 0–1: how far the history has come."""
        if self.standard is None:
            return []
        rng = Random(f"requests {day}")  # noqa: S311  (a demonstration, not a secret)
        many = max(0, round(rng.gauss(plan.REQUESTS_A_DAY, 1.5)))
        return [self._request(day, rng, self.standard, progress) for _ in range(many)]

    def _request(self, day: dt.date, rng: Random, standard: ServiceStandard, progress: float) -> Request:
        self._count += 1
        at = moments.in_hours(day, rng)
        service = self.town.services[plan.pick(rng, SERVICES)]
        took_down = self.town.institutions.get(plan.pick(rng, plan.DESKS))
        promised = int(standard.promised_value or 0)
        steps = _steps(at, rng, progress)
        status, since = steps[-1]
        number = f"SD-{day.year}-{self._count:06d}"
        link = CaseLink(
            reference=receipts.reference("B", f"{rng.randrange(10**3):03d}{self._count:04d}"),
            secret_digest="",
            external_id=number,
            number=number,
            person_link=f"{rng.getrandbits(256):064x}",
            service=service.code,
            institution=service.provider or took_down,
            registered_at=took_down,
            standard=standard.code,
            promised_days=promised,
            submitted_at=at,
            promised_until=day + dt.timedelta(days=promised),
            status=status,
            decided_on=timezone.localtime(since).date() if status in DECIDED else None,
            language=plan.pick(rng, plan.LANGUAGES),
            is_demo=True,
        )
        return Request(link, service.name_lt, steps)


def _steps(at: dt.datetime, rng: Random, progress: float) -> list[tuple[Status, dt.datetime]]:
    """(status, when) from the receipt on, as far as today has come."""
    days = plan.around(rng, plan.DAYS_TO_DECIDE * (1.05 - 0.15 * progress), 0.33)
    is_withdrawn = plan.happens(rng, 0.03)
    end = Status.WITHDRAWN if is_withdrawn else plan.pick(rng, {Status.GRANTED: 82, Status.REFUSED: 18})
    steps = [
        (Status.RECEIVED, at),
        (Status.WORKING, at + dt.timedelta(days=1 + 2 * rng.random())),
        (end, at + dt.timedelta(days=max(4.0, days))),
    ]
    now = clock.now()
    return [step for step in steps if step[1] <= now]
