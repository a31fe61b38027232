"""The manager's side of the promises: what was measured, why it was missed, figures that are entered by hand."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from charter import figures
from charter.actions import explain_measurement
from charter.compliance import Verdict
from charter.corrections import corrections_in
from charter.feedback.improvements import sparks
from charter.memberships import Reach, staff_only
from charter.models import Role, ServiceStandard
from charter.selectors import promise as promise_of
from portal.core.languages import current
from portal.core.models import User
from portal.dashboard import promises
from portal.dashboard.promise_forms import WRONG, ExplanationForm, FigureForm, RefusalForm

READERS = (Role.MANAGER, Role.SUPERVISOR, Role.ADMINISTRATOR)
WRITERS = (Role.MANAGER, Role.ADMINISTRATOR)
PLACE = "dashboard:promises"


@staff_only(*READERS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Every promise with its newest whole quarter; first what waits for a word or for a second pair of eyes."""
    reach, language = _reach(request), current()
    context = {
        "place": PLACE,
        "lines": promises.listed(reach, language),
        "to_explain": promises.to_explain(reach, language),
        "waiting": list(figures.waiting(reach)),
        "not_measured": Verdict.NOT_MEASURED,
    }
    return render(request, "dashboard/promises/list.html", context)


@staff_only(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One promise, quarter by quarter, with what was replaced; a figure is entered here where nothing counts it."""
    standard = get_object_or_404(ServiceStandard, code=code)
    reach = _reach(request)
    form = FigureForm(standard, reach, request.POST or None) if promises.may_enter(standard) else None
    if request.method == "POST" and form is not None and form.is_valid():
        said = form.cleaned_data
        try:
            figures.enter(
                standard,
                institution=said["institution"],
                period=form.periods[said["period"]],
                numerator=said["numerator"],
                denominator=said.get("denominator"),
                source=said["source"],
                by=_user(request),
            )
        except figures.Unfit as no:
            form.blame(no.wrong)
        else:
            messages.success(request, _("The figure is kept. It counts as soon as another person has confirmed it."))
            return redirect("dashboard:promise", code)
    context = {
        "place": PLACE,
        "promise": promise_of(code, current()),
        "standard": standard,
        "history": promises.history(standard, reach, current()),
        "entered": list(figures.of_standard(standard, reach)[:50]),
        "form": form,
    }
    return render(request, "dashboard/promises/one.html", context)


@staff_only(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def measurement(request: HttpRequest, pk: int) -> HttpResponse:
    """One figure: how it came about, down to the records, and the words for why it was missed."""
    found = get_object_or_404(promises.within(_reach(request)).select_related("standard"), pk=pk)
    promise, counted = promises.one(found, current())
    form = (
        ExplanationForm(found, request.POST or None) if counted.result.is_missed and not counted.is_replaced else None
    )
    if request.method == "POST" and form is not None and form.is_valid():
        explain_measurement(found, form.explanation, by=_user(request))
        messages.success(request, _("It is written. Residents read it beside the promise."))
        return redirect("dashboard:measurement", pk)
    records = promises.records_behind(found)
    context = {
        "place": PLACE,
        "promise": promise,
        "standard": found.standard,
        "counted": counted,
        "form": form,
        "corrections": corrections_in(counted.result.period) if promises.is_in_working_days(found.standard) else [],
        "surveys": promises.surveys_behind(found),
        "begun": sparks.begun_from(measurement=found),
        "records": None if records is None else records[: promises.RECORDS_SHOWN],
        "many": len(records or ()),
        "kept": sum(record.is_kept for record in records or ()),
    }
    return render(request, "dashboard/promises/measurement.html", context)


@staff_only(*WRITERS)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a colleague's figure, or say why it is not right."""
    figure = get_object_or_404(figures.within(_reach(request)).select_related("standard"), pk=pk)
    try:
        if "confirm" in request.POST:
            figures.confirm(figure, by=_user(request))
            messages.success(request, _("Confirmed: the figure counts now."))
        else:
            form = RefusalForm(request.POST)
            figures.refuse(figure, request.POST.get("why", "") if form.is_valid() else "", by=_user(request))
            messages.success(request, _("Not confirmed. Whoever entered it reads why."))
    except figures.NotYours:
        messages.error(request, _("You entered this figure yourself. Another person has to confirm it."))
    except figures.Decided:
        messages.error(request, _("A colleague has already decided about this figure."))
    except figures.Unfit as no:
        messages.error(request, f"{_('Why it is not right')}: {WRONG[no.wrong['why']]}")
    return redirect("dashboard:promise", figure.standard.code)


def _reach(request: HttpRequest) -> Reach:
    return cast(Reach, request.reach)  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
