"""What every source answers: how many kept, of how many, by month and institution."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import DateField
from django.db.models.functions import TruncMonth

from charter.models import ServiceStandard


@dataclass(frozen=True, slots=True)
class Tally:
    """`kept` of `of`."""

    kept: int = 0
    of: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.kept + other.kept, self.of + other.of)


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that was counted: its public number, the day it counts on, and whether the promise was kept."""

    reference: str
    day: dt.date
    institution: int | None
    is_kept: bool


# First day of the month and institution (None: the city's own desk).
Counted: TypeAlias = dict[tuple[dt.date, int | None], Tally]
Source: TypeAlias = Callable[[ServiceStandard, dt.datetime, dt.datetime], Counted]
RecordSource: TypeAlias = Callable[[ServiceStandard, dt.datetime, dt.datetime], list[Record]]
Snapshot: TypeAlias = Callable[[], Tally]


def month(of: str) -> TruncMonth:
    """The first day of the month of a moment, by the town's clock."""
    return TruncMonth(of, output_field=DateField())


def counted(rows: Iterable[Mapping[str, Any]]) -> Counted:
    """Rows with `month`, `institution`, `kept`, `of` as a table."""
    return {(row["month"], row["institution"]): Tally(row["kept"], row["of"]) for row in rows}


def tally_by_hand(records: RecordSource) -> Source:
    """How many of the records kept the promise, by month and institution; for sources that no database adds up."""

    def source(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Counted:
        counted: Counted = {}
        for record in records(standard, since, until):
            key = (record.day.replace(day=1), record.institution)
            counted[key] = counted.get(key, Tally()) + Tally(int(record.is_kept), 1)
        return counted

    return source
