"""A call at the desk: begun with one key, who is calling, who it really is, and the answers sent after it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chat import access, numbers
from chat.actions import calls, sending_out
from chat.actions.calls import Caller
from chat.actions.errors import Refused
from chat.desk import card, forms, screen
from chat.desk.choices import by_code
from chat.desk.doors import desk_only, member, with_consultation
from chat.desk.views.conversation import told_when_gone
from chat.desk.words import refusal
from chat.models import Consultation
from kb.models import Topic
from portal.core import languages
from portal.core.sms import NotSent


@require_POST
@desk_only
def begin(request: HttpRequest) -> HttpResponse:
    """One key, and the card of a new call is open."""
    begun = calls.begin(key=forms.key_of(request.POST), language=languages.current(), by=member(request))
    return _to(begun)


@require_POST
@desk_only
def find(request: HttpRequest) -> HttpResponse:
    """By the number of a receipt or by phone; posted, so that neither stands in an address."""
    found = card.found_by(request.POST.get("q", "")[:40], member(request), languages.current())
    return screen.show(request, None, found_contacts=found)


@require_POST
@told_when_gone
@with_consultation
def caller(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    data, language = request.POST, request.POST.get("language", "")
    phone = data.get("phone", "").strip()
    try:
        noted = Caller(
            phone=numbers.read(phone) if phone else "",
            name=data.get("name", ""),
            language=language if language in languages.LANGUAGES else consultation.language,
            topic=by_code(Topic, data.get("topic", "")),
        )
        calls.note_caller(consultation, noted, by=member(request))
    except numbers.NoNumber:
        problems = [("caller-phone", _("Check the number. Write it like 0 612 34567 or +370 612 34567"))]
        return screen.show(request, consultation, status=422, problems=problems, kept=data.dict())
    except Refused as refused:
        return _refused(request, consultation, refused)
    return _to(consultation)


@require_POST
@told_when_gone
@with_consultation
def identity(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    try:
        calls.note_identity(consultation, request.POST.getlist("proof"), by=member(request))
    except Refused as refused:
        return _refused(request, consultation, refused)
    return _to(consultation)


@require_POST
@told_when_gone
@with_consultation
def send_out(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    to = request.POST.get("to", "")[:120]
    try:
        sending_out.send_answers(consultation, to=to, site=settings.SITE_URL, by=member(request))
    except Refused as refused:
        problems = [("send-to", refusal(refused))]
        return screen.show(request, consultation, status=422, problems=problems, kept={"to": to})
    except NotSent:
        problems = [("send-to", _("It could not be sent now: try again, or read the address out"))]
        return screen.show(request, consultation, status=503, problems=problems, kept={"to": to})
    return _to(consultation)


def _refused(request: HttpRequest, consultation: Consultation, refused: Refused) -> HttpResponse:
    now = access.get_for_staff(consultation.public_id, user=member(request))
    return screen.show(request, now, status=409, problems=[("", refusal(refused))])


def _to(consultation: Consultation) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:consultation", args=[consultation.public_id]))
