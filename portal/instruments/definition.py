"""An instrument as the scoring sees it: read from its document (`reading`), frozen and sound."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from portal.instruments.conditions import Condition, Sum

Texts = Mapping[str, str]
NOTHING = "none"  # the answer "none of these": every question with several answers has it by itself


class Kind(enum.StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMBER = "number"
    YES_NO = "yes_no"


class Deed(enum.StrEnum):
    """What a rule does with the group that the points give: another one in its place, or at least that one."""

    OVERRIDE = "override"
    REQUIRE = "require"


@dataclass(frozen=True, slots=True)
class Option:
    """`points` None: "I cannot tell" – an answer that cannot be counted."""

    code: str
    text: Texts
    points: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """`show_if`: asked only of those whom it concerns. `low`, `high`: the limits of a number."""

    code: str
    kind: Kind
    text: Texts
    help: Texts
    options: tuple[Option, ...]
    show_if: Condition
    low: int
    high: int
    unit: Texts

    @property
    def most(self) -> int:
        """The points that the heaviest answer gives."""
        points = [option.points or 0 for option in self.options]
        return sum(points) if self.kind == Kind.MULTIPLE else max(points, default=0)

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    title: Texts
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum by its base, of which one gets as many as `per` was answered with. `sum` None: not confirmed."""

    label: Texts
    sum: Sum | None
    per: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may come of it: by points from `low` to `high`, or when `condition` holds."""

    code: str
    title: Texts
    text: Texts
    low: int
    high: int
    condition: Condition
    services: tuple[str, ...]
    amounts: tuple[Amount, ...]
    again_months: int


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    condition: Condition
    deed: Deed
    outcome: str
    because: Texts


@dataclass(frozen=True, slots=True)
class Case:
    """A test: these answers must give these outcomes (none: no group can be told)."""

    name: str
    answers: Mapping[str, tuple[str, ...]]
    expected: tuple[str, ...]


@dataclass(frozen=True)
class Definition:
    """`by_points`: exactly one outcome, by points; otherwise every outcome whose condition holds."""

    title: Texts
    lead: Texts
    nothing: Texts
    by_points: bool
    is_invented: bool
    sections: tuple[Section, ...]
    outcomes: tuple[Outcome, ...]
    rules: tuple[Rule, ...]
    cases: tuple[Case, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def most(self) -> int:
        return sum(question.most for question in self.questions)

    def question(self, code: str) -> Question | None:
        return next((question for question in self.questions if question.code == code), None)

    def outcome(self, code: str) -> Outcome | None:
        return next((outcome for outcome in self.outcomes if outcome.code == code), None)

    def services(self) -> frozenset[str]:
        return frozenset(code for outcome in self.outcomes for code in outcome.services)

    def bases(self) -> frozenset[str]:
        """The base amounts that conditions and sums are worked out from."""
        return frozenset(self._bases())

    def _bases(self) -> Iterator[str]:
        conditions = [question.show_if for question in self.questions]
        conditions += [outcome.condition for outcome in self.outcomes] + [rule.condition for rule in self.rules]
        for condition in conditions:
            yield from condition.bases()
        for outcome in self.outcomes:
            yield from (amount.sum.base for amount in outcome.amounts if amount.sum and amount.sum.base)


Document = Mapping[str, Any]
