"""The pure heart: a definition and answers in, an explained result out. Knows no request, no table, no clock."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from portal.instruments.conditions import Answers, Bases, number
from portal.instruments.definition import (
    NOTHING,
    Amount,
    Case,
    Deed,
    Definition,
    Kind,
    Option,
    Outcome,
    Question,
    Rule,
)


class Counted(enum.StrEnum):
    """What became of a question."""

    YES = "yes"
    CANNOT_TELL = "cannot_tell"
    MISSING = "missing"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Line:
    """One question with its answer and the points it gave."""

    question: Question
    chosen: tuple[Option, ...]
    number: Decimal | None
    points: int
    counted: Counted


@dataclass(frozen=True, slots=True)
class Worth:
    """A sum of an outcome: what it comes to, None when that is not known."""

    amount: Amount
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Found:
    """An outcome that fits. `is_sure` False: it hangs on an amount that is not known, or an answer not given."""

    outcome: Outcome
    worth: tuple[Worth, ...]
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Score:
    """The result with all that led to it. `rule`: what changed the group that the points alone give (`by_points`)."""

    points: int
    most: int
    lines: tuple[Line, ...]
    found: tuple[Found, ...]
    by_points: Outcome | None = None
    rule: Rule | None = None

    @property
    def missing(self) -> tuple[Question, ...]:
        return tuple(line.question for line in self.lines if line.counted == Counted.MISSING)

    @property
    def unassessed(self) -> tuple[Question, ...]:
        return tuple(line.question for line in self.lines if line.counted == Counted.CANNOT_TELL)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(found.outcome.code for found in self.found if found.is_sure)


def asked(definition: Definition, answers: Answers, bases: Bases) -> list[Question]:
    """The questions that concern this person, by what is answered so far."""
    found: list[Question] = []
    known: dict[str, tuple[str, ...]] = {}
    for question in definition.questions:
        if question.show_if.holds(known, bases):
            found.append(question)
            if question.code in answers:
                known[question.code] = answers[question.code]
    return found


def fit(question: Question, given: tuple[str, ...]) -> tuple[str, ...]:
    """The answer as it may be kept: known options in the question's order, or one number; empty when it is none."""
    if question.kind == Kind.NUMBER:
        value = number(tuple(given[:1]))
        if value is None or not value.is_finite() or not question.low <= value <= question.high:
            return ()
        return (format(value.quantize(Decimal("0.01")).normalize(), "f"),)
    chosen = tuple(option.code for option in question.options if option.code in given)
    if question.kind == Kind.MULTIPLE:
        return chosen or ((NOTHING,) if NOTHING in given else ())
    return chosen if len(chosen) == 1 else ()


def score(definition: Definition, answers: Answers, bases: Bases) -> Score:
    """What these answers come to. The order of the answers does not matter; answers to what is not asked count nothing.

    By points there is no group until every question is answered with something that can be counted.
    """
    mine = {question.code for question in asked(definition, answers, bases)}
    known = {code: kept for code in mine if (kept := _kept(definition, code, answers))}
    lines = tuple(_line(question, known, question.code in mine) for question in definition.questions)
    points = sum(line.points for line in lines)
    if definition.by_points:
        return _group(definition, lines, points, known, bases)
    found = []
    for outcome in definition.outcomes:
        holds = outcome.condition.holds(known, bases, points)
        if holds or (holds is None and not _is_unanswered(outcome, known)):
            found.append(Found(outcome, _worth(outcome, known, bases), holds is True))
    return Score(points, definition.most, lines, tuple(found))


def failures(definition: Definition, bases: Bases) -> list[tuple[Case, tuple[str, ...]]]:
    """The definition's own tests that do not give what they should, with what they give."""
    return [
        (case, codes)
        for case in definition.cases
        if set(codes := score(definition, case.answers, bases).codes) != set(case.expected)
    ]


def _kept(definition: Definition, code: str, answers: Answers) -> tuple[str, ...]:
    question = definition.question(code)
    return fit(question, tuple(answers[code])) if question is not None and code in answers else ()


def _line(question: Question, known: Mapping[str, tuple[str, ...]], is_asked: bool) -> Line:
    if not is_asked:
        return Line(question, (), None, 0, Counted.NOT_ASKED)
    given = known.get(question.code, ())
    if not given:
        return Line(question, (), None, 0, Counted.MISSING)
    if question.kind == Kind.NUMBER:
        return Line(question, (), number(given), 0, Counted.YES)
    chosen = tuple(option for option in question.options if option.code in given)
    if any(option.points is None for option in chosen):
        return Line(question, chosen, None, 0, Counted.CANNOT_TELL)
    return Line(question, chosen, None, sum(option.points or 0 for option in chosen), Counted.YES)


def _group(
    definition: Definition, lines: tuple[Line, ...], points: int, known: Mapping[str, tuple[str, ...]], bases: Bases
) -> Score:
    if any(line.counted in (Counted.MISSING, Counted.CANNOT_TELL) for line in lines):
        return Score(points, definition.most, lines, ())
    first = next(outcome for outcome in definition.outcomes if outcome.low <= points <= outcome.high)
    group, changed_by = first, None
    for rule in definition.rules:
        wanted = definition.outcome(rule.outcome)
        if wanted is None or not rule.condition.holds(known, bases, points):
            continue
        if rule.deed == Deed.OVERRIDE:
            group, changed_by = wanted, rule
            break
        if definition.outcomes.index(wanted) > definition.outcomes.index(group):
            group, changed_by = wanted, rule
    found = Found(group, _worth(group, known, bases))
    return Score(points, definition.most, lines, (found,), first, changed_by)


def _is_unanswered(outcome: Outcome, known: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether it hangs on an answer that was not given: then nothing is said about it."""
    return any(name not in known for name in outcome.condition.names())


def _worth(outcome: Outcome, known: Mapping[str, tuple[str, ...]], bases: Bases) -> tuple[Worth, ...]:
    return tuple(Worth(amount, _value(amount, known, bases)) for amount in outcome.amounts)


def _value(amount: Amount, known: Mapping[str, tuple[str, ...]], bases: Bases) -> Decimal | None:
    value = amount.sum.worth(bases) if amount.sum else None
    if value is None or not amount.per:
        return value
    times = number(known.get(amount.per))
    return None if times is None else value * times
