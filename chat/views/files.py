"""Files of a conversation, sent and fetched by whoever holds its key."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chat import access, cookie, limits
from chat.actions import attachments
from chat.actions.errors import Refused
from chat.models import Consultation
from chat.views.conversation import page
from chat.views.doors import holders_only, not_here
from portal.core import audit, uploads
from portal.core.throttling import TooMany


@require_POST
@holders_only
def attach(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Up to five files; what is wrong with one is said beside the field."""
    files = request.FILES.getlist("files")[: uploads.AT_ONCE]
    try:
        limits.check_message(cookie.token(request))
        attachments.attach(consultation, files, client_id=key_of(request), by=audit.RESIDENT)
    except TooMany:
        return _again(request, consultation, refusal("too_many"), status=429)
    except uploads.Refused as refused:
        return _again(request, consultation, str(refused), status=422)
    except Refused as refused:
        return _again(request, consultation, refusal(refused.code), status=409)
    return HttpResponseRedirect(reverse("chat:consultation", args=[consultation.public_id]) + "#end")


@require_safe
def file(request: HttpRequest, public_id: str, file_id: str) -> HttpResponseBase:
    """One file of one's own conversation."""

    @holders_only
    def found(request: HttpRequest, consultation: Consultation) -> HttpResponseBase:
        one = access.files_of(consultation).filter(public_id=file_id).first()
        return uploads.hand_out(one.kept, shown_name=one.name) if one else not_here(request)

    return found(request, public_id)


def key_of(request: HttpRequest) -> UUID:
    """The key made with the form; a mangled one counts as a new sending."""
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return uuid4()


def refusal(code: str) -> str:
    reasons = {
        "no_file": _("Choose a file first"),
        "enough_files": _("This conversation holds as many files as it can. Ask us how to send more"),
        "too_many": _("You sent many messages in a minute. Wait a little and send this one again"),
        "ended": _("The conversation has ended, so the files were not sent"),
    }
    return reasons.get(code, _("The files were not sent. Try again"))


def _again(request: HttpRequest, consultation: Consultation, problem: str, *, status: int) -> HttpResponse:
    return page(request, consultation, status=status, problems=[("files", problem)], client_id=uuid4())
