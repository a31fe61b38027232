"""What will soon have to be done again: programmes that end, documents that expire, assessments to be repeated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from portal.core import clock, holidays
from portal.core.working_days import DayClock
from portal.registry import access
from portal.registry.models import Assessment, DueTask, Paper, PaperKind, Post, Programme, ProgrammeState

AHEAD = 30
SOON = 14
DAY = dt.timedelta(days=1)
BACK = 366  # what was due longer ago has its place in the person's record
KINDS = {"programme": _("Programme ends"), "paper": _("Document expires"), "assessment": _("Repeat the assessment")}
GROUPS = (("overdue", _("Overdue")), ("soon", _("Within 14 days")), ("later", _("Within 30 days")))


@dataclass(frozen=True, slots=True)
class Due:
    """One thing with its day. `act_by`: the last working day that is not after it; `of`: the row it is about."""

    kind: str
    of: int
    day: dt.date
    act_by: dt.date
    recipient: int
    name: str
    worker: str
    what: str
    task: DueTask | None = None

    @property
    def label(self) -> Any:
        return KINDS[self.kind]

    @property
    def said(self) -> Any:
        """What it is, in words."""
        return f"{self.label}: {self.what}" if self.what else self.label

    def group(self, today: dt.date) -> str:
        """Which stretch it falls in, by the day it is to be done: what is due today is not overdue yet."""
        if self.act_by < today:
            return "overdue"
        return "soon" if (self.act_by - today).days <= SOON else "later"


def due(post: Post, *, worker: int | None = None, department: str = "") -> list[Due]:
    """Everything within the post's reach that is overdue or due in 30 days, the most urgent first. Five queries."""
    today = clock.today()
    people = access.people(post)
    if worker is not None:
        people = people.filter(worker__user=worker)
    if department:
        people = people.filter(department=department)
    return due_between(people, today - BACK * DAY, today + AHEAD * DAY)


def due_between(people: Any, first: dt.date, last: dt.date) -> list[Due]:
    """What of these people falls due from a day to a day, each with the task that somebody made of it."""
    mine, works = people.values("pk"), holidays.working_days(first, last)
    rows = [*_programmes(mine, first, last), *_papers(mine, first, last), *_assessments(mine, first, last)]
    tasks = DueTask.objects.filter(day__range=(first, last), recipient__in=mine).select_related("taken_by", "done_by")
    taken = {(task.kind, task.of, task.day): task for task in tasks}
    found = [_one(row, works, taken.get(row[:3])) for row in rows]
    return sorted(found, key=lambda one: (one.act_by, one.name, one.kind))


def grouped(found: list[Due]) -> list[tuple[Any, list[Due]]]:
    """(name of the stretch, what falls in it), the overdue first."""
    today = clock.today()
    return [(label, [one for one in found if one.group(today) == code]) for code, label in GROUPS]


def act_by(day: dt.date) -> dt.date:
    """The last working day of the town that is not after this one."""
    return holidays.on_or_before(day, holidays.working_days(day, day))


Row = tuple[str, int, dt.date, list[Any], str]  # kind, of, day, whose, what
NAMED = ("recipient_id", "recipient__name", "recipient__worker__user__display_name")


def _programmes(mine: Any, first: dt.date, last: dt.date) -> Iterator[Row]:
    """Those that run out and have nothing after them; what was ended on purpose is not among them."""
    after = Programme.objects.filter(recipient=OuterRef("recipient"), runs_until__gt=OuterRef("runs_until")).exclude(
        state=ProgrammeState.DRAFT
    )
    rows = Programme.objects.filter(
        ~Exists(after), state=ProgrammeState.SIGNED, runs_until__gte=first, runs_until__lte=last, recipient__in=mine
    )
    for pk, number, day, *named in rows.values_list("pk", "number", "runs_until", *NAMED):
        yield "programme", pk, day, named, number


def _papers(mine: Any, first: dt.date, last: dt.date) -> Iterator[Row]:
    rows = Paper.objects.filter(is_replaced=False, expires_on__gte=first, expires_on__lte=last, recipient__in=mine)
    for pk, kind, day, *named in rows.values_list("pk", "kind", "expires_on", *NAMED):
        yield "paper", pk, day, named, str(PaperKind(kind).label)


def _assessments(mine: Any, first: dt.date, last: dt.date) -> Iterator[Row]:
    rows = Assessment.objects.filter(is_latest=True, repeat_on__gte=first, repeat_on__lte=last, recipient__in=mine)
    for pk, day, *named in rows.values_list("pk", "repeat_on", *NAMED):
        yield "assessment", pk, day, named, ""


def _one(row: Row, works: DayClock, task: DueTask | None) -> Due:
    kind, of, day, (person, name, worker), what = row
    return Due(kind, of, day, holidays.on_or_before(day, works), person, name, worker or "", what, task)
