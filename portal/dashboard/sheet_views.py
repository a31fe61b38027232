"""The six sheets: as a page, and as files to take away."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from charter.memberships import Reach, staff_only
from charter.periods import Period
from portal.core.exports import as_csv, as_xlsx
from portal.core.languages import current
from portal.dashboard import periods, views
from portal.dashboard import scope as scopes
from portal.dashboard.exports import COLUMNS
from portal.dashboard.sheets import KINDS, drawing, sheet
from portal.dashboard.sheets.form import Sheet
from portal.dashboard.sheets.rows import rows

FORMS = ("csv", "xlsx", "json")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff_only(*views.ROLES)
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet as a page."""
    return render(request, "dashboard/sheet.html", _context(_asked_for(request, code)))


@staff_only(*views.ROLES)
@require_safe
def file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The same figures as CSV, XLSX or JSON; what the page keeps back stays back here."""
    if form not in FORMS:
        raise Http404(form)
    shown = _asked_for(request, code)
    found = rows(shown)
    response: HttpResponse
    if form == "json":
        response = JsonResponse({"sheet": shown.code, "period": shown.scope.period.code, "figures": found})
    elif form == "xlsx":
        response = HttpResponse(as_xlsx(found, COLUMNS), content_type=XLSX)
    else:
        response = HttpResponse(as_csv(found, COLUMNS), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="parama-{code}-{shown.scope.period.code}.{form}"'
    return response


def asked_for(reach: Reach, code: str, parameters: dict[str, str], language: str) -> Sheet:
    """The sheet an address asks for. Raises Http404."""
    kind = KINDS.get(code)
    if kind is None:
        raise Http404(code)
    scope = scopes.read(parameters, reach=reach, language=language, offered=kind.dimensions)
    return sheet(code, scope, language, draw=parameters.get("draw", ""))


def _asked_for(request: HttpRequest, code: str) -> Sheet:
    """One institution asked for by somebody who has no part in it is not there."""
    reach = cast(Reach, request.reach)  # type: ignore[attr-defined]
    found = asked_for(reach, code, request.GET.dict(), current())
    wanted = request.GET.get("institution", "")
    if wanted and wanted not in {office.code for office in found.scope.offices}:
        raise Http404(wanted)
    return found


def _context(shown: Sheet) -> dict[str, Any]:
    scope = shown.scope
    query = {**scope.query, **({"draw": shown.drawn.measure.code} if shown.drawn else {})}
    return {
        "place": "dashboard:home",
        "sheet": shown,
        "scope": scope,
        "kinds": KINDS.values(),
        "period_name": capfirst(str(scope.period)),
        "months": _of_kind("month"),
        "quarters": _of_kind("quarter"),
        "dimensions": [(each.value, each.label) for each in KINDS[shown.code].dimensions],
        "offices": scope.offices if len(scope.offices) > 1 else (),
        "heads": drawing.heads(shown),
        "trend": drawing.course(shown),
        "course": drawing.course_rows(shown),
        "groups": drawing.group_rows(shown),
        "listings": drawing.listings(shown),
        "group_chart": drawing.group_chart(shown),
        "query": urlencode(query),
        "scope_query": urlencode(scope.query),
    }


def _of_kind(kind: str) -> list[Period]:
    return [period for period in periods.offered() if period.kind == kind]
