"""What will soon have to be done again: programmes that end, documents that expire, assessments to be repeated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.working_days import DayClock
from portal.registry import access
from portal.registry.models import Assessment, Paper, Post, Programme, ProgrammeState

AHEAD = 30
SOON = 14
DAY = dt.timedelta(days=1)
BACK = 366  # what was due longer ago has its place in the person's record
KINDS = {"programme": _("Programme ends"), "paper": _("Document expires"), "assessment": _("Repeat the assessment")}
GROUPS = (("overdue", _("Overdue")), ("soon", _("Within 14 days")), ("later", _("Within 30 days")))


@dataclass(frozen=True, slots=True)
class Due:
    """One thing with its day. `act_by`: the last working day that is not after it."""

    kind: str
    day: dt.date
    act_by: dt.date
    recipient: int
    name: str
    worker: str
    what: str

    @property
    def label(self) -> Any:
        return KINDS[self.kind]

    def group(self, today: dt.date) -> str:
        """Which stretch it falls in: what is due today is not overdue yet."""
        if self.day < today:
            return "overdue"
        return "soon" if (self.day - today).days <= SOON else "later"


def due(post: Post, *, worker: int | None = None) -> list[Due]:
    """Everything within the post's reach that is overdue or due in 30 days, the most urgent first. Three queries."""
    today = clock.today()
    last, first = today + AHEAD * DAY, today - BACK * DAY
    people = access.people(post)
    if worker is not None:
        people = people.filter(worker__user=worker)
    mine = people.values("pk")
    found = [*_programmes(mine, first, last), *_papers(mine, first, last), *_assessments(mine, first, last)]
    return sorted(found, key=lambda one: (one.day, one.name, one.kind))


def grouped(found: list[Due]) -> list[tuple[Any, list[Due]]]:
    """(name of the stretch, what falls in it), the overdue first."""
    today = clock.today()
    return [(label, [one for one in found if one.group(today) == code]) for code, label in GROUPS]


def act_by(day: dt.date) -> dt.date:
    """The last working day that is not after this one."""
    works = DayClock(working=True)
    while not works.counts(day):
        day -= DAY
    return day


NAMED = ("recipient_id", "recipient__name", "recipient__worker__user__display_name")


def _programmes(mine: Any, first: dt.date, last: dt.date) -> Iterator[Due]:
    """Those that run out and have nothing after them; what was ended on purpose is not among them."""
    after = Programme.objects.filter(recipient=OuterRef("recipient"), runs_until__gt=OuterRef("runs_until")).exclude(
        state=ProgrammeState.DRAFT
    )
    rows = Programme.objects.filter(
        ~Exists(after), state=ProgrammeState.SIGNED, runs_until__gte=first, runs_until__lte=last, recipient__in=mine
    )
    for number, day, *named in rows.values_list("number", "runs_until", *NAMED):
        yield _one("programme", day, named, number)


def _papers(mine: Any, first: dt.date, last: dt.date) -> Iterator[Due]:
    rows = Paper.objects.filter(is_replaced=False, expires_on__gte=first, expires_on__lte=last, recipient__in=mine)
    for paper in rows.select_related("recipient__worker__user"):
        person = paper.recipient
        worker = person.worker.user.display_name if person.worker else ""
        if paper.expires_on:
            yield _one("paper", paper.expires_on, [person.pk, person.name, worker], str(paper.get_kind_display()))


def _assessments(mine: Any, first: dt.date, last: dt.date) -> Iterator[Due]:
    rows = Assessment.objects.filter(is_latest=True, repeat_on__gte=first, repeat_on__lte=last, recipient__in=mine)
    for day, points, *named in rows.values_list("repeat_on", "points", *NAMED):
        yield _one("assessment", day, named, str(points))


def _one(kind: str, day: dt.date, named: list[Any], what: str) -> Due:
    pk, name, worker = named
    return Due(kind, day, act_by(day), pk, name, worker or "", what)
