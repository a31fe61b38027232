"""Deep tests have two sizes: a seeded sample in every run, everything in `make test-deep`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Depth:
    """`full`: go all the way. `random`: seeded by the test's name, so that a sample that failed fails again."""

    full: bool
    random: Random

    def times(self, *, full: int, sample: int) -> int:
        """How often to repeat."""
        return full if self.full else sample

    def of(self, items: Sequence[Item], *, sample: int) -> list[Item]:
        """All items, or a sample of them."""
        if self.full or sample >= len(items):
            return list(items)
        return self.random.sample(list(items), sample)
