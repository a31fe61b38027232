"""Screens of the assessment: the questions, and one assessment explained answer by answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from portal.core.languages import Localised, current
from portal.instruments import selectors as instruments
from portal.instruments.definition import Kind, Question
from portal.instruments.models import Purpose
from portal.instruments.scoring import Score, fit
from portal.instruments.selectors import Sheet
from portal.registry import access
from portal.registry.access import May
from portal.registry.assessments import actions
from portal.registry.models import Assessment, Post
from portal.registry.posts import posts_only, posts_that
from portal.registry.refusals import Refused
from portal.registry.screens import screen

PLACE = "registry:recipients"


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


@posts_that(May.ASSESS)
@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Ask a person the questions of a needs check; which one is in the address when there are several."""
    person = get_object_or_404(access.people(post), pk=pk)
    cards = instruments.published(current(), Purpose.CHECK)
    codes = [card.code for card in cards]
    chosen = request.GET.get("code", "")
    code = chosen if chosen in codes else (codes[0] if codes else "")
    sheet = instruments.current(Purpose.CHECK, code) if code else None
    refused: Refused | None = None
    answers: dict[str, tuple[str, ...]] = {}
    if request.method == "POST" and sheet is not None:
        for question in sheet.definition.questions:
            if given := fit(question, tuple(request.POST.getlist(f"q-{question.code}"))):
                answers[question.code] = given
        try:
            return redirect("registry:assessment", actions.assess(person, sheet, answers, by=post).pk)
        except Refused as wrong:
            refused = wrong
    context = {
        "person": person,
        "cards": cards,
        "code": code,
        "sheet": sheet,
        "title": sheet.said(sheet.definition.title, current()) if sheet else None,
        "questions": _asked(sheet, answers) if sheet else [],
        "refused": refused,
    }
    return screen(request, post, "registry/assess.html", context, place=PLACE)


@posts_only
@require_GET
def assessment(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """One assessment: its group, and which answers gave which points."""
    kept = get_object_or_404(
        Assessment.objects.select_related("recipient", "by"), pk=pk, recipient__in=access.people(post).values("pk")
    )
    sheet = instruments.any_version(kept.version_id)
    if sheet is None:  # a version is protected from being erased while an assessment points to it
        raise LookupError(f"version {kept.version_id} of an assessment is gone")
    score = actions.explained(kept, sheet)
    outcome = sheet.definition.outcome(kept.group)
    context = {
        "assessment": kept,
        "person": kept.recipient,
        "most": score.most,
        "group": sheet.said(outcome.title, current()) if outcome else Localised(kept.group, current()),
        "because": sheet.said(score.rule.because, current()) if score.rule else None,
        "lines": _lines(sheet, score),
        "is_invented": sheet.definition.is_invented,
    }
    return screen(request, post, "registry/assessment.html", context, place=PLACE)


def _asked(sheet: Sheet, answers: dict[str, tuple[str, ...]]) -> list[Asked]:
    return [_one(sheet, question, answers.get(question.code, ())) for question in sheet.definition.questions]


def _one(sheet: Sheet, question: Question, given: tuple[str, ...]) -> Asked:
    language = current()
    widget = {Kind.NUMBER: "number", Kind.MULTIPLE: "checkbox"}.get(question.kind, "radio")
    options = [(one.code, sheet.said(one.text, language), one.code in given) for one in question.options]
    number = given[0] if given and widget == "number" else ""
    return Asked(question.code, sheet.said(question.text, language), widget, options, number)


def _lines(sheet: Sheet, score: Score) -> list[Line]:
    language = current()
    return [
        Line(
            sheet.said(line.question.text, language),
            [sheet.said(option.text, language) for option in line.chosen],
            line.number,
            line.points,
        )
        for line in score.lines
        if line.chosen or line.number is not None
    ]
