"""By what a list of hits is narrowed, and how many hits each choice would leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kb.search.documents import About, Audience
from kb.search.ranking import Ranked

FIELDS = ("kind", "topics", "institutions", "languages", "audience")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Each field with the values of which a hit must have one; a field that is not there narrows nothing."""

    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def to(cls, **values: Iterable[str] | None) -> Narrowing:
        """`Narrowing.to(kind=["article"], topics=[])`: empty ones narrow nothing."""
        given = {name: frozenset(some) for name, some in values.items() if some}
        if not given.keys() <= set(FIELDS):
            raise ValueError(f"nothing is narrowed by {', '.join(given.keys() - set(FIELDS))}")
        return cls(given)

    def __bool__(self) -> bool:
        return bool(self.chosen)

    @property
    def kinds(self) -> frozenset[str] | None:
        return self.chosen.get("kind")

    @property
    def about(self) -> dict[str, frozenset[str]]:
        """What an engine is asked besides kind and audience."""
        return {name: values for name, values in self.chosen.items() if name in About._fields}

    def audiences(self, allowed: frozenset[Audience]) -> frozenset[Audience]:
        wanted = self.chosen.get("audience")
        return allowed if wanted is None else frozenset(one for one in allowed if one in wanted)

    def admits(self, row: Ranked, *, but: str = "") -> bool:
        """Whether the row has what is wanted in every field but one."""
        return all(name == but or not wanted.isdisjoint(values_of(row, name)) for name, wanted in self.chosen.items())


def values_of(row: Ranked, name: str) -> tuple[str, ...]:
    """What a hit has in one field."""
    return _VALUES[name](row)


_VALUES: dict[str, Callable[[Ranked], tuple[str, ...]]] = {
    "kind": lambda row: (row.kind,),
    "topics": lambda row: row.about.topics,
    "institutions": lambda row: row.about.institutions,
    "languages": lambda row: row.about.languages,
    "audience": lambda row: tuple(map(str, row.audiences)),
}


def counts(rows: Sequence[Ranked], narrowing: Narrowing) -> dict[str, dict[str, int]]:
    """For each field, how many hits each value would leave while the other fields stay as they are."""
    found: dict[str, dict[str, int]] = {}
    for name, values in _VALUES.items():
        tally = found[name] = {}
        is_free = narrowing.chosen.keys() <= {name}
        for row in rows:
            if is_free or narrowing.admits(row, but=name):
                for value in values(row):
                    tally[value] = tally.get(value, 0) + 1
    return found
