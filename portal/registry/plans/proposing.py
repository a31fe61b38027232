"""A week proposed: how the services fall on days, and which worker fits best. Pure; minutes count from midnight.

Every choice leaves a word behind (`reasons`), so that whoever signs sees why it is this worker and this hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.registry.models import Per

GAP = 15  # minutes between two people, for the way
STEP = 15
WORKDAYS = (0, 1, 2, 3, 4)
PATTERNS = {1: (2,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: WORKDAYS, 6: (*WORKDAYS, 5), 7: (*WORKDAYS, 5, 6)}
Span = tuple[int, int]
Reason = tuple[str, dict[str, Any]]
Layout = dict[int, dict[str, int]]  # weekday → service → minutes


@dataclass(frozen=True, slots=True)
class Need:
    """One service of a programme."""

    service: str
    times: int
    per: str
    minutes: int

    @property
    def days(self) -> int:
        """On how many days of a week it falls."""
        return {Per.DAY: len(WORKDAYS), Per.WEEK: min(self.times, 7)}.get(Per(self.per), 1)

    @property
    def minutes_week(self) -> int:
        """A month's share is rounded up to five minutes."""
        if self.per == Per.MONTH:
            return -(-self.times * self.minutes * 12 // (52 * 5)) * 5
        return self.times * self.minutes * (len(WORKDAYS) if self.per == Per.DAY else 1)


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who may come: when, where, in which languages, and what the week is full of already."""

    post: int
    name: str
    minutes_week: int
    begins: int
    ends: int
    weekdays: frozenset[int]
    districts: frozenset[str]
    languages: frozenset[str]
    busy: Mapping[int, Sequence[Span]] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        return sum(ends - begins for spans in self.busy.values() for begins, ends in spans)

    @property
    def free(self) -> int:
        return self.minutes_week - self.taken

    def has_room(self, day: int, begins: int, ends: int) -> bool:
        """Whether a visit fits: within the hours, and with the way between two people."""
        if day not in self.weekdays or begins < self.begins or ends > self.ends:
            return False
        return all(
            ends + GAP <= other_begins or begins >= other_ends + GAP for other_begins, other_ends in self.spans(day)
        )

    def spans(self, day: int) -> Sequence[Span]:
        return self.busy.get(day, ())


@dataclass(frozen=True, slots=True)
class Wish:
    """What is known of the person: languages (their own first), part of town, usual worker, days and hour."""

    languages: tuple[str, ...]
    district: str
    worker: int | None
    days: tuple[int, ...]
    hour: int | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who, when on each day, and why."""

    worker: Worker | None
    starts: dict[int, int]
    layout: Layout
    reasons: list[Reason]


def lay_out(needs: Iterable[Need], wished: tuple[int, ...] = ()) -> tuple[Layout, list[Reason]]:
    """The services spread over the week; on the days wished for, where these are enough."""
    needs = list(needs)
    count = max((need.days for need in needs), default=0)
    if not count:
        return {}, []
    wishes = len(wished) >= count
    days = wished if wishes else PATTERNS[count]
    layout: Layout = {day: {} for day in days}
    for need in needs:
        for day, minutes in _spread(need, days):
            layout[day][need.service] = layout[day].get(need.service, 0) + minutes
    reasons: list[Reason] = [("days_as_wished" if wishes else "days_spread", {"count": len(days)})]
    if any(need.per == Per.MONTH for need in needs):
        reasons.append(("month_by_weeks", {}))
    return {day: services for day, services in layout.items() if services}, reasons


def propose(needs: Iterable[Need], wish: Wish, workers: Iterable[Worker]) -> Proposed:
    """The best of the workers and the best hours with them. Without a worker the days alone."""
    layout, reasons = lay_out(needs, wish.days)
    lengths = {day: sum(services.values()) for day, services in layout.items()}
    best: tuple[tuple[Any, ...], Worker, dict[int, int], str] | None = None
    for worker in workers:
        starts, how = _starts(worker, lengths, wish.hour)
        rank = _rank(worker, wish, sum(lengths.values()), how)
        if best is None or rank > best[0]:
            best = (rank, worker, starts, how)
    if best is None:
        return Proposed(None, dict.fromkeys(layout, wish.hour or 9 * 60), layout, [*reasons, ("nobody_to_ask", {})])
    _rank_of_best, worker, starts, how = best
    return Proposed(worker, starts, layout, [*_why(worker, wish, sum(lengths.values())), (how, {}), *reasons])


def _spread(need: Need, days: Sequence[int]) -> list[tuple[int, int]]:
    if need.per == Per.MONTH:
        return [(days[-1], need.minutes_week)]
    if need.per == Per.DAY:
        return [(day, need.times * need.minutes) for day in days[: len(WORKDAYS)]]
    on = min(need.times, len(days))
    chosen = [days[place * len(days) // on] for place in range(on)]
    each, more = divmod(need.times, on)
    return [(day, need.minutes * (each + (place < more))) for place, day in enumerate(chosen)]


def _starts(worker: Worker, lengths: Mapping[int, int], wished: int | None) -> tuple[dict[int, int], str]:
    """The hour of each day and the word for how it was found: the wished one, the same on all days, or one a day."""
    hours = range(worker.begins, worker.ends, STEP)
    if wished is not None and all(worker.has_room(day, wished, wished + length) for day, length in lengths.items()):
        return dict.fromkeys(lengths, wished), "hour_as_wished"
    for hour in hours:
        if all(worker.has_room(day, hour, hour + length) for day, length in lengths.items()):
            return dict.fromkeys(lengths, hour), "hour_the_same"
    found: dict[int, int] = {}
    for day, length in lengths.items():
        free = (hour for hour in hours if worker.has_room(day, hour, hour + length))
        first = next(free, None)
        if first is None:
            return dict.fromkeys(lengths, wished if wished is not None else worker.begins), "hour_not_free"
        found[day] = first
    return found, "hour_by_day"


HOWS = ("hour_not_free", "hour_by_day", "hour_the_same", "hour_as_wished")


def _rank(worker: Worker, wish: Wish, needed: int, how: str) -> tuple[Any, ...]:
    """Room first, then language, then who is known, then the part of town, then the hour, then who has most room."""
    points = 4 * _speaks(worker, wish) + 3 * (worker.post == wish.worker) + 2 * _near(worker, wish)
    return (how != HOWS[0], worker.free >= needed, points, HOWS.index(how), worker.free, -worker.post)


def _why(worker: Worker, wish: Wish, needed: int) -> list[Reason]:
    reasons: list[Reason] = []
    if worker.post == wish.worker:
        reasons.append(("known_worker", {"name": worker.name}))
    if wish.languages:
        language = next((one for one in wish.languages if one in worker.languages), wish.languages[0])
        reasons.append(("speaks" if _speaks(worker, wish) else "no_language", {"name": worker.name, "code": language}))
    if wish.district and worker.districts:
        near = "same_part" if _near(worker, wish) else "other_part"
        reasons.append((near, {"name": worker.name, "district": wish.district}))
    room = "has_room" if worker.free >= needed else "no_room"
    return [*reasons, (room, {"name": worker.name, "hours": hours(max(0, worker.free))})]


def _speaks(worker: Worker, wish: Wish) -> bool:
    return bool(worker.languages.intersection(wish.languages))


def _near(worker: Worker, wish: Wish) -> bool:
    return bool(wish.district) and wish.district.casefold() in worker.districts


def hours(minutes: int) -> str:
    """`2:30`"""
    return f"{minutes // 60}:{minutes % 60:02d}"
