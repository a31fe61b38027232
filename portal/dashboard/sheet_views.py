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
from portal.core.models import User
from portal.dashboard import periods, saved, views
from portal.dashboard.exports import COLUMNS
from portal.dashboard.models import ReportWish, Rhythm
from portal.dashboard.sheets import KINDS, drawing, scope_of, sheet
from portal.dashboard.sheets.form import Sheet
from portal.dashboard.sheets.rows import rows

FORMS = ("csv", "xlsx", "json")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff_only(*views.ROLES)
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet as a page."""
    user, reach = cast(User, request.user), cast(Reach, request.reach)  # type: ignore[attr-defined]
    own = {
        "views": saved.of(user, reach),
        "wish": ReportWish.objects.filter(user=user).first(),
        "rhythms": Rhythm.choices,
        "here": request.get_full_path(),
    }
    return render(
        request, "dashboard/sheet.html", _context(looked_for(request, code)) | own | {"carried": _carried(request)}
    )


@staff_only(*views.ROLES)
@require_safe
def file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The same figures as CSV, XLSX or JSON; what the page keeps back stays back here."""
    if form not in FORMS:
        raise Http404(form)
    shown = looked_for(request, code)
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
    if code not in KINDS:
        raise Http404(code)
    scope = scope_of(code, parameters, reach=reach, language=language)
    return sheet(code, scope, language, draw=parameters.get("draw", ""))


def looked_for(request: HttpRequest, code: str) -> Sheet:
    """The sheet this address shows. One institution asked for by somebody who has no part in it: Http404."""
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
    }


def _carried(request: HttpRequest) -> str:
    """What goes along to the next page: the period and the institution somebody chose."""
    return urlencode({name: request.GET[name] for name in ("period", "institution") if request.GET.get(name)})


def _of_kind(kind: str) -> list[Period]:
    return [period for period in periods.offered() if period.kind == kind]
