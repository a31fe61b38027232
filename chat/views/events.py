"""The one endpoint of messages: of `fetch`, of the outbox after a reconnect, and of a browser without scripts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chat import cookie, limits, protocol, transcript
from chat.actions import messages, reopening
from chat.actions.errors import Refused
from chat.actions.messages import Sent
from chat.models import Consultation
from chat.views.conversation import page
from chat.views.doors import holders_only
from portal.core import audit
from portal.core.throttling import TooMany


@require_http_methods(["GET", "HEAD", "POST"])
@holders_only
def events(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """GET: what came after `since`, at once. POST: one message."""
    if request.method == "POST":
        return _send(request, consultation)
    since = protocol.read_sequence(request.GET.get("since", ""))
    found = transcript.since_for_resident(consultation, since)
    return JsonResponse(protocol.page_of(consultation, found))


@require_POST
@holders_only
def go_on(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Words for a conversation that is over: it is opened again with them."""
    return _send(request, consultation, send=reopening.go_on)


def _send(
    request: HttpRequest, consultation: Consultation, *, send: Callable[..., Sent] = messages.send
) -> HttpResponse:
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        limits.check_message(cookie.token(request))
        sent = send(
            consultation,
            text=request.POST.get("text", ""),
            language=consultation.language,
            client_id=_client_id(request),
            by=audit.RESIDENT,
        )
    except TooMany as trouble:
        return _refused(request, consultation, "too_many", seconds=trouble.seconds)
    except Refused as refused:
        return _refused(request, consultation, refused.code)
    if wants_json:
        return _stored(sent)
    return HttpResponseRedirect(reverse("chat:consultation", args=[consultation.public_id]) + "#end")


def _stored(sent: Sent) -> JsonResponse:
    return JsonResponse(protocol.ack(sent), status=200 if sent.is_duplicate else 201)


def _refused(request: HttpRequest, consultation: Consultation, code: str, *, seconds: int = 0) -> HttpResponse:
    status = protocol.STATUS[code]
    if "application/json" in request.headers.get("Accept", ""):
        answer: HttpResponse = JsonResponse({"code": code}, status=status)
    else:
        reasons = {
            "empty": _("Write your message first"),
            "too_long": _("Your message is too long: send it in two parts"),
            "too_many": _("You sent many messages in a minute. Wait a little and send this one again"),
            "ended": _("The conversation has ended, so this message was not sent"),
            "conflict": _("This message was sent before with another text. Send it again"),
        }
        text = request.POST.get("text", "")
        problems = [("text", reasons[code])]
        answer = page(request, consultation, status=status, problems=problems, unsent=text, client_id=uuid4())
    if seconds:
        answer["Retry-After"] = str(seconds)
    return answer


def _client_id(request: HttpRequest) -> UUID:
    """The id made when the form was shown or Send was pressed; a mangled one counts as a new message."""
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return uuid4()
