"""The sheet of the improvements: what was changed, whether it got better and held, and what is stuck."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from charter.feedback.improvements.actions import HOLDS_AFTER
from charter.feedback.improvements.selectors import Goal, goals_of
from charter.feedback.models import RUNNING_STAGES, Idea, IdeaState, Improvement, ImprovementStage
from charter.periods import Period
from portal.core import clock
from portal.core.languages import LANGUAGES, Localised, column, columns, pick
from portal.core.translations import rows as plain
from portal.dashboard import counting, periods
from portal.dashboard.names import names_of
from portal.dashboard.scope import Dimension, Scope
from portal.dashboard.sheets.figures import Figure, Kept, wanted_periods
from portal.dashboard.sheets.form import Cell, GroupLine, Line, Listing, Need, Sheet
from portal.dashboard.sheets.making import MONTHS_DRAWN, QUARTERS_DRAWN
from portal.dashboard.sheets.measures import Measure, Unit

DIMENSIONS = (Dimension.ORIGIN, Dimension.INSTITUTION)


@dataclass(frozen=True, slots=True)
class One:
    """An improvement as it is counted."""

    pk: int
    title: Localised
    stage: str
    origin: str
    place: int | None
    proposed_on: dt.date
    planned_until: dt.date | None
    finished_on: dt.date | None
    held: bool | None
    held_checked_on: dt.date | None
    is_demo: bool

    @property
    def is_late(self) -> bool:
        today = clock.today()
        return self.stage in RUNNING_STAGES and self.planned_until is not None and self.planned_until < today

    @property
    def is_to_look_at(self) -> bool:
        """Finished three months ago, and nobody has looked whether it held."""
        done = self.stage == ImprovementStage.FINISHED and self.finished_on is not None
        return done and self.held is None and self.finished_on + HOLDS_AFTER <= clock.today()  # type: ignore[operator]


def _measure(code: str, name: object, meaning: object, better: int = 0) -> Measure:
    return Measure(code, None, Unit.COUNT, name, meaning, better=better)  # type: ignore[arg-type]


PROPOSED = _measure("proposed", _lazy("Proposed"), _lazy("Improvements proposed in the period."))
FINISHED = _measure("finished", _lazy("Finished"), _lazy("Improvements finished in the period."), 1)
HELD = _measure("held", _lazy("Held"), _lazy("Looked at again in the period, and it was still so."), 1)
NOT_HELD = _measure("not_held", _lazy("Did not hold"), _lazy("Looked at again in the period, and it was not so."), -1)
_IN: dict[Measure, Callable[[One, Period], bool]] = {
    PROPOSED: lambda one, period: _lies(one.proposed_on, period),
    FINISHED: lambda one, period: one.stage == ImprovementStage.FINISHED and _lies(one.finished_on, period),
    HELD: lambda one, period: one.held is True and _lies(one.held_checked_on, period),
    NOT_HELD: lambda one, period: one.held is False and _lies(one.held_checked_on, period),
}
MEASURES = tuple(_IN)


def make(scope: Scope, language: str, known: counting.Known, *, draw: str) -> Sheet:
    """The sheet of one scope: five queries. Improvements are about nobody, so nothing is kept back."""
    everything = _read(scope, language)
    now, before = scope.period, periods.before(scope.period)
    drawn = next((each for each in MEASURES if each.code == draw), FINISHED)
    back = wanted_periods(now, MONTHS_DRAWN if now.kind == "month" else QUARTERS_DRAWN)
    return Sheet(
        code="improvements",
        title=_("Improvements"),
        scope=scope,
        needs=tuple(_needs(everything, scope)),
        lines=tuple(Line(each, _count(everything, each, now), _count(everything, each, before)) for each in MEASURES),
        drawn=Line(drawn, _count(everything, drawn, now), _count(everything, drawn, before)),
        choices=tuple((each.code, str(each.name)) for each in MEASURES),
        course=tuple((period, _count(everything, drawn, period)) for period in back),
        columns=MEASURES,
        groups=_groups(everything, scope, language),
        listings=(_finished(everything, now, language), _running(everything)),
        definitions=(_("Where a promise measures a goal, before and after are what was measured; nobody typed them."),),
        is_demo=any(one.is_demo for one in everything),
    )


def _read(scope: Scope, language: str) -> list[One]:
    rows = plain(Improvement).filter(scope.of_chosen()).order_by("proposed_on", "code")
    names = ("stage", "origin", "proposed_on", "planned_until", "finished_on", "held", "held_checked_on", "is_demo")
    return [
        One(
            pk=row["pk"],
            title=pick({code: row[column("title", code)] for code in LANGUAGES}, language),
            place=row["institution_id"],
            **{name: row[name] for name in names},
        )
        for row in rows.values("pk", "institution_id", *names, *columns(("title",)))
    ]


def _lies(day: dt.date | None, period: Period) -> bool:
    return day is not None and period.start <= day < period.end


def _count(ones: Sequence[One], measure: Measure, period: Period) -> Figure:
    many = sum(_IN[measure](one, period) for one in ones)
    return Figure(Unit.COUNT, float(many), None, many, None, Kept.NONE)


def _groups(everything: Sequence[One], scope: Scope, language: str) -> tuple[GroupLine, ...]:
    def key(one: One) -> Hashable:
        return one.origin if scope.dimension is Dimension.ORIGIN else one.place

    touched = [one for one in everything if any(is_in(one, scope.period) for is_in in _IN.values())]
    keys = sorted({key(one) for one in touched if key(one) is not None}, key=str)
    names = names_of(scope.dimension, keys, language)
    return tuple(
        GroupLine(
            each,
            names[each],
            {
                measure.code: _count([one for one in touched if key(one) == each], measure, scope.period)
                for measure in MEASURES
            },
        )
        for each in keys
        if each in names
    )


def _needs(everything: Sequence[One], scope: Scope) -> list[Need]:
    """What is stuck today, whatever the period."""
    board, found = reverse("feedback:board"), []
    if late := sum(one.is_late for one in everything):
        text = ngettext(
            "%(n)s improvement should have been finished by now.",
            "%(n)s improvements should have been finished by now.",
            late,
        )
        found.append(Need(text % {"n": late}, board))
    if again := sum(one.is_to_look_at for one in everything):
        text = ngettext(
            "%(n)s finished improvement is to be looked at again: did it hold?",
            "%(n)s finished improvements are to be looked at again: did they hold?",
            again,
        )
        found.append(Need(text % {"n": again}, board))
    if scope.is_whole_city and (ideas := Idea.objects.filter(state=IdeaState.NEW).count()):
        text = ngettext(
            "%(n)s idea of the staff waits for an answer.", "%(n)s ideas of the staff wait for an answer.", ideas
        )
        found.append(Need(text % {"n": ideas}, board))
    return found


def _finished(everything: Sequence[One], period: Period, language: str) -> Listing:
    """Those finished up to the end of the period, newest first, with what was measured."""
    done = [
        one
        for one in everything
        if one.stage == ImprovementStage.FINISHED and one.finished_on and one.finished_on < period.end
    ]
    done.sort(key=lambda one: one.finished_on or one.proposed_on, reverse=True)
    goals = goals_of([one.pk for one in done], language)
    rows = [_row(one, goal) for one in done for goal in goals.get(one.pk) or (None,)]
    return Listing(
        "finished",
        _("Finished: before and after"),
        (_("Improvement"), _("Measured"), _("Before"), _("Target"), _("After"), _("Finished"), _("Did it hold?")),
        tuple(rows),
        _("No improvement is finished yet."),
    )


def _row(one: One, goal: Goal | None) -> tuple[Cell, ...]:
    held = {None: _("nobody has looked yet"), True: _("yes"), False: _("no")}[one.held]
    figures = (goal.name.text, goal.before, goal.target, goal.after) if goal else ("", "", "", "")
    finished = date_format(one.finished_on, "SHORT_DATE_FORMAT") if one.finished_on else ""
    return (Cell(one.title.text, language=one.title.language), *map(Cell, figures), Cell(finished), Cell(held))


def _running(everything: Sequence[One]) -> Listing:
    """Those that run today, the late ones first."""
    running = [one for one in everything if one.stage in RUNNING_STAGES]
    running.sort(key=lambda one: (not one.is_late, one.planned_until or dt.date.max))
    rows = [
        (
            Cell(one.title.text, language=one.title.language),
            Cell(str(ImprovementStage(one.stage).label)),
            Cell(date_format(one.planned_until, "SHORT_DATE_FORMAT") if one.planned_until else "–"),
            Cell(_("late") if one.is_late else ""),
        )
        for one in running
    ]
    columns_ = (_("Improvement"), _("Stage"), _("Planned until"), _("State"))
    return Listing("running", _("Running today"), columns_, tuple(rows), _("No improvement is running."))
