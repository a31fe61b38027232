"""A survey's life: begun from a pattern, written, opened, closed, copied for the next period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from charter.feedback.models import Survey, SurveyState
from charter.feedback.surveys import access, checking, patterns
from charter.feedback.surveys.forgetting import forget_tickets
from charter.feedback.surveys.languages import definition_of, source_hash
from charter.models import Institution
from portal.core import audit, clock
from portal.core.languages import LANGUAGES
from portal.core.models import User
from portal.core.schedule import every

KEPT_BY_A_COPY = (
    "document", "source_language", "declared", "audience", "offered", "one_in", "goal", "area",
    "standard", "service", "institution",
)  # fmt: skip


class Fixed(RuntimeError):
    """It has been opened: it can't be changed any more, only copied."""


class NotReady(RuntimeError):
    """Something stands in the way of opening it; `checking.findings` says what."""


class Incomplete(RuntimeError):
    """A language can't be declared translated while texts are not there."""


def begin(pattern: str, *, institution: Institution | None, by: User) -> Survey:
    """A draft from a pattern, ready in the languages the pattern has. Raises KeyError."""
    survey = Survey(document=patterns.document_of(pattern), institution=institution, by=by, made_at=clock.now())
    if pattern != patterns.EMPTY:
        survey.declared = {code: source_hash(survey) for code in LANGUAGES if code != survey.source_language}
    with transaction.atomic():
        survey.save()
        audit.record("survey.begun", survey, by=by, pattern=pattern)
    return survey


@transaction.atomic
def write(survey: Survey, document: Mapping[str, Any], *, by: User) -> Survey:
    """Keep a changed document. Raises Fixed."""
    survey = _draft(survey)
    survey.document = dict(document)
    survey.save(update_fields=["document"])
    audit.record("survey.written", survey, by=by)
    return survey


@transaction.atomic
def declare(survey: Survey, language: str, *, by: User) -> Survey:
    """Say that this language is a translation of the original as it stands now. Raises Fixed, Incomplete."""
    survey = _draft(survey)
    if language not in LANGUAGES or language == survey.source_language:
        return survey
    if definition_of(survey).missing(language):
        raise Incomplete
    survey.declared = {**survey.declared, language: source_hash(survey)}
    survey.save(update_fields=["declared"])
    audit.record("survey.translated", survey, by=by, language=language)
    return survey


@transaction.atomic
def open_(survey: Survey, *, by: User) -> Survey:
    """From now on residents answer it from its first day on. Raises Fixed, NotReady."""
    survey = _draft(survey)
    if any(one.stops for one in checking.findings(survey, clock.today())):
        raise NotReady
    survey.state = SurveyState.OPEN
    survey.save(update_fields=["state"])
    audit.record("survey.opened", survey, by=by)
    return survey


@transaction.atomic
def take_back(survey: Survey, *, by: User) -> Survey:
    """Back to a draft while nobody has answered. Raises Fixed."""
    survey = access.everything().select_for_update(of=("self",)).get(pk=survey.pk)
    if survey.state != SurveyState.OPEN or survey.responses.exists():
        raise Fixed
    survey.state = SurveyState.DRAFT
    survey.save(update_fields=["state"])
    audit.record("survey.taken_back", survey, by=by)
    return survey


@transaction.atomic
def close(survey: Survey, *, by: User | str) -> Survey:
    """No more answers; addresses and codes of the invited go. Closing twice is closing once."""
    survey = access.everything().select_for_update(of=("self",)).get(pk=survey.pk)
    if survey.state != SurveyState.OPEN:
        return survey
    survey.state, survey.closed_on = SurveyState.CLOSED, clock.today()
    survey.save(update_fields=["state", "closed_on"])
    forget_tickets(survey)
    audit.record("survey.closed", survey, by=by)
    return survey


@transaction.atomic
def copy(survey: Survey, *, by: User) -> Survey:
    """The same questions for the next period, as a draft to be compared with this one later."""
    fresh = Survey(copy_of=survey, by=by, made_at=clock.now())
    for name in KEPT_BY_A_COPY:
        setattr(fresh, name, getattr(survey, name))
    fresh.save()
    audit.record("survey.copied", fresh, by=by)
    return fresh


@transaction.atomic
def throw_away(survey: Survey, *, by: User) -> None:
    """A draft that is not wanted. Raises Fixed."""
    survey = _draft(survey)
    audit.record("survey.thrown_away", survey, by=by)
    survey.delete()


@every(60 * 60, "surveys")
def close_what_is_over() -> int:
    """Surveys whose last day has passed are closed, each by itself."""
    due = access.everything().filter(state=SurveyState.OPEN, closes_on__lt=clock.today())
    return len([close(survey, by=audit.SYSTEM) for survey in due])


def _draft(survey: Survey) -> Survey:
    survey = access.everything().select_for_update(of=("self",)).get(pk=survey.pk)
    if survey.state != SurveyState.DRAFT:
        raise Fixed
    return survey
