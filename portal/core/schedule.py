"""Work that comes round: each piece says how often, one worker runs what is due.

The embedded run has the worker as a thread of its one process; in production `manage.py run_schedule` is a process
of its own. The cache's lock keeps two workers from doing the same round.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import close_old_connections

logger = logging.getLogger(__name__)
Work = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Round:
    """One piece of periodic work."""

    name: str
    seconds: int
    work: Work


_rounds: dict[str, Round] = {}


def every(seconds: int, name: str) -> Callable[[Work], Work]:
    """Register `work` to be done every `seconds`."""

    def register(work: Work) -> Work:
        _rounds[name] = Round(name, seconds, work)
        return work

    return register


def rounds() -> list[Round]:
    return list(_rounds.values())


def run_due() -> list[str]:
    """Do what is due now; returns the names. One that fails is logged and comes round again."""
    done = []
    for entry in rounds():
        if not cache.add(f"schedule:{entry.name}".replace(" ", "-"), 1, entry.seconds):
            continue
        try:
            entry.work()
        except Exception:
            logger.exception("schedule: %s failed", entry.name)
        done.append(entry.name)
    return done


def run_until(stop: threading.Event, *, pause: float = 1.0) -> None:
    """The worker's loop."""
    started = time.monotonic()
    while not stop.wait(pause):
        run_due()
        close_old_connections()
    logger.info("schedule: stopped after %d s", time.monotonic() - started)
