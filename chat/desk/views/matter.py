"""A matter of whoever is on the line: a case opened out of the conversation, with a reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from chat import selectors
from chat.desk import card
from chat.desk.doors import member, with_consultation
from chat.models import Consultation
from portal.cases import causes
from portal.cases.handling import Why
from portal.cases.staff import answer_opening


@require_http_methods(["GET", "HEAD", "POST"])
@with_consultation
def matter(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Which case and why. A check of identity in this conversation need not be made again."""
    typed = request.POST if request.method == "POST" else request.GET
    proof = card.proof_of(selectors.whole_for_staff(consultation))
    why = Why(
        typed.get("cause", "" if request.method == "POST" else causes.of_conversation()),
        typed.get("reason", ""),
        conversation=consultation.reference,
        is_identified=bool(proof and proof.is_enough),
    )
    around = {"place": "desk:floor", "consultation": consultation}
    return answer_opening(request, "desk/matter.html", why, by=member(request), **around)
