"""A resident says of a visit that it was as written down, or what was not done."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.cases import visits
from portal.cases.access import Held
from portal.cases.registries import registries
from portal.cases.registries.care import VisitState
from portal.cases.registries.facts import Capability
from portal.cases.views import SENDING, holders_only, show_case
from portal.cases.visits import Complaint, NoSuchVisit, NothingSaid, SaidAlready
from portal.core.errors import too_many
from portal.core.languages import current, pick
from portal.core.origin import same_site_only
from portal.core.throttling import TooMany


def _may_say(held: Held) -> None:
    """Raises Http404 for a helper who may only look, or whose right nobody has confirmed: they see no visits."""
    can = registries[held.link.registry].capabilities()
    if not (held.may_act and held.sees_all and Capability.CONFIRM_VISIT in can):
        raise Http404


@same_site_only
@require_POST
@holders_only
def confirm(request: HttpRequest, held: Held, visit: str) -> HttpResponse:
    """It was as the office wrote it down."""
    _may_say(held)
    try:
        visits.confirm(held.link, visit)
    except NoSuchVisit as nothing:
        raise Http404 from nothing
    except SaidAlready:
        return show_case(request, held, said_before=True, status=409)
    response = redirect("cases:case")
    response["Location"] += "?confirmed#care"
    return response


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
@holders_only
def complain(request: HttpRequest, held: Held, visit: str) -> HttpResponse:
    """Ask what was not done; what is sent becomes a complaint with a receipt."""
    _may_say(held)
    try:
        found = visits.visit_of(held.link, visit)
    except NoSuchVisit as nothing:
        raise Http404 from nothing
    context: dict[str, Any] = {
        "visit": found,
        "which": visits.which(found),
        "is_missed": found.state == VisitState.MISSED,
        "services": [pick(names, current()) for names in found.services],
        "typed": request.POST.get("text", "")[: visits.LONGEST],
        "ticked": [int(place) for place in request.POST.getlist("missing")[:50] if place.isdecimal()],
        "key": request.POST.get("key", "")[:40] or secrets.token_hex(16),
        "section": "cases:start",
    }
    if request.method != "POST":
        if not found.may_be_disputed:
            return show_case(request, held, said_before=True, status=409)
        return render(request, "cases/visit.html", context)
    try:
        SENDING.check(held.link.public_id)
        complaint = Complaint(context["key"], context["ticked"], context["typed"])
        receipt = visits.complain(held.link, visit, complaint, by_helper=held.mandate is not None)
    except TooMany as trouble:
        return too_many(request, trouble)
    except NothingSaid:
        wrong = _("Tick what was not done, or write what was wrong.")
        return render(request, "cases/visit.html", context | {"wrong": wrong}, status=422)
    except SaidAlready:
        return show_case(request, held, said_before=True, status=409)
    return render(request, "cases/visit_told.html", context | {"receipt": receipt})
