"""Asking a registry, with a limit on how long we wait and a breaker for one that keeps failing.

The breaker's memory is the process's own: each process finds out by itself, at worst five times.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from functools import partial
from typing import TypeVar

from portal.cases.breaker import Breaker
from portal.cases.registries import CaseRegistry, registries, timing
from portal.cases.registries.base import Away, NotThere, Refused, RegistryTrouble
from portal.core import health

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")
PAGE = 1.5
BACKGROUND = 4.0
UPLOAD = 30.0  # for a paper of 10 MB on a slow line; less than the outbox's lease
AT_ONCE = 8

_breakers: defaultdict[str, Breaker] = defaultdict(Breaker)
_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="case-registry")


class LeftAlone(Away):
    """The registry has failed again and again and is not asked just now."""


class Budget:
    """How long all calls of one page, or of one piece of background work, may take together."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return max(0.0, self._ends - time.monotonic())


def ask(alias: str, question: Callable[[CaseRegistry], Answer], *, budget: Budget) -> Answer:
    """The answer to `question(registry)`. Raises Away (down, slow, nonsense), NotThere, Refused – nothing else."""
    breaker = _breakers[alias]
    if not breaker.may_call(time.monotonic()):
        raise LeftAlone("left alone after several failures")
    registry = registries[alias]
    try:
        answer = question(registry) if registry.is_here else _within(budget, registry, question)
    except (NotThere, Refused):
        breaker.succeeded()
        raise
    except Exception as trouble:  # whatever it is, it is the registry's and must not break our page
        breaker.failed(time.monotonic())
        logger.warning("registry %s: no answer (%s)", alias, type(trouble).__name__)
        if isinstance(trouble, RegistryTrouble):
            raise
        raise Away(type(trouble).__name__) from trouble
    breaker.succeeded()
    return answer


def _within(budget: Budget, registry: CaseRegistry, question: Callable[[CaseRegistry], Answer]) -> Answer:
    running = _threads.submit(timing.limited, budget.left, partial(question, registry))
    try:
        return running.result(timeout=budget.left)
    except TooSlow as slow:
        running.cancel()
        raise Away("too slow") from slow


def is_left_alone(alias: str) -> bool:
    """Whether the registry is not asked just now."""
    return _breakers[alias].is_open(time.monotonic())


def forget_failures() -> None:
    """Begin anew, as after a start of the process."""
    _breakers.clear()


def state() -> str:
    """For the health page, which anybody may read: no numbers. Raises Away."""
    ask("default", lambda registry: registry.check(), budget=Budget(PAGE))
    return "ok"


health.register("case registry", state, needed=False)
