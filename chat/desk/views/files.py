"""Files of a conversation at the desk."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chat import access
from chat.actions import attachments, news, tasks
from chat.actions.errors import NotYours, Refused
from chat.desk import forms, screen
from chat.desk.doors import member, with_consultation
from chat.desk.views.conversation import told_when_gone
from chat.desk.words import refusal
from chat.models import WRITTEN_CHANNELS, Consultation
from portal.core import audit, uploads


@require_POST
@told_when_gone
@with_consultation
def attach(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Only who holds the conversation, and only where the resident reads what is written."""
    files = request.FILES.getlist("files")[: uploads.AT_ONCE]
    try:
        if consultation.channel not in WRITTEN_CHANNELS:
            raise NotYours
        attachments.attach(consultation, files, client_id=forms.key_of(request.POST), by=member(request))
    except uploads.Refused as refused:
        return screen.show(request, consultation, status=422, problems=[("files", str(refused))])
    except Refused as refused:
        return screen.show(request, consultation, status=409, problems=[("files", refusal(refused))])
    news.tell_on_commit(consultation)
    tasks.settle_written(consultation, by=member(request))
    return HttpResponseRedirect(reverse("desk:consultation", args=[consultation.public_id]))


@require_safe
@with_consultation
def file(request: HttpRequest, consultation: Consultation, file_id: str) -> HttpResponseBase:
    one = access.files_of(consultation).filter(public_id=file_id).first()
    if one is None:
        raise Http404
    audit.record("consultation.file_opened", consultation, by=member(request))
    return uploads.hand_out(one.kept, shown_name=one.name)
