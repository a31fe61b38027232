"""A resident's pages: opening "my case" by receipt, the case itself, answering, withdrawing, leaving."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.cases import access, actions, documents, mandates, news, selectors
from portal.cases.access import Held
from portal.cases.forms import ReceiptForm
from portal.cases.registries.base import Away, NotThere
from portal.cases.requests import drafts
from portal.cases.requests.steps import Step
from portal.cases.requests.views import show
from portal.cases.signin import provider
from portal.core import clock, silence, uploads
from portal.core.crypto import Unreadable
from portal.core.errors import too_many
from portal.core.origin import same_site_only
from portal.core.throttling import Limit, TooMany

SENDING = Limit("case-sending", 30, 60 * 60)
View = Callable[..., HttpResponseBase]


def holders_only(view: View) -> View:
    """Hand the case to who holds its grant; send everybody else to the look-up. Raises Http404 for an ended mandate."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        held = access.of_holder(request)
        return redirect("cases:start") if held is None else view(request, held, *args, **kwargs)

    return wrapped


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Look up a case by its receipt; who opened theirs already goes straight to it."""
    if request.method != "POST":
        if access.of_holder(request) is not None:
            return redirect("cases:case")
        return _start(request, ReceiptForm(), is_finished="finished" in request.GET)
    form = ReceiptForm.of(request)
    if form.errors:
        return _start(request, form)
    try:
        return _draft(request, form) if form.is_draft else _open(request, form)
    except TooMany as trouble:
        return too_many(request, trouble)


def _open(request: HttpRequest, form: ReceiptForm) -> HttpResponse:
    held = access.by_receipt(request, reference=form.reference, secret=form.secret)
    if held is None:
        form.refuse()
        return _start(request, form)
    if not held.is_in_force:
        form.refuse_ended(date_format(_end_of(held)))
        return _start(request, form)
    return access.GRANT.give(redirect("cases:case"), held.grant)


def _end_of(held: Held) -> dt.date:
    mandate = held.mandate
    assert mandate is not None  # noqa: S101  (who holds their own case never loses it)
    return clock.day_of(mandate.ended_at) if mandate.ended_at else mandate.until or clock.today()


def _draft(request: HttpRequest, form: ReceiptForm) -> HttpResponse:
    """Go on with a request that was begun."""
    draft = access.draft_by_receipt(request, reference=form.reference, secret=form.secret)
    try:
        typed = drafts.typed_in(draft) if draft else None
    except Unreadable:
        typed = None
    if typed is None:
        form.refuse()
        return _start(request, form)
    return show(request, typed, typed.first_wrong() or Step.CHECK, is_back=True)


def _start(request: HttpRequest, form: ReceiptForm, *, is_finished: bool = False) -> HttpResponse:
    context = {
        "form": form,
        "is_finished": is_finished,
        "can_sign_in": provider.is_set(),
        "section": "cases:start",
    }
    return render(request, "cases/start.html", context)


@require_GET
@holders_only
def case(request: HttpRequest, held: Held) -> HttpResponse:
    """My case."""
    return show_case(request, held)


def show_case(
    request: HttpRequest, held: Held, *, errors: dict[str, str] | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """My case, with what is wrong in what was sent."""
    page, errors = selectors.case_page(held.link, held=held), errors or {}
    context = {
        "page": page,
        "held": held,
        "to_dos": [(to_do, errors.get(to_do.id, "")) for to_do in page.to_dos],
        "may_withdraw": held.may_act and selectors.may_be_withdrawn(page),
        "section": "cases:start",
        "just_sent": "sent" in request.GET,
        "just_confirmed": "confirmed" in request.GET,
        "errors": errors,
        "files_at_once": uploads.AT_ONCE,
        "key": secrets.token_hex(8),
        "has_news": news.is_wished(held.link),
        "helpers": mandates.of_link(held.link) if held.mandate is None else (),
    }
    return render(request, "cases/case.html", context | more, status=status)


@same_site_only
@require_POST
@holders_only
def answer(request: HttpRequest, held: Held) -> HttpResponse:
    """Send what the office asked for: words, papers or both."""
    enquiry, words = request.POST.get("enquiry", "")[:80], request.POST.get("text", "")[:4000]
    if not held.may_act:
        raise Http404
    try:
        SENDING.check(held.link.public_id)
        actions.answer(held.link, enquiry=enquiry, text=words, files=request.FILES.getlist("files"))
    except TooMany as trouble:
        wrong = _("You sent a great deal within an hour. Your words are kept here: send them again later.")
        response = show_case(request, held, errors={enquiry: wrong}, typed=words, status=429)
        response["Retry-After"] = str(trouble.seconds)
        return response
    except actions.NothingSent:
        wrong = _("Write your answer or choose a file.")
        return show_case(request, held, errors={enquiry: wrong}, typed=words)
    except uploads.Refused as refusal:
        return show_case(request, held, errors={enquiry: str(refusal)}, typed=words)
    return sent()


def sent() -> HttpResponse:
    """Back to the case, where it says that we have it."""
    response = redirect("cases:case")
    response["Location"] += "?sent"
    return response


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
@holders_only
def withdraw(request: HttpRequest, held: Held) -> HttpResponse:
    """Ask once more, then withdraw the request."""
    page = selectors.case_page(held.link, held=held)
    if not (held.may_act and selectors.may_be_withdrawn(page)):
        return redirect("cases:case")
    if request.method == "POST":
        actions.withdraw(held.link)
        return sent()
    return render(request, "cases/withdraw.html", {"page": page, "section": "cases:start"})


@require_GET
@holders_only
def document(request: HttpRequest, held: Held, document: str) -> HttpResponseBase:
    """One paper of the case, as a download."""
    try:
        file = documents.open_document(held.link, document, only_own=not held.sees_all)
    except NotThere as nothing:
        raise Http404 from nothing
    except Away:
        return show_case(request, held, document_away=True)
    return uploads.hand_out_content(file.content, shown_name=file.name)


@same_site_only
@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Leave: this browser no longer opens the case, and keeps nothing of it."""
    response = redirect("cases:start")
    response["Location"] += "?finished"
    response["Clear-Site-Data"] = '"cache"'
    return access.GRANT.forget(response)


@csrf_exempt  # the link is the whole right: mail programs press the button for their reader, without our cookies
@require_http_methods(["GET", "HEAD", "POST"])
def no_news(request: HttpRequest, token: str) -> HttpResponse:
    """By the link in a message, without a receipt. Looking stops nothing: programs look at the links of letters."""
    done = ""
    if request.method == "POST":
        done = silence.press(request.POST, token, never=news.silence_by, enough=news.drop_by)
    context = {"done": done, "is_silent": done != "again" and silence.is_taken_back_by(token)}
    return render(request, "cases/no_news.html", context)
