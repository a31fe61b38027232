"""How good an order of answers is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

DEPTH = 10


def reciprocal_rank(found: Sequence[str], right: Collection[str], *, depth: int = DEPTH) -> float:
    """1 for the right answer in the first place, ½ in the second …, 0 when it is not among the first ten."""
    return next((1 / place for place, one in enumerate(found[:depth], 1) if one in right), 0.0)


def recall(found: Sequence[str], right: Collection[str], *, depth: int = DEPTH) -> float:
    """Which share of the right answers is among the first ten."""
    return len(set(right) & set(found[:depth])) / len(right) if right else 0.0


def success(found: Sequence[str], right: Collection[str], *, depth: int = 3) -> float:
    """1 when a right answer is among the first three: what people look at."""
    return float(any(one in right for one in found[:depth]))


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
