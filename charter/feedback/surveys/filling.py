"""A form of a survey as it was sent: what was chosen, what is wrong with it, and which page comes next."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from charter.feedback.surveys.definition import LONGEST_TEXT, Definition, Kind, Question, Section

PREFIX = "q-"
MOST_VALUES = 50


class Foreign(ValueError):
    """The form holds a question or an answer that the survey does not have."""


@dataclass(frozen=True, slots=True)
class Filled:
    """`shown`: questions that stood on the page it came from. `at`: their section; empty for all on one page."""

    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    at: str = ""
    is_all: bool = False
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    invitation: str = ""
    offer: str = ""


def read(posted: QueryDict, definition: Definition) -> Filled:
    """What was sent. Raises Foreign."""
    answers: dict[str, tuple[str, ...]] = {}
    for name in posted:
        if not name.startswith(PREFIX):
            continue
        question = definition.by_code.get(name.removeprefix(PREFIX))
        if question is None:
            raise Foreign(name[:60])
        values = _values(posted.getlist(name), question)
        if values:
            answers[question.code] = values
    return Filled(
        answers=answers,
        shown=frozenset(posted.getlist("shown")[:500]),
        at=posted.get("at", "")[:40],
        is_all=posted.get("mode") == "all",
        key=_key(posted.get("key", "")),
        invitation=posted.get("invitation", "")[:64],
        offer=posted.get("offer", "")[:300],
    )


def _values(given: list[str], question: Question) -> tuple[str, ...]:
    if question.kind == Kind.TEXT:
        text = given[-1].strip()
        return (text,) if text else ()
    values = tuple(dict.fromkeys(value for value in given[:MOST_VALUES] if value))
    is_one = question.kind != Kind.MULTIPLE
    if not set(values) <= set(question.values) or (is_one and len(values) > 1):
        raise Foreign(question.code)
    return values


def _key(typed: str) -> str:
    """The key of this form, under which it counts once; a new one where none can be read."""
    try:
        return str(uuid.UUID(typed))
    except ValueError:
        return str(uuid.uuid4())


def wrong(question: Question, answers: tuple[str, ...]) -> str:
    """What is wrong with an answer, in words; empty when nothing is."""
    if question.kind == Kind.TEXT:
        if answers and len(answers[0]) > LONGEST_TEXT:
            return _("This is longer than 2,000 characters. Please shorten it.")
        return _("Please write something here.") if question.is_required and not answers else ""
    if not question.is_required or answers:
        return ""
    return _("Please choose at least one answer.") if question.kind == Kind.MULTIPLE else _("Please choose an answer.")


def sections_on_page(definition: Definition, filled: Filled) -> list[Section]:
    """What stands on the page at hand: one section, or all of them."""
    if filled.is_all:
        return list(definition.sections)
    visible = definition.visible_sections(filled.answers)
    return [section for section in visible if section.code == filled.at] or visible[:1]


def mistakes(definition: Definition, filled: Filled, sections: Iterable[Section]) -> dict[str, str]:
    """{question: what is wrong} for what is asked in these sections."""
    kept = definition.kept(filled.answers)
    found = {}
    for question in (each for section in sections for each in section.questions):
        if definition.is_asked(question, kept):
            said = wrong(question, filled.answers.get(question.code, ()))
            if said:
                found[question.code] = said
    return found


def surprises(definition: Definition, filled: Filled, sections: Iterable[Section]) -> bool:
    """Whether an answer on this page asks for more that did not stand on it (without scripts it could not appear)."""
    kept = definition.kept(filled.answers)
    return any(
        question.code not in filled.shown and question.branch.question and definition.is_asked(question, kept)
        for section in sections
        for question in section.questions
    )


def beside(definition: Definition, filled: Filled, step: int) -> str:
    """Code of the section before (-1) or after (1) this one on this person's way; empty where there is none."""
    codes = [section.code for section in definition.visible_sections(definition.kept(filled.answers))]
    place = codes.index(filled.at) + step if filled.at in codes else 0
    return codes[place] if 0 <= place < len(codes) else ""
