"""How far a survey is in each language: a language is read only when somebody declared it translated."""

from __future__ import annotations

from charter.feedback.models import Survey
from charter.feedback.surveys import definition
from charter.feedback.surveys.definition import Definition, Standing
from portal.core.languages import LANGUAGES
from portal.core.models import hash_of


def definition_of(survey: Survey) -> Definition:
    """The survey as residents read it."""
    return definition.read(survey.document, source=survey.source_language, ready=survey.declared)


def standings(survey: Survey) -> dict[str, Standing]:
    """Every language with how far it is."""
    now = hash_of(definition_of(survey).source_texts())
    found = {}
    for language in LANGUAGES:
        declared = survey.declared.get(language)
        if language == survey.source_language:
            found[language] = Standing.SOURCE
        elif not declared:
            found[language] = Standing.MISSING
        else:
            found[language] = Standing.CURRENT if declared == now else Standing.OUTDATED
    return found


def source_hash(survey: Survey) -> str:
    return hash_of(definition_of(survey).source_texts())
