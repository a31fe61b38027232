"""The kinds of entries programs get as lists: which rows they are, and how a row is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from ninja import Schema

from portal.api import charter, entries
from portal.api.entries import Entries
from portal.api.schemas import content, promises

_encode = DjangoJSONEncoder().encode  # the one that ninja answers with
Rows = Callable[[], QuerySet[Any]]
Read = Callable[..., Entries]


@dataclass(frozen=True, slots=True)
class Kind:
    """`name`: its list's; `rows()`: what the public may see, in a steady order; `read(rows, language)`: as entries of
    this `shape`."""

    name: str
    rows: Rows
    read: Read
    shape: type[Schema]

    def all(self) -> Entries:
        return self.read(self.rows())


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("services", entries.services, entries.services_of, content.Service),
        Kind("institutions", entries.institutions, entries.institutions_of, content.Institution),
        Kind("topics", entries.topics, entries.topics_of, content.Topic),
        Kind("articles", entries.articles, entries.articles_of, content.Article),
        Kind("charters", charter.charters, charter.charters_of, promises.CharterVersion),
        Kind("standards", charter.standards, charter.standards_of, promises.Standard),
    )
}
# Measurements are put together from several tables: they have no rows of their own to filter.
MEASUREMENTS = "measurements"


def everything() -> dict[str, Entries]:
    """All that the public may read as data, kind by kind."""
    return {**{name: kind.all() for name, kind in KINDS.items()}, MEASUREMENTS: charter.measurements()}


def as_given(kind: str, found: Entries) -> Entries:
    """Entries as programs get them, to the letter: dates as text, numbers as numbers."""
    shape = promises.Measurement if kind == MEASUREMENTS else KINDS[kind].shape
    given: Entries = json.loads(_encode([shape.model_validate(entry).model_dump() for entry in found]))
    return given
