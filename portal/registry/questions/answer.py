"""The answer: columns, lines and sums, with what must be kept back kept back."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from portal.core.readable import Readable
from portal.core.statistics import NOTHING_BELOW, complementary
from portal.registry.models import Outcome
from portal.registry.questions.names import Names
from portal.registry.questions.programmes import RATE
from portal.registry.questions.question import Question
from portal.registry.questions.reach import Reach
from portal.registry.questions.tallying import Asked, Key, Tally, outcomes, people_of, tallies
from portal.registry.questions.vocabulary import Kind, Unit

MOST_COLUMNS = 24
SHARE, COUNT = "share", "count"
Number = float | int | None
SCALES = {Unit.HOURS: 60, Unit.PACE: RATE * 60, Unit.WORTH: 6000, Unit.CENTS: 100}
FORMS = {Unit.HOURS: "hours", Unit.PACE: "hours", Unit.WORTH: "euros", Unit.CENTS: "euros", Unit.DAYS: "days"}


@dataclass(frozen=True, slots=True)
class Column(Readable):
    """One column: its name, and what its numbers are: count | share | hours | euros | days."""

    name: str
    form: str


@dataclass(frozen=True, slots=True)
class Line(Readable):
    """One line. `numbers` None: kept back, or there is none. `value`: what its condition would be in an address."""

    name: str
    numbers: tuple[Number, ...]
    language: str = ""
    value: str = ""
    is_kept_back: bool = False


@dataclass(frozen=True, slots=True)
class Answer(Readable):
    """What came out. `total` None: the lines say it all."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line | None
    hides: bool

    @property
    def has_kept_back(self) -> bool:
        return any(line.is_kept_back for line in self.lines)


def answer(question: Question, reach: Reach) -> Answer:
    """Count it. The number of queries does not grow with what there is."""
    if question.then:
        return _crossed(question, reach)
    columns, values, behind = _numbers(question, reach)
    keys = [key for key in values if key != ()] if question.by else []
    names = Names.of(question.by, [key[0] for key in keys])
    hides = not reach.names
    hidden = complementary([behind[key] for key in keys]) if hides else frozenset()
    ordered = sorted(range(len(keys)), key=lambda place: names.order(keys[place][0]))
    shown = {key: None if place in hidden else values[key] for place, key in enumerate(keys)}
    lines = tuple(_line(names, keys[place], shown[keys[place]], len(columns)) for place in ordered)

    few = hides and 0 < behind[()] < NOTHING_BELOW
    total = Line(_("In all"), (None,) * len(columns) if few else values[()], is_kept_back=few)
    return Answer(tuple(columns), lines, total, hides)


def _line(names: Names, key: Key, numbers: tuple[Number, ...] | None, width: int) -> Line:
    """`numbers` None: they are kept back."""
    said = names.said(key[0])
    return Line(said.text, numbers or (None,) * width, said.language, names.value(key[0]), numbers is None)


Numbers = tuple[list[Column], dict[Key, tuple[Number, ...]], dict[Key, int]]


def _numbers(question: Question, reach: Reach) -> Numbers:
    """(columns, numbers by line, people behind each line); the key () is all of them together."""
    found = tallies(Asked(question, reach, question.span))
    kind = question.measure.kind
    if kind is Kind.BETWEEN:
        return _between(question, found)
    if kind is Kind.PLANNED:
        return _planned(question, reach, found)
    if question.other is not None:
        return _compared(question, reach, found)
    if question.of:
        return _shares(question, reach, found)
    pick = _picker(question)
    columns = [Column(str(question.measure.name), _form(question))]
    return columns, {key: (pick(rows),) for key, rows in _grouped(found)}, _behind(found)


def _grouped(found: Mapping[Key, Tally], *more: Mapping[Key, Tally]) -> Iterable[tuple[Key, list[Tally]]]:
    """Each place by itself, and all of them under (): people are different ones, so they are not added."""
    for key in {**{key: None for one in more for key in one}, **dict.fromkeys(found)}:
        if key:
            yield key, [found[key]] if key in found else []
    yield (), list(found.values())


def _behind(*found: Mapping[Key, Tally]) -> dict[Key, int]:
    """People behind each line: the fewest of what is compared, so that neither side gives the other away."""
    keys = {key for one in found for key in one}
    behind = {key: min(people_of([one[key]]) for one in found if key in one) for key in keys}
    behind[()] = min(people_of(list(one.values())) for one in found)
    return behind


def _picker(question: Question) -> Callable[[Sequence[Tally]], Number]:
    unit = question.measure.unit
    if unit is Unit.PEOPLE:
        return lambda rows: people_of(rows)
    scale = SCALES.get(unit)
    if scale is None:
        return lambda rows: sum(one.amount for one in rows)
    places = 2 if FORMS[unit] == "euros" else 1
    return lambda rows: round(sum(one.amount for one in rows) / scale, places)


def _form(question: Question) -> str:
    return FORMS.get(question.measure.unit, COUNT)


def _share(part: Number, whole: Number) -> Number:
    return None if not whole or part is None else part / whole


def _compared(question: Question, reach: Reach, found: dict[Key, Tally]) -> Numbers:
    other = question.other
    if other is None:
        raise ValueError("there is nothing to compare with")
    before = tallies(Asked(question.within(other), reach, other))
    shifted = {_moved(question, key, other.first): tally for key, tally in before.items()}
    pick = _picker(question)
    now, then = dict(_grouped(found, shifted)), dict(_grouped(shifted, found))
    values: dict[Key, tuple[Number, ...]] = {}
    for key in {**then, **now}:
        new, old = pick(now.get(key, [])) or 0, pick(then.get(key, [])) or 0
        values[key] = (old, new, round(new - old, 2), _share(new - old, old))
    form = _form(question)
    columns = [
        Column(_("Before"), form),
        Column(_("Now"), form),
        Column(_("Change"), form),
        Column(_("Change in per cent"), SHARE),
    ]
    return columns, values, _behind(found, shifted)


def _moved(question: Question, key: Key, first: Any) -> Key:
    """A stretch of time of the other days stands beside the one of these days that is as far from the beginning."""
    if question.by not in ("day", "month", "quarter", "year") or not key:
        return key
    here, day = question.span.first, key[0]
    if question.by == "day":
        return (here + (day - first),)
    months = (day.year - first.year) * 12 + day.month - first.month + here.month - 1 + here.year * 12
    return (day.replace(year=months // 12, month=months % 12 + 1),)


def _shares(question: Question, reach: Reach, found: dict[Key, Tally]) -> Numbers:
    """The whole, a part of it, and a part of that part: counted one after another, each within the one before."""
    pick = _picker(question)
    parts = [question.of] + ([question.of2] if question.of2 else [])
    steps = [dict(_grouped(found))]
    for place in range(len(parts)):
        narrower = tallies(Asked(question, reach, question.span, tuple(parts[: place + 1])))
        steps.append(dict(_grouped(narrower, found)))
    columns = [Column(str(question.measure.name), _form(question))]
    for place, name in enumerate((_("Of them, the part"), _("Of that part, the part"))[: len(parts)], 1):
        columns += [Column(name, _form(question)), Column(_("Share") if place == 1 else _("Share of the part"), SHARE)]
    values: dict[Key, tuple[Number, ...]] = {}
    for key in steps[0]:
        numbers: list[Number] = [pick(steps[0][key])]
        for before, step in pairwise(steps):
            part = pick(step.get(key, []))
            numbers += [part, _share(part, pick(before.get(key, [])))]
        values[key] = tuple(numbers)
    return columns, values, _behind(found)


def _planned(question: Question, reach: Reach, found: dict[Key, Tally]) -> Numbers:
    """Planned, took place, nobody opened, declined, and what is not written down – that at least nothing."""
    done = outcomes(Asked(question, reach, question.span))
    values: dict[Key, tuple[Number, ...]] = {}
    for key in dict.fromkeys((*found, *done)):
        written = done.get(key, {})
        numbers = [found[key].amount if key in found else 0, *(written.get(one, 0) for one in Outcome.values)]
        values[key] = (*numbers, max(0, numbers[0] - sum(numbers[1:])))
    empty: tuple[Number, ...] = (0,) * 5
    values[()] = tuple(sum(line[place] or 0 for line in values.values()) for place in range(5)) if values else empty
    names = (_("Planned"), _("Done"), _("Nobody opened"), _("Declined"), _("Not written down"))
    behind = dict.fromkeys(values, 0) | _behind(found)
    return [Column(name, COUNT) for name in names], values, behind


def _between(question: Question, found: dict[Key, Tally]) -> Numbers:
    """How many, the middle one, the one that nine of ten do not exceed, and the share within so many days."""
    values: dict[Key, tuple[Number, ...]] = {}
    for key, rows in _grouped(found):
        days = sorted(day for one in rows for day in one.each)
        within = sum(day <= question.days for day in days)
        middle = statistics.median(days) if days else None
        nine = days[math.ceil(len(days) * 0.9) - 1] if days else None
        values[key] = (len(days), middle, nine, _share(within, len(days)))
    columns = [
        Column(_("Number"), COUNT),
        Column(_("Half took at most, days"), "days"),
        Column(_("Nine of ten took at most, days"), "days"),
        Column(_("Share within %(days)s days") % {"days": question.days}, SHARE),
    ]
    return columns, values, _behind(found)


def _crossed(question: Question, reach: Reach) -> Answer:
    """Two breakdowns: the second one's values are the columns."""
    found = tallies(Asked(question, reach, question.span))
    pick, form = _picker(question), _form(question)
    rows = Names.of(question.by, list({key[0] for key in found}))
    across = Names.of(question.then, list({key[1] for key in found}))
    heads = sorted({key[1] for key in found}, key=across.order)[:MOST_COLUMNS]
    columns = [Column(across.said(head).text, form) for head in heads] + [Column(_("In all"), form)]
    lines = []
    for name in sorted({key[0] for key in found}, key=rows.order):
        said = rows.said(name)
        places = [[found[name, head]] if (name, head) in found else [] for head in heads]
        every = [tally for key, tally in found.items() if key[0] == name]
        numbers = (*(pick(place) for place in places), pick(every))
        lines.append(Line(said.text, numbers, said.language, rows.value(name)))
    below = [[tally for key, tally in found.items() if key[1] == head] for head in heads]
    total = Line(_("In all"), (*(pick(place) for place in below), pick(list(found.values()))))
    return Answer(tuple(columns), tuple(lines), total, hides=False)
