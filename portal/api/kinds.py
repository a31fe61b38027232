"""The kinds of entries programs get as lists: which rows they are, and how a row is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from portal.api import charter, entries
from portal.api.entries import Entries

Rows = Callable[[], QuerySet[Any]]
Read = Callable[..., Entries]


@dataclass(frozen=True, slots=True)
class Kind:
    """`name`: its list's; `rows()`: what the public may see, in a steady order; `read(rows, language)`: as entries."""

    name: str
    rows: Rows
    read: Read

    def all(self) -> Entries:
        return self.read(self.rows())


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("services", entries.services, entries.services_of),
        Kind("institutions", entries.institutions, entries.institutions_of),
        Kind("topics", entries.topics, entries.topics_of),
        Kind("articles", entries.articles, entries.articles_of),
        Kind("charters", charter.charters, charter.charters_of),
        Kind("standards", charter.standards, charter.standards_of),
    )
}
# Measurements are put together from several tables: they have no rows of their own to filter.
MEASUREMENTS = "measurements"


def everything() -> dict[str, Entries]:
    """All that the public may read as data, kind by kind."""
    return {**{name: kind.all() for name, kind in KINDS.items()}, MEASUREMENTS: charter.measurements()}
