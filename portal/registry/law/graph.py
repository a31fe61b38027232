"""Every table that hangs on a person, found from the tables themselves: a new one can't be forgotten.

Export, erasure and the test of both walk this graph and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import ManyToOneRel, Model, Q, QuerySet

from portal.registry.models import Recipient


@dataclass(frozen=True, slots=True)
class Table:
    """A table, the one it hangs on, and the ways from its rows to the person, e.g. `visit__recipient`."""

    model: type[Model]
    parent: type[Model]
    ways: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.model._meta.label

    def rows(self, people: Iterable[int]) -> QuerySet[Any]:
        """The rows about these people."""
        ids, about = list(people), Q()
        for way in self.ways:
            about |= Q(**{f"{way}__in": ids})
        return self.model._default_manager.filter(pk__in=self.model._default_manager.filter(about).values("pk"))


def pointing_at(model: type[Model]) -> list[tuple[type[Model], Any]]:
    """The tables with a key to this one, and the key – also those that have no name for the way back."""
    relations = [one for one in model._meta.get_fields(include_hidden=True) if isinstance(one, ManyToOneRel)]
    return [(one.related_model, one.field) for one in relations]


@lru_cache(maxsize=1)
def tables() -> tuple[Table, ...]:
    """The tables, nearest to the person first, without the person's own."""
    ways: dict[type[Model], list[str]] = {}
    parents: dict[type[Model], type[Model]] = {}
    nearest: list[tuple[type[Model], str]] = [(Recipient, "")]
    for parent, way in nearest:
        for child, field in pointing_at(parent):
            if child is Recipient:
                continue
            if child not in ways:
                nearest.append((child, f"{field.name}__{way}" if way else field.name))
                parents[child] = parent
            ways.setdefault(child, []).append(f"{field.name}__{way}" if way else field.name)
    return tuple(Table(child, parents[child], tuple(found)) for child, found in ways.items())


def everybody(person: Recipient) -> list[int]:
    """The ids of the record and of those that were merged into it, one after another."""
    found = [person.pk]
    for one in found:
        found += Recipient.objects.filter(merged_into_id=one).values_list("pk", flat=True)
    return found
