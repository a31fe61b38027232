"""A survey's questions as its pages and figures see them: frozen, read from its document."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.languages import FALLBACKS, LANGUAGES, Localised

Texts = Mapping[str, str]
Answers = Mapping[str, tuple[str, ...]]
LONGEST_TEXT = 2000


class Kind(models.TextChoices):
    """How a question is answered."""

    FACES = "faces", _("five faces with words")
    SCALE5 = "scale5", _("scale from 1 to 5")
    SCALE7 = "scale7", _("scale from 1 to 7")
    SINGLE = "single", _("one of several answers")
    MULTIPLE = "multiple", _("several answers")
    TEXT = "text", _("own words")


STEPS = {Kind.FACES: 5, Kind.SCALE5: 5, Kind.SCALE7: 7}
CHOSEN = frozenset({Kind.SINGLE, Kind.MULTIPLE})


class Standing(enum.StrEnum):
    """How far a survey is in one language."""

    SOURCE = "source"
    CURRENT = "current"
    OUTDATED = "outdated"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Branch:
    """Shown only to those who answered `question` with one of `values`. Without a question: to everybody."""

    question: str = ""
    values: frozenset[str] = frozenset()

    def holds(self, answers: Answers) -> bool:
        return not self.question or bool(self.values & set(answers.get(self.question, ())))


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Question:
    """`low`, `high`: words at the ends of a scale. `is_group`: results may be broken down by its answers."""

    code: str
    kind: Kind
    text: Texts
    help: Texts
    is_required: bool
    options: tuple[Option, ...]
    low: Texts
    high: Texts
    branch: Branch
    area: str
    standard: str
    is_group: bool

    @property
    def steps(self) -> int:
        """Highest score of a scale; 0 for other kinds."""
        return STEPS.get(self.kind, 0)

    @property
    def values(self) -> tuple[str, ...]:
        """What may be answered; nothing for own words."""
        if self.steps:
            return tuple(str(score) for score in range(1, self.steps + 1))
        return tuple(option.code for option in self.options)

    def texts(self) -> Iterator[tuple[str, Texts]]:
        """Everything of it that is written in four languages, by where it stands."""
        yield "text", self.text
        yield "help", self.help
        if self.kind in (Kind.SCALE5, Kind.SCALE7):
            yield "low", self.low
            yield "high", self.high
        yield from ((f"option {option.code}", option.text) for option in self.options)


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    title: Texts
    lead: Texts
    branch: Branch
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Definition:
    """All of it. `ready`: languages that may be read, the source first; `source` is the one it was written in."""

    title: Texts
    lead: Texts
    thanks: Texts
    sections: tuple[Section, ...]
    source: str
    ready: tuple[str, ...] = field(default=())

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def by_code(self) -> dict[str, Question]:
        return {question.code: question for question in self.questions}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        return {question.code: section for section in self.sections for question in section.questions}

    def say(self, texts: Texts, language: str) -> Localised:
        """A text for a reader of `language`: from the languages that are ready, never silently from another."""
        for code in FALLBACKS[language]:
            if code in self.ready and texts.get(code):
                return Localised(texts[code], code, code != language)
        source = texts.get(self.source, "")
        return Localised(source, self.source, bool(source) and self.source != language)

    def is_asked(self, question: Question, answers: Answers) -> bool:
        """Whether somebody with these answers sees the question."""
        return self.section_of[question.code].branch.holds(answers) and question.branch.holds(answers)

    def kept(self, answers: Answers) -> dict[str, tuple[str, ...]]:
        """`answers` without those to questions that are not asked any more: a changed mind takes its branch along."""
        found: dict[str, tuple[str, ...]] = {}
        for question in self.questions:
            if answers.get(question.code) and self.is_asked(question, found):
                found[question.code] = answers[question.code]
        return found

    def visible_sections(self, answers: Answers) -> list[Section]:
        """Sections that somebody with these answers walks through."""
        return [
            section for section in self.sections if section.branch.holds(answers) and self.may_show(section, answers)
        ]

    def may_show(self, section: Section, answers: Answers) -> bool:
        """Whether some question of it is asked, or would be by an answer given in the section itself."""
        inside = {question.code for question in section.questions}
        return any(
            question.branch.holds(answers) or question.branch.question in inside for question in section.questions
        )

    def texts(self) -> Iterator[tuple[str, Texts]]:
        """Everything that is translated, by where it stands."""
        yield "title", self.title
        yield "lead", self.lead
        yield "thanks", self.thanks
        for section in self.sections:
            yield f"{section.code} title", section.title
            yield f"{section.code} lead", section.lead
            for question in section.questions:
                yield from ((f"{question.code} {place}", texts) for place, texts in question.texts())

    def missing(self, language: str) -> list[str]:
        """Where the source says something and `language` does not."""
        return [place for place, texts in self.texts() if texts.get(self.source) and not texts.get(language)]

    def source_texts(self) -> list[str]:
        return [texts.get(self.source, "") for _place, texts in self.texts()]


def read(document: Mapping[str, Any], *, source: str, ready: Iterable[str] = LANGUAGES) -> Definition:
    """The definition that `document` holds. It is written by our own editing only, so it is taken as it stands."""
    return Definition(
        title=_texts(document, "title"),
        lead=_texts(document, "lead"),
        thanks=_texts(document, "thanks"),
        sections=tuple(_section(each) for each in document.get("sections", ())),
        source=source,
        ready=tuple(dict.fromkeys((source, *ready))),
    )


def _section(data: Mapping[str, Any]) -> Section:
    return Section(
        code=data["code"],
        title=_texts(data, "title"),
        lead=_texts(data, "lead"),
        branch=_branch(data),
        questions=tuple(_question(each) for each in data.get("questions", ())),
    )


def _question(data: Mapping[str, Any]) -> Question:
    kind = Kind(data["kind"])
    options = data.get("options", ()) if kind in CHOSEN else ()
    return Question(
        code=data["code"],
        kind=kind,
        text=_texts(data, "text"),
        help=_texts(data, "help"),
        is_required=bool(data.get("is_required")),
        options=tuple(Option(each["code"], _texts(each, "text")) for each in options),
        low=_texts(data, "low"),
        high=_texts(data, "high"),
        branch=_branch(data),
        area=data.get("area", ""),
        standard=data.get("standard", ""),
        is_group=bool(data.get("is_group")) and kind == Kind.SINGLE,
    )


def _branch(data: Mapping[str, Any]) -> Branch:
    found = data.get("show_if") or {}
    return Branch(found.get("question", ""), frozenset(found.get("values", ())))


def _texts(data: Mapping[str, Any], key: str) -> Texts:
    found = data.get(key) or {}
    return {code: str(found[code]) for code in LANGUAGES if found.get(code)}
