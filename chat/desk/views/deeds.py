"""What is done to a conversation with one press: take an offer, invite, take over, end for abuse, open again."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from chat import access
from chat.actions import floor, offers, reopening
from chat.actions.errors import CannotTake, Refused
from chat.desk import screen
from chat.desk.doors import member, with_consultation
from chat.desk.views.conversation import told_when_gone
from chat.desk.words import refusal
from chat.models import Consultation
from portal.core.models import User


def _accept(request: HttpRequest, consultation: Consultation) -> None:
    offers.take(consultation, by=member(request))


def _decline(request: HttpRequest, consultation: Consultation) -> None:
    offers.decline(consultation, by=member(request))


def _invite(request: HttpRequest, consultation: Consultation) -> None:
    to = request.POST.get("to", "")
    colleague = User.objects.filter(pk=to, is_active=True).first() if to.isdecimal() else None
    if colleague is None:
        raise CannotTake
    floor.invite(consultation, to=colleague, by=member(request))


def _take_over(request: HttpRequest, consultation: Consultation) -> None:
    floor.take_over(consultation, by=member(request))


def _urgent(request: HttpRequest, consultation: Consultation) -> None:
    floor.mark_urgent(consultation, by=member(request))


def _abuse(request: HttpRequest, consultation: Consultation) -> None:
    floor.end_for_abuse(consultation, by=member(request))


def _language(request: HttpRequest, consultation: Consultation) -> None:
    floor.set_language(consultation, request.POST.get("language", ""), by=member(request))


def _reopen(request: HttpRequest, consultation: Consultation) -> None:
    reopening.open_by_staff(consultation, by=member(request))


DEEDS: dict[str, Callable[[HttpRequest, Consultation], None]] = {
    "accept": _accept,
    "decline": _decline,
    "invite": _invite,
    "take_over": _take_over,
    "urgent": _urgent,
    "abuse": _abuse,
    "reopen": _reopen,
    "language": _language,
}


@require_POST
@told_when_gone
@with_consultation
def deed(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    name = request.POST.get("do", "")
    if name not in DEEDS:
        raise Http404
    try:
        DEEDS[name](request, consultation)
    except Refused as refused:
        now = access.get_for_staff(consultation.public_id, user=member(request))
        return screen.show(request, now, status=409, problems=[("", refusal(refused))])
    if name == "decline":
        return HttpResponseRedirect(reverse("desk:floor"))
    return HttpResponseRedirect(reverse("desk:consultation", args=[consultation.public_id]))
