"""The figures on paper, for the council: one sheet, or all six, as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from charter.memberships import Reach, staff_only
from portal.core import clock, pdf
from portal.core.errors import too_many
from portal.core.languages import current
from portal.core.throttling import TooMany, network
from portal.dashboard import views
from portal.dashboard.sheet_views import asked_for, looked_for
from portal.dashboard.sheets import KINDS, drawing, saying
from portal.dashboard.sheets.form import Sheet


@staff_only(*views.ROLES)
@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet one looks at."""
    shown = looked_for(request, code)
    return _paper(request, [shown], name=f"parama-{code}-{shown.scope.period.code}.pdf")


@staff_only(*views.ROLES)
@require_safe
def all_of_them(request: HttpRequest) -> HttpResponse:
    """All six of one period and scope, each with its usual breakdown."""
    reach = cast(Reach, request.reach)  # type: ignore[attr-defined]
    asked = {name: request.GET.get(name, "") for name in ("period", "institution")}
    found = [asked_for(reach, code, asked, current()) for code in KINDS]
    if asked["institution"] and asked["institution"] not in {office.code for office in found[0].scope.offices}:
        raise Http404(asked["institution"])
    return _paper(request, found, name="parama.pdf")


def _paper(request: HttpRequest, sheets: Sequence[Sheet], *, name: str) -> HttpResponse:
    """Made anew each time: what a manager sees is not kept."""
    if not pdf.is_possible():
        return render(request, "errors/no_paper.html", status=503)
    try:
        pdf.MAKING.check(network(request))
    except TooMany as trouble:
        return too_many(request, trouble)
    scope = sheets[0].scope
    context = {
        "language": current(),
        "sheets": [_on_paper(each) for each in sheets],
        "office": scope.only,
        "day": clock.today(),
        "is_demo": any(each.is_demo for each in sheets),
    }
    response = HttpResponse(pdf.pdf_of("dashboard/paper/report.html", context), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _on_paper(shown: Sheet) -> dict[str, Any]:
    return {
        "sheet": shown,
        "lines": [
            (line.measure.name, saying.said(line.now), saying.spread(line.now), saying.cases(line.now), head.change)
            for line, head in zip(shown.lines, drawing.heads(shown), strict=True)
        ],
        "course": drawing.course_rows(shown),
        "groups": drawing.group_rows(shown),
        "listings": drawing.listings(shown),
    }
