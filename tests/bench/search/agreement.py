"""Whether both engines put the same three things first, whatever their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 0.98
Tops = Mapping[tuple[str, str, int], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """One set in all its forms. `differing`: questions whose three first differ."""

    data: str
    queries: int
    same_top3: float
    differing: int


def compare(one: Tops, other: Tops) -> list[Row]:
    """A row for each set that both engines have answered, and one for all."""
    rows = []
    both = [name for name in one if name in other]
    for data in [*dict.fromkeys(name[0] for name in both), "all"]:
        names = [name for name in both if data in (name[0], "all")]
        differing = sum(set(one[name]) != set(other[name]) for name in names)
        if names:
            rows.append(Row(data, len(names), round(1 - differing / len(names), 4), differing))
    return rows
