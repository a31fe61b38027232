"""What does not go together in a week plan: found the same way when it is drafted, changed and signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from portal.registry.models import PlanStop
from portal.registry.plans.gathering import minute
from portal.registry.plans.proposing import Need, Worker, hours

FORBIDDEN = frozenset({"nobody", "two_places", "no_visits"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """A word and its facts. What is forbidden can't be signed; the rest needs a reason."""

    word: str
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def is_forbidden(self) -> bool:
        return self.word in FORBIDDEN


def conflicts(
    stops: Iterable[PlanStop], worker: Worker | None, needs: Iterable[Need], package: int | None
) -> list[Conflict]:
    """Everything that does not go together, the forbidden first."""
    stops = list(stops)
    total = sum(stop.minutes for stop in stops)
    found = [] if stops else [Conflict("no_visits")]
    if worker is None:
        found.append(Conflict("nobody"))
    else:
        found += [one for stop in stops for one in _at(stop, worker)]
        if total > worker.free:
            facts = {"name": worker.name, "needed": hours(total), "free": hours(max(0, worker.free))}
            found.append(Conflict("over_capacity", facts))
    if package is not None and total > package:
        found.append(Conflict("outside_package", {"needed": hours(total), "package": hours(package)}))
    found += _services(stops, needs)
    return sorted(found, key=lambda one: not one.is_forbidden)


def _at(stop: PlanStop, worker: Worker) -> list[Conflict]:
    begins = minute(stop.starts)
    ends = begins + stop.minutes
    facts = {"name": worker.name, "weekday": stop.weekday}
    found = []
    for other_begins, other_ends in worker.spans(stop.weekday):
        if begins < other_ends and other_begins < ends:
            found.append(Conflict("two_places", facts | {"at": hours(other_begins), "until": hours(other_ends)}))
    if stop.weekday not in worker.weekdays or begins < worker.begins or ends > worker.ends:
        found.append(Conflict("outside_hours", facts))
    return found


def _services(stops: list[PlanStop], needs: Iterable[Need]) -> list[Conflict]:
    """Less of a service than the programme has, or one that it does not have."""
    planned: dict[str, int] = {}
    for stop in stops:
        for code, minutes in stop.services.items():
            planned[code] = planned.get(code, 0) + minutes
    found = []
    for need in needs:
        given = planned.pop(need.service, 0)
        if given < need.minutes_week:
            facts = {"service": need.service, "given": hours(given), "needed": hours(need.minutes_week)}
            found.append(Conflict("too_little", facts))
    return found + [Conflict("not_in_programme", {"service": code}) for code in planned]
