"""What of a survey goes, and when: addresses and codes with its closing, words a year later."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from charter.feedback.models import Survey, SurveyAnswer, SurveyInvitation, SurveyKey, SurveyState
from portal.core import clock

WORDS_DAYS = 365


def forget_tickets(survey: Survey) -> int:
    """Invitations with their addresses, and the marks of sent forms: after the closing nothing of them is needed."""
    SurveyKey.objects.filter(survey=survey).delete()
    return SurveyInvitation.objects.filter(survey=survey).delete()[0]


def forget_invitations(before: dt.datetime) -> int:
    """The same for surveys whose last day has passed, whether or not anybody closed them."""
    day = clock.day_of(before)
    over = Q(survey__state=SurveyState.CLOSED, survey__closed_on__lte=day) | Q(survey__closes_on__lt=day)
    SurveyKey.objects.filter(over).delete()
    return SurveyInvitation.objects.filter(over).delete()[0]


def forget_words(before: dt.datetime) -> int:
    """What was written in own words; the marks stay to be counted."""
    due = SurveyAnswer.objects.filter(response__day__lt=clock.day_of(before)).exclude(text="")
    return due.update(text="")
