"""Results of a survey, as far as they may be shown: one function for the page, the files and the report.

While a survey runs, a question's answers are added ten or more at a time and a breakdown is not shown at all: who
looks every day could otherwise read off what the last person answered. Afterwards groups are suppressed by how many
answered, with others beside them so that no total gives them away.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from charter.feedback.models import Survey, SurveyAnswer
from charter.feedback.surveys.definition import Definition, Kind, Question
from charter.feedback.surveys.languages import definition_of
from portal.core import clock
from portal.core.statistics import NOTHING_BELOW, Share, Shown, complementary, how_much

NO_ANSWER = ""
LANGUAGE, WAY = "language", "way"
# From which score on an answer counts as good.
GOOD_FROM = {Kind.FACES: 4, Kind.SCALE5: 4, Kind.SCALE7: 5}


HIDDEN = Share()


@dataclass(frozen=True, slots=True)
class Block:
    """One question: who answered it, the good among them (of a scale), each answer, and the mean beside them."""

    question: Question
    of: int = 0
    shown: Shown = Shown.NOTHING
    good: Share = HIDDEN
    shares: Mapping[str, Share] = field(default_factory=dict)
    mean: float | None = None
    before: Share | None = None

    @property
    def is_figure(self) -> bool:
        return self.shown is Shown.FULL

    @property
    def has_changed(self) -> bool:
        return self.before is not None and self.good.differs_from(self.before)


@dataclass(frozen=True, slots=True)
class Tally:
    """Raw counts of one group: how many answered a question, and how many gave each answer."""

    of: int
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Results:
    """`groups`: {question: {group: block}} by one dimension; only of a survey that is over."""

    survey: Survey
    definition: Definition
    is_running: bool
    blocks: tuple[Block, ...]
    by: str
    groups: Mapping[str, Mapping[str, Block]]


def results(survey: Survey, *, by: str = "") -> Results:
    """Everything that may be shown of a survey today, broken down `by` language, way or a question; few queries."""
    definition, running = definition_of(survey), not survey.is_over(clock.today())
    by = by if by in dimensions(definition) and not running else ""
    whole = _tallies(survey, definition, running=running)
    before = _before(survey)
    blocks = tuple(_block(question, whole.get(question.code), before) for question in closed(definition))
    groups = _groups(survey, definition, by) if by else {}
    return Results(survey, definition, running, blocks, by, groups)


def closed(definition: Definition) -> list[Question]:
    """Questions that are counted: all but own words."""
    return [question for question in definition.questions if question.kind != Kind.TEXT]


def dimensions(definition: Definition) -> list[str]:
    """By what results may be broken down, one at a time."""
    return [LANGUAGE, WAY, *(question.code for question in definition.questions if question.is_group)]


def visible_until(days: Mapping[dt.date, int], today: dt.date) -> dt.date | None:
    """The last day whose answers may be shown of a running survey.

    Days are put together until they hold ten answers; the newest such heap is kept back, so that what the closing
    adds at the end is ten or more, too.
    """
    heaps, so_far = [], 0
    for day in sorted(day for day in days if day < today):
        so_far += days[day]
        if so_far >= NOTHING_BELOW:
            heaps.append(day)
            so_far = 0
    return heaps[-2] if len(heaps) > 1 else None


def _before(survey: Survey) -> dict[str, Share]:
    """The good shares of the period before, by question; nothing while that one runs."""
    earlier = survey.copy_of
    if earlier is None or not earlier.is_over(clock.today()):
        return {}
    definition = definition_of(earlier)
    tallies = _tallies(earlier, definition, running=False)
    return {each.code: _block(each, tallies.get(each.code), {}).good for each in closed(definition) if each.steps}


def _tallies(survey: Survey, definition: Definition, *, running: bool) -> dict[str, Tally]:
    """Counts by question; of a running survey up to the day that may be shown."""
    answered: dict[str, Counter[dt.date]] = defaultdict(Counter)
    rows = _answers(survey).values("question", day=F("response__day"))
    for row in rows.annotate(n=Count("response", distinct=True)):
        answered[row["question"]][row["day"]] += row["n"]
    today = clock.today()
    until = {code: visible_until(days, today) if running else dt.date.max for code, days in answered.items()}
    values: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _answers(survey).values("question", "value", day=F("response__day")).annotate(n=Count("id")):
        last = until[row["question"]]
        if last is not None and row["day"] <= last:
            values[row["question"]][row["value"]] += row["n"]
    return {
        code: Tally(sum(n for day, n in days.items() if last is not None and day <= last), values[code])
        for code, days in answered.items()
        for last in [until[code]]
    }


def _groups(survey: Survey, definition: Definition, by: str) -> dict[str, dict[str, Block]]:
    """Blocks by question and group, small groups and those beside them hidden."""
    answers = _with_group(_answers(survey), by)
    of: dict[str, Counter[str]] = defaultdict(Counter)
    for row in answers.values("question", "group").annotate(n=Count("response", distinct=True)):
        of[row["question"]][row["group"] or NO_ANSWER] += row["n"]
    values: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in answers.values("question", "value", "group").annotate(n=Count("id")):
        values[row["question"], row["group"] or NO_ANSWER][row["value"]] += row["n"]
    found = {}
    for question in closed(definition):
        if question.code == by or not of[question.code]:
            continue
        names = sorted(of[question.code])
        hidden = complementary([of[question.code][name] for name in names])
        found[question.code] = {
            name: Block(question)
            if place in hidden
            else _block(question, Tally(of[question.code][name], values[question.code, name]), {})
            for place, name in enumerate(names)
        }
    return found


def _with_group(answers: QuerySet[SurveyAnswer], by: str) -> QuerySet[Any]:
    if by in (LANGUAGE, WAY):
        return answers.annotate(group=F(f"response__{by}"))
    asked = SurveyAnswer.objects.filter(response=OuterRef("response"), question=by)
    return answers.annotate(group=Subquery(asked.values("value")[:1]))


def _answers(survey: Survey) -> QuerySet[SurveyAnswer]:
    return SurveyAnswer.objects.filter(response__survey=survey).exclude(value="").order_by()


def _block(question: Question, tally: Tally | None, before: Mapping[str, Share]) -> Block:
    if tally is None or how_much(tally.of) is Shown.NOTHING:
        return Block(question)
    shown = how_much(tally.of)
    if shown is Shown.TOO_FEW:
        return Block(question, tally.of, shown, good=Share(0, 0, shown))
    good = HIDDEN
    if question.steps:
        least = GOOD_FROM[question.kind]
        good = Share(sum(n for value, n in tally.values.items() if int(value) >= least), tally.of, shown)
    if shown is Shown.DIRECTION:
        return Block(question, tally.of, shown, good=good)
    shares = {value: Share(tally.values.get(value, 0), tally.of, shown) for value in question.values}
    mean = sum(int(v) * n for v, n in tally.values.items()) / tally.of if question.steps else None
    return Block(question, tally.of, shown, good, shares, mean, before.get(question.code))
