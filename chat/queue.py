"""Places in the queue and what people may expect, as plain arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

RECENT = 50  # so many last waits are looked at
ENOUGH = 10  # with fewer nothing is said
LONG = 20  # with more people waiting nobody is asked to sit and wait


@dataclass(frozen=True, slots=True)
class Wait:
    """About `minutes`: so long waited the last `basis` people."""

    minutes: int
    basis: int


@dataclass(frozen=True, slots=True)
class Place:
    """`number` 1 is next. `wait` is None while too few have waited to say anything."""

    number: int
    wait: Wait | None

    @property
    def ahead(self) -> int:
        return self.number - 1

    @property
    def dots(self) -> range:
        """People ahead as dots, as many as one can still see at a glance."""
        return range(min(self.ahead, 12))


def expected(waits: Sequence[int]) -> Wait | None:
    """The middle one of the last waits (in seconds, newest first), in full minutes; None without enough of them."""
    recent = waits[:RECENT]
    if len(recent) < ENOUGH:
        return None
    return Wait(minutes=max(1, round(median(recent) / 60)), basis=len(recent))


def place(*, ahead: int, waits: Sequence[int]) -> Place:
    """The place of somebody with `ahead` people before them."""
    return Place(number=ahead + 1, wait=expected(waits))
