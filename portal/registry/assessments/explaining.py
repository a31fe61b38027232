"""What the pages of an assessment say: the questions to ask, and the answers explained one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from portal.core.languages import Localised, current
from portal.instruments import scoring
from portal.instruments import selectors as instruments
from portal.instruments.definition import Kind, Question
from portal.instruments.scoring import Score, fit
from portal.instruments.selectors import Sheet
from portal.registry.access import May, may
from portal.registry.assessments import actions, second
from portal.registry.models import Assessment, GroupProposal, Post, SecondOpinion


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page shows it. `widget`: radio, checkbox or number; `options`: (code, text, chosen)."""

    code: str
    text: Localised
    widget: str
    options: list[tuple[str, Localised, bool]]
    number: str


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its answer and points, in words."""

    text: Localised
    answers: list[Localised]
    number: Any
    points: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A question as both assessors answered it."""

    first: Line
    second: Line
    differs: bool


def sheet_of(assessment: Assessment) -> Sheet:
    """The questions as they were when they were asked."""
    sheet = instruments.any_version(assessment.version_id)
    if sheet is None:  # a version is protected from being erased while an assessment points to it
        raise LookupError(f"version {assessment.version_id} of an assessment is gone")
    return sheet


def given(request: HttpRequest, sheet: Sheet) -> dict[str, tuple[str, ...]]:
    """The answers that were sent, as far as they fit their questions."""
    sent = {one.code: fit(one, tuple(request.POST.getlist(f"q-{one.code}"))) for one in sheet.definition.questions}
    return {code: answer for code, answer in sent.items() if answer}


def asking(sheet: Sheet | None, answers: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """What the page of the questions needs."""
    if sheet is None:
        return {"sheet": None}
    questions = [_asked(sheet, question, answers.get(question.code, ())) for question in sheet.definition.questions]
    return {"sheet": sheet, "title": sheet.said(sheet.definition.title, current()), "questions": questions}


def page(kept: Assessment, sheet: Sheet, post: Post) -> dict[str, Any]:
    """Everything the page of one assessment shows."""
    score = actions.explained(kept, sheet)
    opinion = SecondOpinion.objects.filter(assessment=kept).select_related("by").first()
    proposals = list(GroupProposal.objects.filter(assessment=kept).select_related("by", "second_by"))
    is_open = any(one.is_open for one in proposals)
    mine = {kept.by_id, opinion.by_id if opinion else None}
    return {
        "assessment": kept,
        "person": kept.recipient,
        "most": score.most,
        "group": group_of(sheet, kept.group),
        "because": sheet.said(score.rule.because, current()) if score.rule else None,
        "lines": _lines(sheet, score),
        "is_invented": sheet.definition.is_invented,
        "rests_on": GroupProposal.objects.filter(result=kept).select_related("by", "second_by").first(),
        "proposals": [(one, group_of(sheet, one.group), second.may_sign(one, post)) for one in proposals],
        "groups": [(one.code, sheet.said(one.title, current())) for one in sheet.definition.outcomes],
        "may_override": may(post, May.ASSESS) and kept.is_latest and not is_open,
        "may_agree": opinion is not None and post.user_id in mine and kept.is_latest and not is_open,
    } | (_both(kept, opinion, sheet) if opinion else {})


def group_of(sheet: Sheet, code: str) -> Localised:
    """The name of a group for the reader of this page."""
    outcome = sheet.definition.outcome(code)
    return sheet.said(outcome.title, current()) if outcome else Localised(code, current())


def _both(kept: Assessment, opinion: SecondOpinion, sheet: Sheet) -> dict[str, Any]:
    pairs = second.compared(kept, opinion, sheet)
    differing = [pair.first.question for pair in pairs if pair.differs]
    return {
        "opinion": opinion,
        "second_group": group_of(sheet, opinion.group),
        "pairs": [Pair(_line(sheet, one.first), _line(sheet, one.second), one.differs) for one in pairs],
        "differing": [_asked(sheet, question, ()) for question in differing],
    }


def _asked(sheet: Sheet, question: Question, answer: tuple[str, ...]) -> Asked:
    language = current()
    widget = {Kind.NUMBER: "number", Kind.MULTIPLE: "checkbox"}.get(question.kind, "radio")
    options = [(one.code, sheet.said(one.text, language), one.code in answer) for one in question.options]
    number = answer[0] if answer and widget == "number" else ""
    return Asked(question.code, sheet.said(question.text, language), widget, options, number)


def _lines(sheet: Sheet, score: Score) -> list[Line]:
    return [_line(sheet, line) for line in score.lines if line.chosen or line.number is not None]


def _line(sheet: Sheet, line: scoring.Line) -> Line:
    language = current()
    answers = [sheet.said(option.text, language) for option in line.chosen]
    return Line(sheet.said(line.question.text, language), answers, line.number, line.points)
