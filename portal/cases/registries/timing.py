"""How long a call may still take: told from above, asked by adapters that go over the wire."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

Answer = TypeVar("Answer")
LONGEST = 4.0
_ends: ContextVar[float | None] = ContextVar("ends", default=None)


def left() -> float:
    """Seconds that are left for the work in hand; work that nobody limited has `LONGEST` for each call."""
    ends = _ends.get()
    return LONGEST if ends is None else max(0.0, ends - time.monotonic())


def limited(seconds: float, work: Callable[[], Answer]) -> Answer:
    """Do `work`, which has this long."""
    token = _ends.set(time.monotonic() + seconds)
    try:
        return work()
    finally:
        _ends.reset(token)
