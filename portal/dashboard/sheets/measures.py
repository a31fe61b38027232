"""What a sheet counts: grounds (counts by month) and the measures read from them. Everything adds up over cells."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise as Lazy

from portal.dashboard import tallying
from portal.dashboard.models import AnswerCount, AppealCount, ContactCount, RatingCount, SearchCount, VoteCount
from portal.dashboard.scope import Dimension

Words: TypeAlias = str | Lazy


class Unit(enum.Enum):
    """How a figure is said: a share of cases, a share of people's answers, how many, an average."""

    SHARE = "share"
    OPINION = "opinion"
    COUNT = "count"
    SECONDS = "seconds"
    DAYS = "days"

    @property
    def is_share(self) -> bool:
        return self in (Unit.SHARE, Unit.OPINION)


@dataclass(frozen=True, slots=True)
class Ground:
    """A table of counts, the query it is counted with, and the columns it can be broken down by.

    `is_of_city`: its records belong to no institution, so only who sees the whole city sees them.
    """

    table: type[models.Model]
    query: Callable[[Q], tallying.Rows]
    moment: str
    by: Mapping[Dimension, str]
    place: str = "institution"
    is_of_city: bool = False


@dataclass(frozen=True, slots=True, eq=False)  # its lazy words say something else in each language
class Measure:
    """`part` of `of` (columns of the ground); of a count only `of`. `better`: 1 more is better, -1 less, 0 neither.

    `metrics`: the promises whose target stands beside it, where they have the same. `channels`: it is counted of these
    only, so the others are no empty groups of it but none at all. Without a ground it is counted
    by its sheet.
    """

    code: str
    ground: Ground | None
    unit: Unit
    name: Words
    meaning: Words
    of: str = ""
    part: str = ""
    better: int = 0
    metrics: tuple[str, ...] = ()
    channels: frozenset[str] = frozenset()
    columns: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", (self.part, self.of) if self.part else (self.of,))

    def tally(self, row: Mapping[str, Any]) -> tuple[int, int]:
        """(part, of) of one row of counts."""
        return (row[self.part] if self.part else 0), row[self.of]


_PLACE_BY = {Dimension.INSTITUTION: "institution_id"}
CONTACTS = Ground(
    ContactCount,
    tallying.contacts,
    "started_at",
    {
        Dimension.LANGUAGE: "language",
        Dimension.CHANNEL: "channel",
        Dimension.TOPIC: "found_topic",
        **_PLACE_BY,
    },
)
RATINGS = Ground(
    RatingCount,
    tallying.ratings,
    "at",
    {
        Dimension.SERVICE: "service_id",
        Dimension.CHANNEL: "channel",
        Dimension.LANGUAGE: "language",
        Dimension.ENTRY: "entry_kind",
        **_PLACE_BY,
    },
)
SEARCHES = Ground(SearchCount, tallying.searches, "at", {Dimension.LANGUAGE: "language"}, is_of_city=True)
VOTES = Ground(VoteCount, tallying.votes, "at", {Dimension.LANGUAGE: "language"}, is_of_city=True)
_LETTERS_BY = {
    Dimension.KIND: "kind",
    Dimension.SERVICE: "service_id",
    Dimension.CHANNEL: "channel",
    Dimension.LANGUAGE: "language",
    **_PLACE_BY,
}
APPEALS = Ground(AppealCount, tallying.appeals, "entered_at", _LETTERS_BY)
ANSWERS = Ground(AnswerCount, tallying.answers, "sent_at", _LETTERS_BY, place="appeal__institution")
