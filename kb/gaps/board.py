"""The gap board: what people miss most, whether it grows, and whether what was done about it helped."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from kb.models import UNSETTLED, Gap, GapSign, GapState, SignKind
from portal.core import clock
from portal.core.readable import Readable

WEEKS = 8
SPAN = dt.timedelta(weeks=4)
_FAILED = ~Q(signs__kind=SignKind.FOUND)


@dataclass(frozen=True, slots=True)
class Volume(Readable):
    """Signs of the last four weeks and of the four before; by week, the oldest first."""

    now: int
    before: int
    weeks: tuple[int, ...]

    @property
    def is_growing(self) -> bool:
        return self.now > self.before

    @property
    def is_shrinking(self) -> bool:
        return self.now < self.before

    @property
    def bars(self) -> list[tuple[int, int, int]]:
        """(x, height, signs) of a small chart 80 × 24."""
        most = max(self.weeks) or 1
        return [(at * 10, round(24 * count / most), count) for at, count in enumerate(self.weeks)]


@dataclass(frozen=True, slots=True)
class Helped(Readable):
    """Signs a week before and after it was settled, and searches since that found something."""

    before: float
    after: float
    found: int
    failed: int
    days: int

    @property
    def is_too_early(self) -> bool:
        return self.days < 7 and not self.found

    @property
    def is_better(self) -> bool:
        return self.after < self.before


@dataclass(frozen=True, slots=True)
class BoardRow(Readable):
    """One gap on the board."""

    gap: Gap
    volume: Volume
    kinds: tuple[tuple[str, int], ...]
    languages: tuple[str, ...]
    last_at: dt.datetime | None
    is_demo: bool
    helped: Helped | None


def gaps(group: str, *, language: str = "", kind: str = "") -> QuerySet[Gap]:
    """The gaps of one list, those with most signs in the last four weeks first."""
    found = Gap.objects.select_related("assigned_to", "article")
    if group == "closed":
        found = found.filter(state=GapState.CLOSED)
    elif group == "dismissed":
        found = found.filter(state=GapState.DISMISSED)
    else:
        found = found.filter(state__in=UNSETTLED)
    if language:
        found = found.filter(pk__in=GapSign.objects.filter(language=language).values("gap"))
    if kind:
        found = found.filter(pk__in=GapSign.objects.filter(kind=kind).values("gap"))
    recent = Q(signs__at__gte=clock.now() - SPAN) & _FAILED
    return found.annotate(
        volume=Count("signs", filter=recent), all_signs=Count("signs", filter=_FAILED), last=Max("signs__at")
    ).order_by("-volume", "-all_signs", "pk")


def rows(found: Iterable[Gap]) -> list[BoardRow]:
    """The gaps with their figures: one query for all their signs."""
    listed = list(found)
    signs: dict[int, list[GapSign]] = defaultdict(list)
    for sign in GapSign.objects.filter(gap__in=listed).only("gap_id", "kind", "at", "language", "is_demo"):
        signs[sign.gap_id].append(sign)
    return [_row(gap, signs[gap.pk]) for gap in listed]


def _row(gap: Gap, signs: list[GapSign]) -> BoardRow:
    failed = [sign for sign in signs if sign.kind != SignKind.FOUND]
    kinds = Counter(sign.kind for sign in failed)
    return BoardRow(
        gap=gap,
        volume=volume_of(failed),
        kinds=tuple((str(SignKind(kind).label), count) for kind, count in kinds.most_common()),
        languages=tuple(code for code, _count in Counter(sign.language for sign in failed).most_common()),
        last_at=max((sign.at for sign in failed), default=None),
        is_demo=bool(signs) and all(sign.is_demo for sign in signs),
        helped=helped(gap, signs) if gap.state == GapState.CLOSED else None,
    )


def volume_of(signs: Iterable[GapSign]) -> Volume:
    now = clock.now()
    weeks = [0] * WEEKS
    recent = before = 0
    for sign in signs:
        age = now - sign.at
        week = age // dt.timedelta(weeks=1)
        if 0 <= week < WEEKS:
            weeks[WEEKS - 1 - week] += 1
        recent += age < SPAN
        before += SPAN <= age < 2 * SPAN
    return Volume(recent, before, tuple(weeks))


def helped(gap: Gap, signs: Iterable[GapSign]) -> Helped | None:
    """Compares the eight weeks before with the time since, at most eight weeks of it."""
    if gap.settled_at is None:
        return None
    listed = list(signs)
    long = dt.timedelta(weeks=WEEKS)
    since = min(clock.now() - gap.settled_at, long)
    failed_before = sum(
        sign.kind != SignKind.FOUND and gap.settled_at - long <= sign.at < gap.settled_at for sign in listed
    )
    after = [sign for sign in listed if gap.settled_at <= sign.at < gap.settled_at + long]
    failed = sum(sign.kind != SignKind.FOUND for sign in after)
    weeks = max(since / dt.timedelta(weeks=1), 1 / 7)
    return Helped(
        before=failed_before / WEEKS,
        after=failed / weeks,
        found=len(after) - failed,
        failed=failed,
        days=since.days,
    )


def said(gap: Gap) -> list[tuple[str, str, int]]:
    """(language, words, how often) as people put it, the most frequent first."""
    found = gap.signs.exclude(words="").values_list("language", "words").annotate(times=Count("pk"))
    return sorted(((language, words, times) for language, words, times in found), key=lambda row: (-row[2], row[1]))


def notes(gap: Gap) -> list[GapSign]:
    """What people added in their own words."""
    return list(gap.signs.exclude(note="").order_by("-at")[:50])


def counts() -> dict[str, int]:
    """How many gaps each list has."""
    found = Gap.objects.aggregate(
        open=Count("pk", filter=Q(state__in=UNSETTLED)),
        closed=Count("pk", filter=Q(state=GapState.CLOSED)),
        dismissed=Count("pk", filter=Q(state=GapState.DISMISSED)),
    )
    return dict(found)
