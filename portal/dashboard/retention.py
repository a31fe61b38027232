"""Retention of the counts: words go when those of the searches go; the other counts are about nobody."""

from __future__ import annotations

import datetime as dt

from portal.core.retention import PUBLIC_TASK, STAFF_DUTY, Row
from portal.dashboard.models import WordCount

DAYS = 90


def forget_words(before: dt.datetime) -> int:
    """Months that were over by then."""
    return WordCount.objects.filter(month__lt=(before - dt.timedelta(days=31)).date().replace(day=1)).delete()[0]


ROWS = {
    "dashboard.ReportWish": Row(STAFF_DUTY, None),  # until its owner stops it, leaves, or answers for nothing any more
    "dashboard.SavedView": Row(STAFF_DUTY, None),  # until its owner takes it away or leaves
    "dashboard.WordCount": Row(PUBLIC_TASK, DAYS, forget_words),
}
NOT_PERSONAL = {
    "dashboard.AnswerCount",
    "dashboard.AnsweredDay",
    "dashboard.AppealCount",
    "dashboard.ContactCount",
    "dashboard.CountedMonth",
    "dashboard.RatingCount",
    "dashboard.SearchCount",
    "dashboard.VoteCount",
}
