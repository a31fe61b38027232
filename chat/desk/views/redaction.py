"""A supervisor removes a message."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from chat.actions.errors import Refused
from chat.actions.redaction import redact as remove
from chat.desk import screen
from chat.desk.doors import member, with_consultation
from chat.desk.words import refusal
from chat.models import Consultation


@require_POST
@with_consultation
def redact(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    which = request.POST.get("of", "")
    sequence = int(which) if which.isascii() and which.isdigit() and len(which) < 9 else 0
    try:
        remove(consultation, sequence, reason=request.POST.get("why", ""), by=member(request))
    except Refused as refused:
        return screen.show(request, consultation, status=409, problems=[("", refusal(refused))])
    return HttpResponseRedirect(reverse("desk:consultation", args=[consultation.public_id]))
