"""Asking one in so many, at random, whether they would answer: after a conversation, after a rating."""

from __future__ import annotations

import secrets

from django.db.models import QuerySet
from django.urls import reverse

from charter.feedback.models import Survey, SurveyState
from charter.feedback.surveys.answering import make_offer
from charter.feedback.surveys.languages import definition_of
from portal.core import clock
from portal.core.crypto import keyed
from portal.core.languages import Localised, current


def offer(place: str, seed: str = "") -> tuple[Localised, str] | None:
    """(title, address) of a survey to ask this person about; None for most people.

    The same `seed` – a conversation's public id – is always decided alike, so that loading a page again draws no
    second lot. Nothing is kept of it, and the link does not know the seed.
    """
    today = clock.today()
    for survey in _offered(place).filter(opens_on__lte=today, closes_on__gte=today):
        if _is_drawn(survey, seed):
            definition = definition_of(survey)
            link = f"{reverse('feedback:survey', args=[survey.public_id])}?offer={make_offer(survey, place)}"
            return definition.say(definition.title, current()), link
    return None


def _offered(place: str) -> QuerySet[Survey]:
    return Survey.objects.filter(state=SurveyState.OPEN, offered=place).order_by("made_at")


def _is_drawn(survey: Survey, seed: str) -> bool:
    if survey.one_in <= 1:
        return True
    lot = int(keyed("survey-lot", f"{survey.public_id} {seed}"), 16) if seed else secrets.randbelow(survey.one_in)
    return lot % survey.one_in == 0
