"""What stands in the way of opening a survey, and what one should know before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from charter.feedback.models import Survey
from charter.feedback.surveys.definition import CHOSEN, Branch, Definition, Question, Standing
from charter.feedback.surveys.languages import definition_of, standings
from portal.core.languages import LANGUAGES, OWN_NAMES


@dataclass(frozen=True, slots=True)
class Finding:
    """`part`: the section or question it is about. What does not stop is only to be known."""

    words: str
    part: str = ""
    stops: bool = True


def findings(survey: Survey, today: dt.date) -> list[Finding]:
    """Everything at once, what stops first."""
    definition = definition_of(survey)
    found = [*_days(survey, today), *flaws(definition), *_languages(survey, definition)]
    return sorted(found, key=lambda one: not one.stops)


def flaws(definition: Definition) -> list[Finding]:
    """What is wrong with the questions themselves, whenever they are asked and in whichever languages."""
    return [*_texts(definition), *_branches(definition)]


def _days(survey: Survey, today: dt.date) -> Iterator[Finding]:
    if survey.opens_on is None or survey.closes_on is None:
        yield Finding(_("Say from which day until which day it is open."))
    elif survey.closes_on < today:
        yield Finding(_("Its last day has passed."))


def _texts(definition: Definition) -> Iterator[Finding]:
    if not definition.title.get(definition.source):
        yield Finding(_("It has no title."))
    if not definition.questions:
        yield Finding(_("It has no question."))
    for question in definition.questions:
        yield from (Finding(words, question.code) for words in _question(question, definition.source))


def _question(question: Question, source: str) -> Iterator[str]:
    if not question.text.get(source):
        yield _("A question has no text.")
    if question.kind in CHOSEN and len(question.options) < 2:
        yield _("A question needs at least two answers to choose from.")
    if any(not option.text.get(source) for option in question.options):
        yield _("An answer to choose has no text.")


def _branches(definition: Definition) -> Iterator[Finding]:
    """A branch leads forward: it may ask about what was answered before only."""
    earlier: dict[str, Question] = {}
    for section in definition.sections:
        if not _leads_forward(section.branch, earlier):
            yield Finding(_("A section depends on a question that does not come before it."), section.code)
        for question in section.questions:
            if not _leads_forward(question.branch, earlier):
                yield Finding(_("A question depends on one that does not come before it."), question.code)
            earlier[question.code] = question


def _leads_forward(branch: Branch, earlier: dict[str, Question]) -> bool:
    if not branch.question:
        return True
    asked = earlier.get(branch.question)
    return asked is not None and bool(branch.values) and branch.values <= set(asked.values)


def _languages(survey: Survey, definition: Definition) -> Iterator[Finding]:
    said = standings(survey)
    for language in LANGUAGES:
        name = OWN_NAMES[language]
        if said[language] == Standing.MISSING:
            yield Finding(
                _("%(language)s: not translated. Its readers get the original with a note.") % {"language": name},
                stops=False,
            )
        elif said[language] == Standing.OUTDATED:
            yield Finding(
                _("%(language)s: the original has changed since it was translated.") % {"language": name}, stops=False
            )
        elif gaps := len(definition.missing(language)):
            yield Finding(
                _("%(language)s: %(count)s texts are not there and appear in the original.")
                % {"language": name, "count": gaps},
                stops=False,
            )
