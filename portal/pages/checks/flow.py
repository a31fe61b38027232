"""What a resident sees next: what was sent is read, fit answers are kept, the page is chosen – without any table."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.instruments import scoring
from portal.instruments.carrying import Carried
from portal.instruments.conditions import Bases
from portal.instruments.definition import NOTHING, Definition, Kind, Question

CHANGE = "change:"
FIELD = "q-"


class Step(enum.Enum):
    """Which page is shown."""

    QUESTION = "question"
    ALL = "all"
    RESULT = "result"


@dataclass(slots=True)
class Progress:
    """Where somebody is. `errors`: question code → sentence; `typed`: what they wrote that could not be kept."""

    carried: Carried
    step: Step
    question: Question | None = None
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, tuple[str, ...]] = field(default_factory=dict)


def proceed(definition: Definition, carried: Carried, sent: QueryDict, bases: Bases) -> Progress:
    """Keep what was answered and find the page that comes next."""
    go, at = sent.get("go", ""), sent.get("at", "")
    if sent.get("mode") == "all":
        return _all_at_once(definition, carried, sent, bases)
    if go == "all":
        return Progress(_kept(definition, carried, sent, at)[0], Step.ALL)
    if go.startswith(CHANGE):
        question = definition.question(go.removeprefix(CHANGE))
        if question is not None and question in scoring.asked(definition, carried.answers, bases):
            return Progress(carried, Step.QUESTION, question)
        return _next(definition, carried, bases)
    question = definition.question(at)
    if question is None:
        return _next(definition, carried, bases)
    after, wrong = _kept(definition, carried, sent, at)
    if go == "back":
        return _before(definition, after, question, bases)
    if wrong:
        return Progress(carried, Step.QUESTION, question, {at: wrong}, {at: tuple(sent.getlist(FIELD + at))})
    return _next(definition, after, bases)


def _next(definition: Definition, carried: Carried, bases: Bases) -> Progress:
    """The first question not answered yet; after the last one the result."""
    for question in scoring.asked(definition, carried.answers, bases):
        if not scoring.fit(question, carried.answers.get(question.code, ())):
            return Progress(carried, Step.QUESTION, question)
    return Progress(carried, Step.RESULT)


def _before(definition: Definition, carried: Carried, question: Question, bases: Bases) -> Progress:
    earlier = scoring.asked(definition, carried.answers, bases)
    place = earlier.index(question) if question in earlier else 0
    return Progress(carried, Step.QUESTION, earlier[max(0, place - 1)])


def _all_at_once(definition: Definition, carried: Carried, sent: QueryDict, bases: Bases) -> Progress:
    found = Progress(carried, Step.ALL)
    wrongs: dict[str, str] = {}
    for question in definition.questions:
        found.carried, wrong = _kept(definition, found.carried, sent, question.code)
        if wrong:
            found.carried = found.carried.with_answer(question.code, ())
            wrongs[question.code] = wrong
            found.typed[question.code] = tuple(sent.getlist(FIELD + question.code))
    concerned = [question.code for question in scoring.asked(definition, found.carried.answers, bases)]
    found.errors = {code: wrongs[code] for code in concerned if code in wrongs}
    if not found.errors:
        found.step = Step.RESULT
    return found


def _kept(definition: Definition, carried: Carried, sent: QueryDict, code: str) -> tuple[Carried, str]:
    """With the answer to one question as far as it fits, and what is wrong with it otherwise."""
    question = definition.question(code)
    if question is None:
        return carried, ""
    given = tuple(value.strip()[:40] for value in sent.getlist(FIELD + code) if value.strip())
    if question.kind == Kind.NUMBER:
        given = tuple("".join(value.split()).replace(",", ".").rstrip("€") for value in given)
    if question.kind == Kind.MULTIPLE and NOTHING in given and len(given) > 1:
        return carried, _("Choose either “None of these” or what fits, not both.")
    fit = scoring.fit(question, given)
    return (carried.with_answer(code, fit), "") if fit else (carried, _wrong(question))


def _wrong(question: Question) -> str:
    if question.kind == Kind.NUMBER:
        return _("Write a number from %(low)s to %(high)s.") % {"low": question.low, "high": question.high}
    if question.kind == Kind.MULTIPLE:
        return _("Choose what fits, or “None of these”.")
    return _("Choose one answer.")
