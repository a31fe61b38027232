"""The sheet of the appeals: what people tell us, whether they are answered in time, and how they rate the answer."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from charter.feedback.appeals import access
from charter.feedback.models import AppealState
from portal.core import clock
from portal.core.figures import number
from portal.dashboard import counting
from portal.dashboard.scope import Dimension, Scope
from portal.dashboard.sheets.form import Need, Sheet
from portal.dashboard.sheets.making import as_sheet, measured
from portal.dashboard.sheets.measures import ANSWERS, APPEALS, Measure, Unit

DIMENSIONS = (Dimension.KIND, Dimension.SERVICE, Dimension.INSTITUTION, Dimension.CHANNEL, Dimension.LANGUAGE)
MEASURES = (
    Measure(
        "received",
        APPEALS,
        Unit.COUNT,
        _lazy("Appeals"),
        _lazy("Complaints, suggestions, thanks and questions, by when they were entered."),
        "received",
    ),
    Measure(
        "broken",
        APPEALS,
        Unit.SHARE,
        _lazy("About a promise that was not kept"),
        _lazy("Appeals that name the promise."),
        "received",
        "broken",
    ),
    Measure(
        "in_time",
        ANSWERS,
        Unit.SHARE,
        _lazy("Answered in time"),
        _lazy("Answers sent by the promised day, by when they were sent; extended time limits count as promised."),
        "due",
        "in_time",
        1,
        ("complaints_within_working_days", "answered_within_working_days"),
    ),
    Measure(
        "days",
        ANSWERS,
        Unit.DAYS,
        _lazy("Days until the answer, on average"),
        _lazy("Days of the calendar from the day it came."),
        "answers",
        "days",
        -1,
    ),
    Measure(
        "right",
        ANSWERS,
        Unit.SHARE,
        _lazy("The resident was right"),
        _lazy("Answers that say so, at least in part."),
        "answers",
        "right",
    ),
    Measure(
        "content",
        ANSWERS,
        Unit.OPINION,
        _lazy("Content with the answer"),
        _lazy("“Good” or “very good” among the answers that were rated."),
        "rated",
        "content",
        1,
    ),
    Measure(
        "again",
        ANSWERS,
        Unit.SHARE,
        _lazy("Answered a second time"),
        _lazy("Answers to appeals that were opened again after a low rating."),
        "answers",
        "again",
        -1,
    ),
)


def make(scope: Scope, language: str, known: counting.Known, *, draw: str) -> Sheet:
    """The sheet of one scope."""
    found = measured(MEASURES, scope, language, known, draw=draw)
    return as_sheet("appeals", _("Appeals"), scope, found, needs=_overdue(scope))


def _overdue(scope: Scope) -> list[Need]:
    """What is late today: the operator's own queue, so nothing is kept back."""
    running = (AppealState.RECEIVED, AppealState.WORKING)
    late = access.everything().filter(scope.of_chosen(), state__in=running, due_on__lt=clock.today()).count()
    if not late:
        return []
    text = ngettext("%(n)s appeal is overdue today.", "%(n)s appeals are overdue today.", late)
    return [Need(text % {"n": number(late)}, reverse("feedback:appeals"))]
