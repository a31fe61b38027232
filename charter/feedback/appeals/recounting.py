"""A holiday added afterwards: the last days of appeals that ran over it are counted anew, also of those answered."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from charter import corrections
from charter.corrections import Correction
from charter.feedback.appeals import access, deadlines
from charter.feedback.models import Appeal, AppealAnswer
from charter.models import Clock
from portal.core import audit


def recount(correction: Correction) -> int:
    """How many appeals and answers got another last day."""
    over = Q(clock=Clock.WORKING, received_on__lt=max(correction.added | correction.struck))
    due = Q(due_on__gte=correction.first) | Q(answers__due_on__gte=correction.first)
    found = access.everything().filter(over, due).distinct().order_by("pk")
    return sum(_appeal(appeal, correction) for appeal in found)


def _appeal(appeal: Appeal, correction: Correction) -> int:
    answers = list(appeal.answers.filter(due_on__gte=correction.first))
    changed = [answer for answer in answers if _moved(answer, appeal, correction)]
    AppealAnswer.objects.bulk_update(changed, ["due_on"])
    due = _later(appeal, appeal.term_from, appeal.due_on, correction)
    if due != appeal.due_on:
        appeal.due_on = due
        appeal.save(update_fields=["due_on"])
        audit.record("appeal.counted_anew", appeal, by=audit.SYSTEM, day=correction.first.isoformat())
    elif not changed:
        return 0
    return 1


def _moved(answer: AppealAnswer, appeal: Appeal, correction: Correction) -> bool:
    start = appeal.term_from if answer.level == appeal.level else appeal.received_on
    before = answer.due_on
    answer.due_on = _later(appeal, start, before, correction)
    return answer.due_on != before


def _later(appeal: Appeal, start: dt.date, due: dt.date | None, correction: Correction) -> dt.date | None:
    """The same number of days by the calendar of today."""
    if due is None or not correction.touches(start, due):
        return due
    stops = deadlines.known_stops(appeal, since=start)
    then, now = correction.clocks(around=start)
    return now.due(start, then.passed(start, due, stops), stops)


corrections.register(recount)
