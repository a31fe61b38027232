"""A finished improvement as files: what it was, and all that another town needs to do the same."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.utils.translation import override

from charter.feedback.improvements import selectors
from charter.feedback.models import Improvement, ImprovementGoal, ImprovementStage, Survey, SurveyState
from charter.models import Municipality, ServiceStandard
from kb.models import Article, Gap
from portal.core.languages import LANGUAGES, column
from portal.demo.exporting import entries
from portal.demo.exporting.texts import Said, as_text
from portal.demo.practice.form import FILE, TEXTS, TEXTS_OR_NOTHING
from portal.demo.survey_files import entry_of

MARK = "{{{{standard:{code}}}}}"
MOMENT = (1980, 1, 1, 0, 0, 0)  # the same practice is the same file, byte by byte


def published(code: str) -> Improvement | None:
    """What may be handed on: finished and told to everybody."""
    return Improvement.objects.filter(code=code, live=True, stage=ImprovementStage.FINISHED).first()


def files_of(improvement: Improvement) -> dict[str, Any]:
    """Contents by name of file; only what is public here goes out."""
    standards = _standards(improvement)
    codes = [standard.code for standard in standards]
    found: dict[str, Any] = {FILE: _entry(improvement)}
    promises = [
        entry
        for charter in {standard.commitment.charter for standard in standards}
        for entry in entries.commitment_list(charter)
        if entry["standard"]["code"] in codes
    ]
    if promises:
        found["commitments.yaml"] = promises
    if surveys := [entry_of(survey) for survey in _surveys(improvement, codes)]:
        found["surveys.yaml"] = surveys
    for article in entries.article_entries(_articles(improvement, standards)):
        found[f"articles/{article['code']}.yaml"] = article
    return found


def archive_of(improvement: Improvement) -> bytes:
    """All of it as one file to take away."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files_of(improvement).items():
            archive.writestr(zipfile.ZipInfo(f"{improvement.code}/{name}", MOMENT), as_text(data))
    return stream.getvalue()


def _standards(improvement: Improvement) -> list[ServiceStandard]:
    """The promise it was about and those that measured it, as far as they are in public."""
    named = [improvement.standard_id, *improvement.goals.values_list("standard_id", flat=True)]
    wanted = [pk for pk in named if pk is not None]
    found = ServiceStandard.objects.filter(pk__in=wanted, live=True, commitment__charter__live=True)
    return list(found.select_related("commitment__charter", "service").order_by("code"))


def _surveys(improvement: Improvement, standards: list[str]) -> list[Survey]:
    """The survey it began from, and the newest that asked about each of its promises."""
    asked = Survey.objects.exclude(state=SurveyState.DRAFT).select_related("standard").order_by("-opens_on", "-pk")
    found: dict[int, Survey] = {}
    for survey in asked:
        names = {question.get("standard") for part in survey.document["sections"] for question in part["questions"]}
        about = ({survey.standard.code} if survey.standard else set()) | (names - {None, ""})
        if survey.pk == improvement.survey_id or about & set(standards):
            standards = [code for code in standards if code not in about]
            found[survey.pk] = survey
    return list(found.values())


def _articles(improvement: Improvement, standards: list[ServiceStandard]) -> list[str]:
    """Answers that show one of the promises, that are about its own service, or that closed the gap it began from."""
    live = Article.objects.filter(live=True)
    wanted = live.filter(pk__in=Gap.objects.filter(pk=improvement.gap or 0).values("article_id"))
    for standard in standards:
        for code in LANGUAGES:
            wanted = wanted | live.filter(**{f"{column('body', code)}__contains": MARK.format(code=standard.code)})
        if standard.service:
            wanted = wanted | live.filter(services=standard.service)
    return sorted(set(wanted.values_list("code", flat=True)))


def _entry(improvement: Improvement) -> dict[str, Any]:
    said = Said(improvement)
    town = Municipality.objects.order_by("pk").first()
    goals = improvement.goals.select_related("standard").order_by("order", "pk")
    return {
        "town": str(town) if town else None,
        "code": improvement.code,
        **said.must(TEXTS),
        **said.texts(TEXTS_OR_NOTHING),
        "origin": improvement.origin,
        "standard": improvement.standard.code if improvement.standard and improvement.standard.live else None,
        "finished_on": improvement.finished_on,
        "held": improvement.held,
        "results": _results(improvement),
        "goals": [_goal(goal) for goal in goals],
        **said.left_out(),
    }


def _goal(goal: ImprovementGoal) -> dict[str, Any]:
    said = Said(goal)
    return {
        **said.must(("name",)),
        **said.texts(("unit",)),
        "target": None if goal.target is None else float(goal.target),
        "standard": goal.standard.code if goal.standard and goal.standard.live else None,
        **said.left_out(),
    }


def _results(improvement: Improvement) -> dict[str, str] | None:
    """What was reached, one line a goal, in each language: "Papers: 40 min → 15 min"."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            goals = selectors.goals_of([improvement.pk], language).get(improvement.pk, [])
            lines = [f"{goal.name.text}: {goal.before} → {goal.after}" for goal in goals if goal.before and goal.after]
        if lines:
            found[language] = "\n".join(lines)
    return found or None
