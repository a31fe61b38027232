"""Shares of small groups, said honestly: their interval, and how much of them may be shown."""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass

Z_95 = 1.959963984540054
NOTHING_BELOW = 10
TOO_FEW_BELOW = 30
DIRECTION_BELOW = 50


@dataclass(frozen=True, slots=True)
class Interval:
    """Both ends of what a share may be, 0–1."""

    low: float
    high: float


def wilson(successes: int, n: int, z: float = Z_95) -> Interval:
    """Wilson's score interval of `successes` out of `n`; everything is possible when nothing was counted.

    Raises ValueError when there are more successes than cases, or fewer than none.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no share")
    if n == 0:
        return Interval(0.0, 1.0)
    share = successes / n
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    middle, scale = share + z * z / (2 * n), 1 + z * z / n
    # At the ends the two parts cancel exactly; floating point would leave a crumb.
    low = (middle - spread) / scale if successes else 0.0
    high = (middle + spread) / scale if successes < n else 1.0
    return Interval(low, high)


class Shown(enum.Enum):
    """How much of a share of people may be shown. It depends on how many were asked, never on the answers."""

    NOTHING = "nothing"
    TOO_FEW = "too_few"
    DIRECTION = "direction"
    FULL = "full"


def how_much(n: int) -> Shown:
    """What a cell with `n` cases may show: the one rule for pages, exports and the API."""
    if n < NOTHING_BELOW:
        return Shown.NOTHING
    if n < TOO_FEW_BELOW:
        return Shown.TOO_FEW
    return Shown.DIRECTION if n < DIRECTION_BELOW else Shown.FULL


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many people, as far as it may be shown; empty where nothing may."""

    count: int = 0
    of: int = 0
    shown: Shown = Shown.NOTHING

    @property
    def is_figure(self) -> bool:
        """Whether the figure itself may be shown."""
        return self.shown is Shown.FULL

    @property
    def value(self) -> float:
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> Interval:
        return wilson(self.count, self.of)

    def differs_from(self, other: Share) -> bool:
        """Whether chance does not explain the difference: both are figures and their intervals lie apart."""
        if not (self.is_figure and other.is_figure):
            return False
        return self.interval.low > other.interval.high or self.interval.high < other.interval.low


def complementary(counts: Sequence[int]) -> frozenset[int]:
    """Places of a breakdown that must stay hidden so that nobody can work out a small one from the total.

    Cells of 1–9 cases are hidden; a single one takes the next smallest along, and all that are as large, since which
    of them was taken would tell. So do hidden cells that their sum gives away: all of them one, or all of them nine.
    """
    found = {place for place, n in enumerate(counts) if 0 < n < NOTHING_BELOW}
    for size in sorted({n for n in counts if n >= NOTHING_BELOW}) if found else ():
        given_away = (len(found), (NOTHING_BELOW - 1) * len(found))
        if len(found) > 1 and sum(counts[place] for place in found) not in given_away:
            break
        found |= {place for place, n in enumerate(counts) if n == size}
    return frozenset(found)
