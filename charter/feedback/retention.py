"""Retention of what residents say."""

import datetime as dt

from charter.feedback.appeals import access, erasing
from charter.feedback.models import PageVote, RatingWords
from charter.feedback.surveys import forgetting
from portal.core import clock
from portal.core.retention import PUBLIC_TASK, STAFF_DUTY, Row

DAYS = 180


def _forget_texts(before: dt.datetime) -> int:
    return PageVote.objects.filter(at__lt=before).exclude(text="").update(text="")


def _forget_words(before: dt.datetime) -> int:
    """Counted from the first of their month: they are kept shorter than said, never longer."""
    return RatingWords.objects.filter(month__lt=clock.day_of(before)).delete()[0]


# What was answered is kept for the complaint's own term of law; after it nothing of the person is left.
APPEAL_DAYS = 365 * 3


def forget_appeals(before: dt.datetime) -> int:
    """Closed appeals lose their words, names, papers and answers; that there was one, and when, stays to be counted."""
    due = access.everything().filter(closed_at__lt=before, erased_at=None)
    return sum(erasing.erase(appeal) for appeal in due)


ROWS = {
    "feedback.Appeal": Row(PUBLIC_TASK, APPEAL_DAYS, forget_appeals),
    # These go with their appeal.
    "feedback.AppealAnswer": Row(PUBLIC_TASK, None),
    "feedback.AppealEvent": Row(PUBLIC_TASK, None),
    "feedback.AppealFile": Row(PUBLIC_TASK, None),
    "feedback.Idea": Row(STAFF_DUTY, None),
    "feedback.RatingWords": Row(PUBLIC_TASK, DAYS, _forget_words),
    "feedback.Kiosk": Row(STAFF_DUTY, None),  # who made it; nothing of those who answer on it
    "feedback.PageVote": Row(PUBLIC_TASK, DAYS, _forget_texts),
    "feedback.SurveyAnswer": Row(PUBLIC_TASK, forgetting.WORDS_DAYS, forgetting.forget_words),
    # Addresses go on the day the survey closes; this row is for a survey whose closing was missed.
    "feedback.SurveyInvitation": Row(PUBLIC_TASK, 1, forgetting.forget_invitations),
}
NOT_PERSONAL = {
    "feedback.Improvement",
    "feedback.ImprovementGoal",
    "feedback.ImprovementStep",
    "feedback.RatedOnce",
    "feedback.Rating",
    "feedback.Story",
    "feedback.Survey",
    "feedback.SurveyKey",
    "feedback.SurveyResponse",
}
