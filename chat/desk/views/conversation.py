"""One conversation at the desk: take it, answer, send an article, hand it over, wrap it up."""

from __future__ import annotations

from functools import wraps
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from charter.models import Institution
from chat import access
from chat.actions import consultations, drafts, floor, messages, news, replies, tasks, wrapups
from chat.actions.errors import AlreadyClaimed, Refused
from chat.desk import forms, screen
from chat.desk.choices import by_code
from chat.desk.doors import View, member, with_consultation
from chat.desk.words import refusal
from chat.models import Consultation
from chat.protocol import read_sequence
from kb.models import Article, Topic
from portal.core.models import User


def told_when_gone(view: View) -> View:
    """A conversation may be taken or handed on in the very moment a button is pressed: say so, and lose no word."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (Http404, access.NotThere):
            return screen.show_gone(request)

    return wrapped


@require_safe
@with_consultation
def consultation(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    return screen.show(request, consultation)


@require_safe
@with_consultation
def log(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    return screen.log_part(request, consultation, since=read_sequence(request.GET.get("since", "")))


@require_safe
@with_consultation
def knowledge(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    return screen.knowledge_part(request, consultation)


@require_POST
@told_when_gone
@with_consultation
def claim(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    try:
        consultations.claim(consultation, by=member(request))
    except AlreadyClaimed as late:
        words = _("Already taken by {name}").format(name=late.name) if late.name else _("The resident has left")
        return screen.show(request, _as_it_is_now(request, consultation), status=409, problems=[("", words)])
    return _to(consultation)


@require_POST
@told_when_gone
@with_consultation
def write(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The one form under the log: its button says whether it is a message, a note or the end."""
    if "end" in request.POST:
        return _wrap_up(request, consultation)
    if "keep" in request.POST:
        return _keep_reply(request, consultation)
    said, key = request.POST.get("text", ""), forms.key_of(request.POST)
    language = consultation.language
    try:
        if "note" in request.POST:
            messages.note(consultation, text=said, client_id=key, by=member(request))
        else:
            messages.send(consultation, text=said, language=language, client_id=key, by=member(request))
    except Refused as refused:
        return _refused(request, consultation, refused, draft=said, client_id=key)
    if "note" not in request.POST:
        news.tell_on_commit(consultation)
    tasks.settle_written(consultation, by=member(request))
    drafts.forget(consultation, by=member(request))
    return HttpResponseRedirect(f"{_to(consultation)['Location']}?sent={key}")


def _keep_reply(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """What stands in the box becomes one's own ready sentence, and stays in the box."""
    said = request.POST.get("text", "")
    try:
        replies.keep(said, language=consultation.language, by=member(request))
    except Refused as refused:
        return _refused(request, consultation, refused, draft=said)
    return screen.show(request, consultation, draft=said)


def _wrap_up(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Words still in the box stand in the way: they would be lost."""
    said, kept = request.POST.get("text", ""), {name: request.POST.get(name, "") for name in _WRAP_UP}
    if said.strip():
        problems = [("text", _("Send these words or delete them before you finish"))]
        return screen.show(request, consultation, status=422, problems=problems, draft=said, kept=kept)
    summary, problems = forms.summary(request.POST, default_article=_last_sent(consultation))
    if summary is None:
        return screen.show(request, consultation, status=422, problems=problems, kept=kept)
    try:
        wrapups.wrap_up(consultation, summary, by=member(request))
    except Refused as refused:
        return _refused(request, consultation, refused, kept=kept)
    return HttpResponseRedirect(reverse("desk:floor"))


_WRAP_UP = ("topic", "outcome", "found", "note_of_end")


def _last_sent(consultation: Consultation) -> Article | None:
    event = consultation.events.filter(article__isnull=False).order_by("-staff_sequence").first()
    return event.article if event else None


@require_POST
@told_when_gone
@with_consultation
def send_article(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    try:
        messages.send_article(
            consultation,
            code=request.POST.get("article", ""),
            client_id=forms.key_of(request.POST),
            by=member(request),
        )
    except Refused as refused:
        return _refused(request, consultation, refused)
    news.tell_on_commit(consultation)
    tasks.settle_written(consultation, by=member(request))
    return _to(consultation)


@require_POST
@told_when_gone
@with_consultation
def hand_over(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """To a colleague (`user:7`), to an institution's queue (`institution:kspc`), or back to the queue (`queue`)."""
    kind, _colon, which = request.POST.get("to", "").partition(":")
    user, said = member(request), request.POST.get("note", "").strip()
    try:
        if said:  # before it leaves: afterwards it may not be ours to write in
            messages.note(consultation, text=said, client_id=uuid4(), by=user)
        if kind == "topic":
            floor.hand_to_topic(consultation, by_code(Topic, which), by=user)
        elif kind == "queue":
            consultations.release(consultation, by=user)
        elif kind == "institution":
            consultations.transfer(consultation, by=user, to_institution=by_code(Institution, which))
        else:
            colleague = User.objects.filter(pk=which, is_active=True).first() if which.isdecimal() else None
            consultations.transfer(consultation, by=user, to=colleague)
    except Refused as refused:
        return _refused(request, consultation, refused)
    return HttpResponseRedirect(reverse("desk:floor"))


def _refused(request: HttpRequest, consultation: Consultation, refused: Refused, **kept: Any) -> HttpResponse:
    problems = [("text" if "draft" in kept else "", refusal(refused))]
    return screen.show(request, _as_it_is_now(request, consultation), status=409, problems=problems, **kept)


def _as_it_is_now(request: HttpRequest, consultation: Consultation) -> Consultation:
    """The conversation, if it may still be seen after what happened meanwhile. Raises NotThere."""
    return access.get_for_staff(consultation.public_id, user=member(request))


def _to(consultation: Consultation) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:consultation", args=[consultation.public_id]))
