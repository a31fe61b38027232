"""What people open most and what was checked last: who stands first among answers that are equally good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from django.core.cache import cache
from django.db.models import Count

from kb.models import SearchEvent
from kb.search.ranking import Ranked
from portal.core import clock

EQUAL = 0.01  # scores that differ by less say the same
SPAN = dt.timedelta(days=30)
AT_LEAST = 3  # different people; fewer tell nothing
MOST = 300
KEPT_SECONDS = 15 * 60
_KEY = "search:opened"
_LONG_AGO = dt.date.min
Name = tuple[str, str]  # kind, code


def settled(rows: Sequence[Ranked], checked: Mapping[Name, dt.date | None]) -> list[Ranked]:
    """The same rows; neighbours that are equally good by how many opened them, then by when they were checked.

    What editors pinned stays in their order. Twice as many people make a difference, one more does not.
    """
    opened: Mapping[Name, int] | None = None
    ordered: list[Ranked] = []
    for group in _equals(rows):
        if len(group) > 1 and not group[0].is_pinned:
            opened = _opened() if opened is None else opened
            liked = opened
            group.sort(
                key=lambda row: (
                    -liked.get((row.kind, row.code), 0).bit_length(),
                    -(checked.get((row.kind, row.code)) or _LONG_AGO).toordinal(),
                )
            )
        ordered += group
    return ordered


def _equals(rows: Sequence[Ranked]) -> Iterator[list[Ranked]]:
    """Rows that follow one another and score like the first of them."""
    group: list[Ranked] = []
    for row in rows:
        if group and not (row.is_pinned == group[0].is_pinned and _is_as_good(row.score, group[0].score)):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _is_as_good(score: float, first: float) -> bool:
    return first * (1 - EQUAL) <= score <= first


def _opened() -> dict[Name, int]:
    """How many people opened each thing from a list of results lately."""
    known: dict[Name, int] | None = cache.get(_KEY)
    if known is None:
        lately = SearchEvent.objects.filter(at__gte=clock.now() - SPAN, opened_at__isnull=False, reader="resident")
        counted = lately.exclude(asker="").values("opened_kind", "opened_code")
        rows = counted.annotate(people=Count("asker", distinct=True)).filter(people__gte=AT_LEAST).order_by("-people")
        known = {(row["opened_kind"], row["opened_code"]): row["people"] for row in rows[:MOST]}
        cache.set(_KEY, known, KEPT_SECONDS)
    return known
