"""Improvements and stories as residents and colleagues read them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format

from charter.compliance import Verdict
from charter.feedback.improvements import actions
from charter.feedback.improvements.sparks import Source, source_of
from charter.feedback.models import Idea, IdeaState, Improvement, ImprovementGoal, ImprovementStage, Origin, Story
from charter.memberships import Reach
from charter.models import Measurement, PeriodKind
from charter.periods import Period
from portal.core import clock
from portal.core.addresses import address, alternates, under
from portal.core.languages import LANGUAGES, Localised, column, columns, pick
from portal.core.readable import Readable
from portal.core.translations import columns_of, text
from portal.core.translations import rows as plain

STORIES_SHOWN = 100
_TEXTS = ("title", "slug", "problem", "boundaries", "change", "lesson")
_COLUMNS = (
    "id", "code", "origin", "taken_from", "finished_on", "held", "held_checked_on", "is_demo", "institution_id",
    *columns_of(_TEXTS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Goal(Readable):
    """A goal in words: before, target and after with their unit; empty where nothing was measured."""

    name: Localised
    before: str
    target: str
    after: str
    is_measured: bool


@dataclass(frozen=True, slots=True)
class Told(Readable):
    """A finished improvement as residents read it."""

    id: int
    code: str
    url: str
    alternates: dict[str, str]
    title: Localised
    boundaries: Localised
    problem: Localised
    change: Localised
    lesson: Localised
    origin: str
    taken_from: str
    finished_on: dt.date
    held: bool | None
    held_checked_on: dt.date | None
    is_demo: bool
    goals: tuple[Goal, ...]

    @property
    def best(self) -> Goal | None:
        """The first goal with a before and an after: the one a list shows."""
        return next((goal for goal in self.goals if goal.before and goal.after), None)


@dataclass(frozen=True, slots=True)
class ToldStory(Readable):
    """What was said and what was changed."""

    said: Localised
    changed: Localised
    told_on: dt.date
    is_demo: bool


def stories(language: str) -> list[ToldStory]:
    """Published stories, newest first: one query."""
    found = plain(Story).filter(live=True).order_by("-told_on", "code")[:STORIES_SHOWN]
    return [
        ToldStory(text(row, "said", language), text(row, "changed", language), row["told_on"], row["is_demo"])
        for row in found.values("told_on", "is_demo", *columns_of(("said", "changed")))
    ]


def finished(language: str) -> list[Told]:
    """Published improvements that are finished, newest first: three queries."""
    rows = list(_published().values(*_COLUMNS))
    goals = goals_of([row["id"] for row in rows], language)
    return [_told(row, goals.get(row["id"], ()), language) for row in rows]


def finished_one(slug: str, language: str) -> Told | None:
    """One of them by its address word in any language: three queries."""
    row = _published().filter(under(slug)).values(*_COLUMNS).first()
    return _told(row, goals_of([row["id"]], language).get(row["id"], ()), language) if row else None


def with_text(pk: int, language: str) -> Told:
    """One as it stands now, published or not, for its preview."""
    row = plain(Improvement).values(*_COLUMNS).get(pk=pk)
    return _told(
        {**row, "finished_on": row["finished_on"] or clock.today()}, goals_of([pk], language).get(pk, ()), language
    )


def _published() -> Any:
    return plain(Improvement).filter(live=True, stage=ImprovementStage.FINISHED).order_by("-finished_on", "code")


def _told(row: Mapping[str, Any], goals: Iterable[Goal], language: str) -> Told:
    return Told(
        id=row["id"],
        code=row["code"],
        url=address("feedback:improvement", row, language),
        alternates=alternates("feedback:improvement", row),
        origin=str(Origin(row["origin"]).label),
        taken_from=row["taken_from"],
        finished_on=row["finished_on"],
        held=row["held"],
        held_checked_on=row["held_checked_on"],
        is_demo=row["is_demo"],
        goals=tuple(goals),
        **{name: text(row, name, language) for name in _TEXTS if name != "slug"},
    )


def goals_of(improvements: list[int], language: str) -> dict[int, list[Goal]]:
    """Goals by improvement; where a promise measures one, what was measured: after is the newest whole quarter where
    none is named.
    """
    wanted = plain(ImprovementGoal).filter(improvement__in=improvements).order_by("order", "pk")
    rows = list(
        wanted.values(
            "improvement_id",
            "improvement__institution_id",
            "before",
            "target",
            "after",
            "standard_id",
            "standard__target",
            "before_quarter",
            "after_quarter",
            *columns(("name", "unit")),
        )
    )
    measured = _measured([row["standard_id"] for row in rows if row["standard_id"]])
    found: dict[int, list[Goal]] = defaultdict(list)
    for row in rows:
        found[row["improvement_id"]].append(_goal(row, measured, language))
    return found


def _measured(standards: list[int]) -> dict[tuple[int, int | None, dt.date], float]:
    rows = plain(Measurement).filter(
        standard__in=standards, superseded_at=None, period_kind=PeriodKind.QUARTER, value__isnull=False
    )
    rows = rows.exclude(verdict__in=(Verdict.NOTHING, Verdict.TOO_FEW, Verdict.NOT_MEASURED))
    today = clock.today()
    return {
        (row["standard_id"], row["institution_id"], row["period_start"]): row["value"]
        for row in rows.values("standard_id", "institution_id", "period_start", "value")
        if Period(row["period_start"]).is_over(today)
    }


def _goal(row: Mapping[str, Any], measured: dict[tuple[int, int | None, dt.date], float], language: str) -> Goal:
    name = pick({code: row[column("name", code)] for code in LANGUAGES}, language)
    unit = pick({code: row[column("unit", code)] for code in LANGUAGES}, language).text
    if row["standard_id"] is None:
        before, target, after = (_figure(row[part], unit) for part in ("before", "target", "after"))
        return Goal(name, before, target, after, is_measured=False)
    mine = {
        quarter: value
        for (standard, place, quarter), value in measured.items()
        if standard == row["standard_id"] and place == row["improvement__institution_id"]
    }
    since, until = row["before_quarter"], row["after_quarter"]
    if until is None and since is not None:
        until = max((quarter for quarter in mine if quarter > since), default=None)
    shares = [None if quarter is None else mine.get(quarter) for quarter in (since, until)]
    before, after = (_percent(share) for share in shares)
    return Goal(name, before, _percent(float(row["standard__target"])), after, is_measured=True)


def _figure(value: Any, unit: str) -> str:
    if value is None:
        return ""
    figure = str(number_format(value.normalize() if value else 0, use_l10n=True)) if value % 1 else str(int(value))
    return f"{figure}\N{NO-BREAK SPACE}{unit}".strip()


def _percent(share: float | None) -> str:
    return "" if share is None else f"{round(share * 100)}\N{NO-BREAK SPACE}%"


@dataclass(frozen=True, slots=True)
class Card:
    """An improvement on the board."""

    improvement: Improvement
    source: Source
    is_to_look_at: bool
    is_late: bool


def board(reach: Reach) -> list[tuple[ImprovementStage, list[Card]]]:
    """Every stage with its cards; an institution's people see theirs and the whole city's."""
    found = Improvement.objects.select_related("institution", "owner", "measurement", "survey")
    if not reach.whole_city:
        found = found.filter(institution__in=reach.institutions) | found.filter(institution=None)
    today = clock.today()
    columns_: dict[str, list[Card]] = defaultdict(list)
    for each in found.order_by("proposed_on", "code"):
        is_late = each.finished_on is None and each.planned_until is not None and each.planned_until < today
        columns_[each.stage].append(Card(each, source_of(each), actions.is_to_look_at(each, today), is_late))
    return [(stage, columns_.get(stage, [])) for stage in ImprovementStage]


def new_ideas() -> list[Idea]:
    return list(Idea.objects.filter(state=IdeaState.NEW).select_related("by").order_by("at"))


def ideas_of(user: Any) -> list[Idea]:
    """What became of one's own ideas."""
    return list(Idea.objects.filter(by=user).select_related("answered_by", "improvement")[:20])
