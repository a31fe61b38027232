"""The charter and how it is kept, as pages and as data."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from charter import performance as results
from charter import selectors, versions
from charter.compliance import Verdict
from charter.corrections import corrections_in
from charter.models import Charter, LineKind, Municipality, ServiceStandard
from portal.core import clock, previews
from portal.core.addresses import page_address
from portal.core.caching import public_page
from portal.core.exports import as_csv
from portal.core.languages import current

PERIOD = "period"
DATA = (
    "promise",
    "standard",
    "text",
    "institution",
    "period",
    "kept",
    "of",
    "value",
    "low",
    "high",
    "target",
    "direction",
    "verdict",
    "told",
    "reason",
    "action",
    "act_by",
    "is_running",
    "is_demonstration",
)


@public_page()
def charter(request: HttpRequest) -> HttpResponse:
    """The charter in force with its promises and how they are kept."""
    return charter_page(request, versions.charter_in_force(current()))


def charter_page(request: HttpRequest, page: versions.CharterPage | None) -> HttpResponse:
    """A version with its promises; of one that does not hold now, as they held on its last day."""
    promises = selectors.promises_of_charter(page.id, current(), on=page.version.day) if page else []
    areas = page.areas if page else []
    tally = Counter(promise.verdict for promise in promises)
    return render(
        request,
        "charter/charter.html",
        {
            "section": "charter:charter",
            "page": page,
            "areas": [(area, [promise for promise in promises if promise.area == area.code]) for area in areas],
            "principles": page.lines.get(LineKind.PRINCIPLE, []) if page else [],
            "values": page.lines.get(LineKind.VALUE, []) if page else [],
            "duties": page.lines.get(LineKind.DUTY, []) if page else [],
            "redress": page.lines.get(LineKind.REDRESS, []) if page else [],
            "tally": [(tally[verdict], verdict) for verdict in Verdict if tally[verdict]],
            "is_demo": any(promise.is_demo for promise in promises),
            "is_in_force": page is not None and page.version.holds(clock.today()),
        },
    )


@public_page(params=(PERIOD,))
def performance(request: HttpRequest) -> HttpResponse:
    """Every promise in one quarter: target, value, interval, verdict; what was missed, why and what is done."""
    language = current()
    promises = selectors.all_promises(language)
    periods, running = results.periods_of(promises), results.running_of(promises)
    period = results.chosen(periods, request.GET.get(PERIOD), running=running)
    rows = results.with_told(results.rows_of(promises, period), period)
    return render(
        request,
        "charter/performance.html",
        {
            "section": "charter:charter",
            "crumbs": [(page_address("charter:charter", language), _("Our promises"))],
            "periods": periods,
            "period": period,
            "is_running": period in running,
            "rows": rows,
            "missed": [row for row in rows if row.result and row.result.is_missed],
            "furthest": results.furthest(rows) if period not in running else None,
            "corrections": corrections_in(period) if period else [],
            "places": results.by_institution(promises, period, language),
            "is_demo": any(promise.is_demo for promise in promises),
            "is_proposal": any(promise.is_proposal for promise in promises),
        },
    )


@public_page()
def results_csv(request: HttpRequest) -> HttpResponse:
    """All published results as CSV."""
    rows = results.as_data(selectors.all_promises(current(), since=dt.date.min), current())
    response = HttpResponse(as_csv(rows, DATA), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="promises.csv"'
    return response


@public_page()
def results_json(request: HttpRequest) -> HttpResponse:
    """All published results as JSON."""
    rows = results.as_data(selectors.all_promises(current(), since=dt.date.min), current())
    is_demo = Municipality.objects.filter(is_demonstration=True).exists()
    return JsonResponse({"items": rows, "count": len(rows), "is_demonstration": is_demo})


def preview_charter(request: HttpRequest, obj: Charter, language: str) -> HttpResponse:
    """The charter as it stands now, also before it is in force."""
    return charter_page(request, versions.charter_with(obj.pk, language))


def preview_standard(request: HttpRequest, obj: ServiceStandard, language: str) -> HttpResponse:
    """A standard is read on the page of results."""
    return performance(request)  # type: ignore[return-value]


previews.register(Charter, preview_charter)
previews.register(ServiceStandard, preview_standard)
