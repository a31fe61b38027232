"""The manager's page and its figures to take away."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst

from charter.memberships import Reach, staff_only
from charter.models import Role
from charter.periods import Period
from portal.core.exports import as_csv, as_xlsx
from portal.core.languages import current
from portal.dashboard import exports, periods, screen
from portal.dashboard import scope as scopes
from portal.dashboard.overview import Overview, overview
from portal.dashboard.sheets import KINDS

ROLES = (Role.MANAGER, Role.SUPERVISOR, Role.ADMINISTRATOR)


@staff_only(*ROLES)
def home(request: HttpRequest) -> HttpResponse:
    """How many asked, how many were helped, what was promised, and what is missing."""
    shown = _asked_for(request)
    drawn = shown.trend(request.GET.get("trend", ""))
    context = {
        "place": "dashboard:home",
        "shown": shown,
        "scope": shown.scope,
        "period_name": capfirst(str(shown.scope.period)),
        "months": _of_kind("month"),
        "quarters": _of_kind("quarter"),
        "lead": screen.lead(shown),
        "heads": screen.heads(shown),
        "steps": (steps := screen.steps(shown)),
        "step_chart": screen.step_chart(steps),
        "drawn": drawn,
        "trend": screen.trend_chart(drawn),
        "course": [(one.period, drawn.reached(one), drawn.spread(one)) for one in drawn.trend] if drawn else [],
        "groups": screen.group_rows(shown),
        "group_chart": screen.group_chart(shown),
        "target": screen.target_of(shown),
        "waits": [(screen.language_name(wait.language), wait) for wait in shown.counted.waits],
        "wait_chart": screen.wait_chart(shown.counted.waits),
        "wait_warning": screen.wait_warning(shown),
        "query": urlencode(shown.scope.query),
        "carried": urlencode({n: request.GET[n] for n in ("period", "institution") if request.GET.get(n)}),
        "kinds": KINDS.values(),
        **screen.choices(shown.scope),
    }
    return render(request, "dashboard/home.html", context)


@staff_only(*ROLES)
def figures(request: HttpRequest) -> HttpResponse:
    """The page's figures as a table; what the page keeps back stays back here."""
    shown = _asked_for(request)
    response = HttpResponse(as_csv(exports.rows(shown), exports.COLUMNS), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="parama-{shown.scope.period.code}.csv"'
    return response


@staff_only(*ROLES)
def workbook(request: HttpRequest) -> HttpResponse:
    """The same table as a workbook."""
    shown = _asked_for(request)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(as_xlsx(exports.rows(shown), exports.COLUMNS), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="parama-{shown.scope.period.code}.xlsx"'
    return response


def _asked_for(request: HttpRequest) -> Overview:
    reach: Reach = request.reach  # type: ignore[attr-defined]
    language = current()
    return overview(scopes.read(request.GET.dict(), reach=reach, language=language), language)


def _of_kind(kind: str) -> list[Period]:
    return [period for period in periods.offered() if period.kind == kind]
