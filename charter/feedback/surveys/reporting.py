"""Results for those who lead: the page, the files, and a report on paper for the council."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from charter.feedback.models import Survey, SurveyState
from charter.feedback.surveys import access, results, showing, words
from charter.feedback.surveys.progress import progress_of
from charter.memberships import staff_only
from portal.core import clock, pdf
from portal.core.exports import as_csv, as_xlsx
from portal.core.languages import current
from portal.core.models import User

PLACE = "feedback:surveys"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff_only(*access.LEADERS)
@require_GET
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """What residents answered, as far as it may be shown."""
    survey = _survey(request, public_id)
    return render(request, "feedback/surveys/results.html", {"place": PLACE, **_context(request, survey)})


@staff_only(*access.LEADERS)
@require_GET
def table(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same as a table."""
    found = _rows(request, public_id)
    return _file(as_csv(found, showing.COLUMNS).encode(), "text/csv; charset=utf-8", public_id, "csv")


@staff_only(*access.LEADERS)
@require_GET
def workbook(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same as a workbook."""
    return _file(as_xlsx(_rows(request, public_id), showing.COLUMNS), XLSX, public_id, "xlsx")


@staff_only(*access.LEADERS)
@require_GET
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same on paper. Made anew each time: it is not for everybody, so it is never kept beside public ones."""
    survey = _survey(request, public_id)
    if not pdf.is_possible():
        return render(request, "errors/no_paper.html", status=503)
    context = {"language": current(), "today": clock.today(), **_context(request, survey)}
    return _file(pdf.pdf_of("feedback/surveys/report.html", context), "application/pdf", public_id, "pdf")


def _context(request: HttpRequest, survey: Survey) -> dict[str, Any]:
    found = results.results(survey, by=request.GET.get("by", "")[:40])
    definition = found.definition
    return {
        "survey": survey,
        "title": definition.say(definition.title, current()),
        "found": found,
        "progress": progress_of(survey),
        "cards": showing.cards(found),
        "areas": words.words_of(survey),
        "dimensions": [(code, showing.dimension_name(found, code)) for code in results.dimensions(definition)],
        "by_name": showing.dimension_name(found, found.by) if found.by else "",
        "before": survey.copy_of if survey.copy_of and survey.copy_of.is_over(clock.today()) else None,
    }


def _rows(request: HttpRequest, public_id: str) -> list[dict[str, Any]]:
    survey = _survey(request, public_id)
    found = results.results(survey, by=request.GET.get("by", "")[:40])
    return showing.rows(found, words.words_of(survey))


def _survey(request: HttpRequest, public_id: str) -> Survey:
    survey = access.get_for_staff(cast(User, request.user), public_id)
    if survey.state == SurveyState.DRAFT:
        raise Http404(public_id)
    return survey


def _file(content: bytes, kind: str, public_id: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="survey-{public_id[:8]}.{ending}"'
    return response
