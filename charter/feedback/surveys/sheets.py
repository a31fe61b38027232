"""A survey's page as it is drawn: sections with questions, what was chosen, what stays out of sight for now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from charter.feedback.surveys.definition import Branch, Definition, Kind, Question, Section
from charter.feedback.surveys.filling import Filled, sections_on_page
from portal.core.languages import Localised
from portal.core.readable import Readable


@dataclass(frozen=True, slots=True)
class Choice(Readable):
    value: str
    text: Localised
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Asked(Readable):
    """`rule`: of which answers it depends, for the script; `is_hidden`: those are not given yet."""

    code: str
    kind: str
    text: Localised
    help: Localised
    low: Localised
    high: Localised
    is_required: bool
    choices: tuple[Choice, ...]
    value: str
    error: str
    rule: str
    is_hidden: bool

    @property
    def first(self) -> str:
        """Where a link to it leads."""
        if self.kind == Kind.TEXT:
            return f"q-{self.code}"
        return f"q-{self.code}-{self.choices[0].value}" if self.choices else f"q-{self.code}"


@dataclass(frozen=True, slots=True)
class Part(Readable):
    title: Localised
    lead: Localised
    asked: tuple[Asked, ...]
    rule: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Page(Readable):
    """`carried`: answers of other pages, as hidden fields. `place` of `places` when it is one section of several."""

    title: Localised
    lead: Localised
    parts: tuple[Part, ...]
    carried: tuple[tuple[str, str], ...]
    errors: tuple[Asked, ...]
    fallback: Localised | None
    place: int
    places: int

    @property
    def bar(self) -> range:
        return range(1, self.places + 1)

    @property
    def is_last(self) -> bool:
        return self.place == self.places


def page(definition: Definition, filled: Filled, language: str, wrong: Mapping[str, str]) -> Page:
    """The page at hand for a reader of `language`."""
    sections = sections_on_page(definition, filled)
    draw = _Drawer(definition, filled, language, wrong)
    parts = tuple(draw.part(section) for section in sections)
    on_page = {question.code for section in sections for question in section.questions}
    carried = [(code, value) for code, given in filled.answers.items() if code not in on_page for value in given]
    walk = [section.code for section in definition.visible_sections(definition.kept(filled.answers))]
    here = sections[0].code if sections else ""
    title = definition.say(definition.title, language)
    return Page(
        title=title,
        lead=definition.say(definition.lead, language),
        parts=parts,
        carried=tuple(carried),
        errors=tuple(one for part in parts for one in part.asked if one.error),
        fallback=title if title.is_fallback else None,
        place=1 if filled.is_all else walk.index(here) + 1 if here in walk else 1,
        places=1 if filled.is_all else max(1, len(walk)),
    )


class _Drawer:
    def __init__(self, definition: Definition, filled: Filled, language: str, wrong: Mapping[str, str]) -> None:
        self.definition, self.filled, self.language, self.wrong = definition, filled, language, wrong
        self.kept = definition.kept(filled.answers)

    def part(self, section: Section) -> Part:
        say = self.definition.say
        return Part(
            title=say(section.title, self.language),
            lead=say(section.lead, self.language),
            asked=tuple(self.asked(question) for question in section.questions),
            rule=_rule(section.branch) if self.filled.is_all else "",
            is_hidden=not section.branch.holds(self.kept),
        )

    def asked(self, question: Question) -> Asked:
        say, given = self.definition.say, self.filled.answers.get(question.code, ())
        section = self.definition.section_of[question.code]
        rules = [_rule(section.branch) if self.filled.is_all else "", _rule(question.branch)]
        return Asked(
            code=question.code,
            kind=question.kind.value,
            text=say(question.text, self.language),
            help=say(question.help, self.language),
            low=say(question.low, self.language),
            high=say(question.high, self.language),
            is_required=question.is_required,
            choices=tuple(self.choices(question, given)),
            value=given[0] if given and question.kind == Kind.TEXT else "",
            error=self.wrong.get(question.code, ""),
            rule=";".join(rule for rule in rules if rule),
            is_hidden=not self.definition.is_asked(question, self.kept),
        )

    def choices(self, question: Question, given: tuple[str, ...]) -> Iterator[Choice]:
        if question.steps:
            for value in question.values:
                yield Choice(value, Localised(value, self.language), value in given)
        for option in question.options:
            yield Choice(option.code, self.definition.say(option.text, self.language), option.code in given)


def _rule(branch: Branch) -> str:
    return f"{branch.question}={'|'.join(sorted(branch.values))}" if branch.question else ""
