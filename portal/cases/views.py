"""A resident's pages: opening "my case" by receipt, the case itself, answering, withdrawing, leaving."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.cases import access, actions, documents, selectors
from portal.cases.forms import ReceiptForm
from portal.cases.models import CaseLink
from portal.cases.registries.base import Away, NotThere
from portal.core import uploads
from portal.core.errors import too_many
from portal.core.origin import same_site_only
from portal.core.throttling import Limit, TooMany

SENDING = Limit("case-sending", 30, 60 * 60)
View = Callable[..., HttpResponseBase]


def holders_only(view: View) -> View:
    """Hand the case to who holds its grant; send everybody else to the look-up."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        link = access.of_holder(request)
        return redirect("cases:start") if link is None else view(request, link, *args, **kwargs)

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
        link = access.by_receipt(request, reference=form.reference, secret=form.secret)
    except TooMany as trouble:
        return too_many(request, trouble)
    if link is None:
        form.refuse()
        return _start(request, form)
    return access.GRANT.give(redirect("cases:case"), link.public_id)


def _start(request: HttpRequest, form: ReceiptForm, *, is_finished: bool = False) -> HttpResponse:
    context = {"form": form, "is_finished": is_finished, "section": "cases:start"}
    return render(request, "cases/start.html", context)


@require_GET
@holders_only
def case(request: HttpRequest, link: CaseLink) -> HttpResponse:
    """My case."""
    return _case(request, link)


def _case(
    request: HttpRequest, link: CaseLink, *, errors: dict[str, str] | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    page, errors = selectors.case_page(link), errors or {}
    context = {
        "page": page,
        "to_dos": [(to_do, errors.get(to_do.id, "")) for to_do in page.to_dos],
        "may_withdraw": selectors.may_be_withdrawn(page),
        "section": "cases:start",
        "just_sent": "sent" in request.GET,
        "errors": errors,
        "files_at_once": uploads.AT_ONCE,
    }
    return render(request, "cases/case.html", context | more, status=status)


@same_site_only
@require_POST
@holders_only
def answer(request: HttpRequest, link: CaseLink) -> HttpResponse:
    """Send what the office asked for: words, papers or both."""
    enquiry, words = request.POST.get("enquiry", "")[:80], request.POST.get("text", "")[:4000]
    try:
        SENDING.check(link.public_id)
        actions.answer(link, enquiry=enquiry, text=words, files=request.FILES.getlist("files"))
    except TooMany as trouble:
        wrong = _("You sent a great deal within an hour. Your words are kept here: send them again later.")
        response = _case(request, link, errors={enquiry: wrong}, typed=words, status=429)
        response["Retry-After"] = str(trouble.seconds)
        return response
    except actions.NothingSent:
        wrong = _("Write your answer or choose a file.")
        return _case(request, link, errors={enquiry: wrong}, typed=words)
    except uploads.Refused as refusal:
        return _case(request, link, errors={enquiry: str(refusal)}, typed=words)
    response = redirect("cases:case")
    response["Location"] += "?sent"
    return response


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
@holders_only
def withdraw(request: HttpRequest, link: CaseLink) -> HttpResponse:
    """Ask once more, then withdraw the request."""
    page = selectors.case_page(link)
    if not selectors.may_be_withdrawn(page):
        return redirect("cases:case")
    if request.method == "POST":
        actions.withdraw(link)
        response = redirect("cases:case")
        response["Location"] += "?sent"
        return response
    return render(request, "cases/withdraw.html", {"page": page, "section": "cases:start"})


@require_GET
@holders_only
def document(request: HttpRequest, link: CaseLink, document: str) -> HttpResponseBase:
    """One paper of the case, as a download."""
    try:
        file = documents.open_document(link, document)
    except NotThere as nothing:
        raise Http404 from nothing
    except Away:
        return _case(request, link, document_away=True)
    return uploads.hand_out_content(file.content, shown_name=file.name)


@same_site_only
@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Leave: this browser no longer opens the case, and keeps nothing of it."""
    response = redirect("cases:start")
    response["Location"] += "?finished"
    response["Clear-Site-Data"] = '"cache"'
    return access.GRANT.forget(response)
