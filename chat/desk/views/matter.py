"""A matter of whoever is on the line: a case opened out of the conversation, with a reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chat import selectors
from chat.desk import card
from chat.desk.doors import member, with_consultation
from chat.models import Consultation
from portal.cases import access, causes, handling
from portal.cases.causes import Cause
from portal.cases.handling import Why
from portal.cases.staff import reason_needed, unknown


@require_http_methods(["GET", "HEAD", "POST"])
@with_consultation
def matter(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Which case and why. A check of identity in this conversation need not be made again."""
    typed = request.POST if request.method == "POST" else request.GET
    reference, errors = typed.get("reference", "")[:40].strip(), {}
    proof = card.proof_of(selectors.whole_for_staff(consultation))
    why = Why(
        typed.get("cause", "" if request.method == "POST" else Cause.QUESTION),
        typed.get("reason", ""),
        conversation=consultation.reference,
        is_identified=bool(proof and proof.is_enough),
    )
    if request.method == "POST":
        link = access.find_for_staff(member(request), reference)
        if link is None:
            errors["reference"] = unknown()
        else:
            try:
                handling.open_case(link, by=member(request), why=why)
                return HttpResponseRedirect(reverse("cases:opened", args=[link.public_id]))
            except handling.ReasonNeeded:
                errors |= reason_needed(why)
    context = {
        "place": "desk:floor",
        "consultation": consultation,
        "reference": reference,
        "why": why,
        "causes": causes.choices(),
        "errors": errors,
    }
    return render(request, "desk/matter.html", context, status=422 if errors else 200)
