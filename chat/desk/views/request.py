"""A request is registered for a resident: it goes to the case registry, the receipt to the resident."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from chat.actions import messages
from chat.actions.errors import Refused
from chat.desk import choices, forms
from chat.desk.doors import member, with_consultation
from chat.models import Channel, Consultation, State
from portal.cases.actions import register_request
from portal.cases.models import HelperRole, Right
from portal.core import languages
from portal.core.receipts import Receipt


@require_http_methods(["GET", "HEAD", "POST"])
@with_consultation
def register(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The form's key makes a second press the same request with the same receipt."""
    if request.method != "POST":
        kept = {
            "key": str(uuid4()),
            "service": consultation.service.code if consultation.service else "",
            "name": consultation.name,
            "language": consultation.language,
        }
        return _page(request, consultation, kept)
    read = forms.request_form(request.POST)
    if read.problems:
        return _page(request, consultation, request.POST.dict(), problems=read.problems, status=422)
    receipt = register_request(
        service=read.service,
        language=read.language,
        by=member(request),
        person=read.person,
        consultation_reference=consultation.reference,
        note=read.note,
        key=str(read.key),
        behalf=read.behalf,
    )
    is_told = _tell(consultation, receipt, key=read.key, request=request)
    context = {"place": "desk:floor", "consultation": consultation, "receipt": receipt, "is_told": is_told}
    return render(request, "desk/registered.html", context)


def _tell(consultation: Consultation, receipt: Receipt, *, key: UUID, request: HttpRequest) -> bool:
    """In an open chat the resident sees it at once. Elsewhere the receipt is handed over."""
    if consultation.channel != Channel.CHAT or consultation.state != State.ACTIVE:
        return False
    try:
        client_id = uuid5(key, "request")
        messages.announce_request(consultation, reference=receipt.reference, client_id=client_id, by=member(request))
    except Refused:  # it ended meanwhile, or lies with a colleague: the request stands all the same
        return False
    return True


def _page(
    request: HttpRequest,
    consultation: Consultation,
    kept: dict[str, Any],
    *,
    problems: list[forms.Problem] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "place": "desk:floor",
        "consultation": consultation,
        "kept": kept,
        "problems": problems or [],
        "roles": HelperRole.choices,
        "rights": [one for one in Right.choices if one[0] != Right.PERSON],
        "services": choices.services(languages.current()),
        "spoken": [(code, languages.OWN_NAMES[code]) for code in languages.LANGUAGES],
    }
    return render(request, "desk/request.html", context, status=status)
