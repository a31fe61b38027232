"""What a pack would change: entry by entry, and where it would meet people's own work."""

from __future__ import annotations

import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from portal.demo import surveys
from portal.demo.records import Record
from portal.demo.writing import edited_by_people


class Outcome(enum.StrEnum):
    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry of the pack beside what stands here; `fields` are those that differ."""

    record: Record
    outcome: Outcome
    fields: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.record.model._meta.model_name}:{self.record.code or '-'}"

    def __str__(self) -> str:
        fields = f" ({', '.join(self.fields)})" if self.fields else ""
        return f"{self.outcome:<8} {self.name}{fields}  {self.record.place}"


def compare(records: Sequence[Record]) -> list[Difference]:
    """Every entry with what would become of it. Only reads."""
    return [_compared(record) for record in records]


def _compared(record: Record) -> Difference:
    row = _row(record)
    if row is None:
        return Difference(record, Outcome.NEW)
    fields = tuple(_differing(record, row))
    if not fields:
        return Difference(record, Outcome.SAME)
    is_theirs = surveys.is_fixed(row) or edited_by_people(record.model, row.pk)
    outcome = Outcome.CONFLICT if is_theirs else Outcome.CHANGED
    return Difference(record, outcome, fields)


def _row(record: Record) -> Any:
    within = {f"{name}__code": code for name, code in record.within.items()}
    return record.model._default_manager.filter(**record.key, **within).first()


def _differing(record: Record, row: Any) -> list[str]:
    found = [name for name, value in record.columns().items() if getattr(row, name) != value]
    found += [name for name, code in record.one.items() if _code(getattr(row, name)) != code]
    for name, codes in record.many.items():
        if set(getattr(row, name).values_list("code", flat=True)) != set(codes):
            found.append(name)
    for name, children in record.children.items():
        here = [_said(child, children) for child in getattr(row, name).all()]
        if here != [_wanted(child) for child in children]:
            found.append(name)
    return found


def _code(row: Any) -> str | None:
    return None if row is None else str(row.code)


def _wanted(child: Record) -> dict[str, Any]:
    return {**child.key, **child.columns(), **child.one}


def _said(row: models.Model, like: Sequence[Record]) -> dict[str, Any]:
    """A child as it stands here, in the columns that the pack writes."""
    if not like:
        return {}
    plain = {name: getattr(row, name) for name in (*like[0].key, *like[0].columns())}
    return {**plain, **{name: _code(getattr(row, name)) for name in like[0].one}}


def conflicts(found: Collection[Difference], taken: Collection[str]) -> list[Difference]:
    """The entries that stay as people here left them: what differs, was edited, and is not taken by name.

    A survey that residents answer or have answered stays even then.
    """
    theirs = [one for one in found if one.outcome == Outcome.CONFLICT]
    return [one for one in theirs if one.name not in taken or surveys.is_fixed(_row(one.record))]
