"""What differs between two versions, by the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not the same; empty where it is not there."""

    place: str
    before: str
    after: str


def differences(before: Any, after: Any) -> list[Difference]:
    """Every value that was changed, added or taken away; parts are matched by their code, not by their place."""
    old, new = dict(_values(before, "")), dict(_values(after, ""))
    places = [*old, *(place for place in new if place not in old)]
    return [
        Difference(place, old.get(place, ""), new.get(place, ""))
        for place in places
        if old.get(place, "") != new.get(place, "")
    ]


def _values(data: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _values(value, f"{place} › {key}" if place else str(key))
    elif isinstance(data, list):
        for number, value in enumerate(data, 1):
            name = value.get("code") or value.get("name") or number if isinstance(value, dict) else number
            yield from _values(value, f"{place} › {name}")
    elif data is not None and data != "":
        yield place, str(data)
