"""Ideas of the staff, and improvements moving from stage to stage."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from charter.feedback.improvements.beginning import paragraphs
from charter.feedback.models import Idea, IdeaState, Improvement, ImprovementStage, ImprovementStep, Origin
from charter.models import Institution
from portal.core import audit, clock
from portal.core.caching import forget_pages
from portal.core.languages import column, current
from portal.core.models import User

HOLDS_AFTER = dt.timedelta(days=90)
ORDER = list(ImprovementStage)


class Unfit(ValueError):
    """Something needed is missing; `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Answered(RuntimeError):
    """A colleague has answered this idea already."""


class TooEarly(RuntimeError):
    """Whether it held is looked at three months after it was finished."""


def suggest(waste: str, wish: str, *, by: User) -> Idea:
    """Keep a colleague's idea: two fields. Raises Unfit."""
    for field, text in (("waste", waste), ("wish", wish)):
        if not text.strip():
            raise Unfit(field)
    with transaction.atomic():
        idea = Idea.objects.create(waste=waste.strip()[:500], wish=wish.strip()[:500], by=by, at=clock.now())
        audit.record("idea.suggested", idea, by=by)
    return idea


@transaction.atomic
def take(idea: Idea, answer: str, *, by: User, institution: Institution | None = None) -> Improvement:
    """The idea becomes an improvement, and whoever had it is told. Raises Unfit, Answered."""
    idea = _new(idea, answer)
    language = current()
    improvement = Improvement(
        code=f"I-{idea.pk:03d}",
        source_language=language,
        **{column("title", language): idea.wish[:200], column("problem", language): paragraphs(idea.waste)},
        origin=Origin.STAFF,
        owner=by,
        institution=institution,
        proposed_on=clock.today(),
        live=False,
    )
    improvement.save()
    ImprovementStep.objects.create(improvement=improvement, stage=improvement.stage, at=clock.now(), by=by)
    idea.improvement = improvement
    _answer(idea, IdeaState.TAKEN, answer, by=by)
    return improvement


@transaction.atomic
def decline(idea: Idea, answer: str, *, by: User) -> Idea:
    """Not now, with the reason. Raises Unfit, Answered."""
    idea = _new(idea, answer)
    _answer(idea, IdeaState.DECLINED, answer, by=by)
    return idea


@transaction.atomic
def move(improvement: Improvement, stage: str, *, by: User) -> Improvement:
    """To another stage, also back. Raises Unfit for what is no stage."""
    if stage not in ImprovementStage.values:
        raise Unfit("stage")
    improvement = Improvement.objects.select_for_update().get(pk=improvement.pk)
    if improvement.stage == stage:
        return improvement
    improvement.stage = stage
    improvement.finished_on = clock.today() if stage == ImprovementStage.FINISHED else None
    improvement.held, improvement.held_checked_on = None, None
    improvement.save(update_fields=["stage", "finished_on", "held", "held_checked_on"])
    ImprovementStep.objects.create(improvement=improvement, stage=stage, at=clock.now(), by=by)
    audit.record("improvement.moved", improvement, by=by, stage=stage)
    forget_pages()
    return improvement


@transaction.atomic
def look_again(improvement: Improvement, *, has_held: bool, by: User) -> Improvement:
    """Three months later: is it still so? Raises TooEarly."""
    improvement = Improvement.objects.select_for_update().get(pk=improvement.pk)
    if not is_to_look_at(improvement, clock.today()):
        raise TooEarly
    improvement.held, improvement.held_checked_on = has_held, clock.today()
    improvement.save(update_fields=["held", "held_checked_on"])
    audit.record("improvement.looked_at_again", improvement, by=by, held=has_held)
    forget_pages()
    return improvement


def is_to_look_at(improvement: Improvement, today: dt.date) -> bool:
    """Finished three months ago or earlier, and nobody has looked whether it held."""
    return (
        improvement.finished_on is not None
        and improvement.held_checked_on is None
        and improvement.finished_on + HOLDS_AFTER <= today
    )


def _new(idea: Idea, answer: str) -> Idea:
    if not answer.strip():
        raise Unfit("answer")
    idea = Idea.objects.select_for_update().get(pk=idea.pk)
    if idea.state != IdeaState.NEW:
        raise Answered
    return idea


def _answer(idea: Idea, state: IdeaState, answer: str, *, by: User) -> None:
    idea.state, idea.answer, idea.answered_by, idea.answered_at = state, answer.strip()[:500], by, clock.now()
    idea.save(update_fields=["state", "answer", "answered_by", "answered_at", "improvement"])
    audit.record(f"idea.{state}", idea, by=by)
