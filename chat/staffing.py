"""How many consultants a phone line needs, by Erlang C: an estimate from the last weeks, never a promise. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

MOST = 200  # agents; beyond this nobody plans by formula


@dataclass(frozen=True, slots=True)
class Expected:
    """With so many agents: the share that waits at all, the average wait, and the share answered within the target."""

    agents: int
    waits: float
    average_wait: float
    service_level: float


def load(*, calls: float, seconds: float, period: float) -> float:
    """Erlangs: how many agents would talk all the time."""
    return calls * seconds / period


def expected(*, agents: int, calls: float, seconds: float, period: float, target: float) -> Expected | None:
    """`calls` in `period` seconds, each of `seconds`, to be answered within `target`. None: the queue only grows."""
    erlangs = load(calls=calls, seconds=seconds, period=period)
    if agents <= erlangs:
        return None
    if not erlangs:
        return Expected(agents, 0.0, 0.0, 1.0)
    blocked = 1.0
    for k in range(1, agents + 1):
        blocked = erlangs * blocked / (k + erlangs * blocked)
    waits = agents * blocked / (agents - erlangs * (1 - blocked))
    return Expected(
        agents,
        waits,
        waits * seconds / (agents - erlangs),
        1 - waits * math.exp(-(agents - erlangs) * target / seconds),
    )


def needed(*, calls: float, seconds: float, period: float, target: float, share: float) -> Expected | None:
    """The fewest agents that answer `share` of the calls within `target` seconds; None beyond what can be planned."""
    for agents in range(1, MOST + 1):
        found = expected(agents=agents, calls=calls, seconds=seconds, period=period, target=target)
        if found is not None and found.service_level >= share:
            return found
    return None
