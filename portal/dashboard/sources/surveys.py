"""Measured on surveys: how many of those who answered said that it was well.

A survey counts whole, in the month of its last day, once it is over: so the figure is that of its page of results. A
sheet counts once, however many of its questions are about the promise, and speaks for it when most of their answers
are good. Which questions are about it: those that name the standard – all scales of a survey that names it, where no
question does –, or, for a standard on a whole area, the scales of that area.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from charter.feedback.models import Survey, SurveyAnswer, SurveyState
from charter.feedback.surveys import access
from charter.feedback.surveys.definition import Question
from charter.feedback.surveys.languages import definition_of
from charter.feedback.surveys.results import GOOD_FROM
from charter.models import ServiceStandard
from portal.core import clock
from portal.dashboard.sources.base import Counted, Tally

OF_STANDARD, OF_AREA = "survey_share", "survey_area_share"


@dataclass(frozen=True, slots=True)
class Poll:
    """One survey as far as it is about a standard."""

    survey: Survey
    questions: tuple[Question, ...]
    tally: Tally


def answered_well(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Counted:
    """Sheets by the month their survey ended in and its institution."""
    counted: Counted = {}
    for poll in polls(standard, since, until):
        key = (_last_day(poll.survey).replace(day=1), poll.survey.institution_id)
        counted[key] = counted.get(key, Tally()) + poll.tally
    return counted


def polls(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> list[Poll]:
    """Surveys that ended in this time and asked about the standard, the first that ended first: one query each."""
    first, last = clock.day_of(since), clock.day_of(until) - dt.timedelta(days=1)
    today = clock.today()
    over = [
        survey
        for survey in access.everything().exclude(state=SurveyState.DRAFT).filter(closes_on__gte=first)
        if survey.is_over(today) and first <= _last_day(survey) <= last
    ]
    found = [(survey, _about(standard, survey)) for survey in sorted(over, key=lambda one: (_last_day(one), one.pk))]
    return [Poll(survey, questions, _tally(survey, questions)) for survey, questions in found if questions]


def _last_day(survey: Survey) -> dt.date:
    return min(day for day in (survey.closed_on, survey.closes_on) if day)


def _about(standard: ServiceStandard, survey: Survey) -> tuple[Question, ...]:
    scales = [question for question in definition_of(survey).questions if question.steps]
    if standard.metric == OF_AREA:
        return tuple(question for question in scales if question.area == standard.commitment.area)
    named = tuple(question for question in scales if question.standard == standard.code)
    return named or (tuple(scales) if survey.standard_id == standard.pk else ())


def _tally(survey: Survey, questions: tuple[Question, ...]) -> Tally:
    good_from = {question.code: GOOD_FROM[question.kind] for question in questions}
    rows = SurveyAnswer.objects.filter(response__survey=survey, question__in=good_from).exclude(value="")
    sheets: dict[int, list[bool]] = defaultdict(list)
    for sheet, question, value in rows.values_list("response_id", "question", "value"):
        sheets[sheet].append(int(value) >= good_from[question])
    return Tally(sum(2 * sum(said) > len(said) for said in sheets.values()), len(sheets))
