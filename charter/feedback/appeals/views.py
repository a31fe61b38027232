"""A resident's appeal: saying what happened, the receipt, coming back, adding, rating the answer, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from charter.feedback.appeals import access, actions, places, selectors
from charter.feedback.appeals.errors import Closed, Unfit
from charter.feedback.appeals.forms import AppealForm, ReceiptForm, standard_of
from charter.feedback.models import Appeal
from charter.selectors import promise
from portal.core import audit, uploads
from portal.core.errors import too_many
from portal.core.languages import current
from portal.core.origin import same_site_only
from portal.core.throttling import Limit, TooMany, network

# A library or a shelter is one network: softly, and nothing typed is lost.
SENDING = Limit("appeals", times=30, seconds=60 * 60)
ADDING = Limit("appeal-additions", times=20, seconds=60 * 60)
View = Callable[..., HttpResponseBase]
SECTION = "feedback:appeal"


def holders_only(view: View) -> View:
    """Hand the appeal to who holds its grant; send everybody else to the look-up."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        appeal = access.of_holder(request)
        return redirect("feedback:appeal_open") if appeal is None else view(request, appeal, *args, **kwargs)

    return wrapped


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Say what happened; then look once more, with papers if one likes; then the receipt."""
    if request.method != "POST":
        return _start(request, AppealForm.opened_with(request.GET))
    form = AppealForm(request.POST)
    if not form.is_valid() or "change" in request.POST:
        return _start(request, form, status=200 if "change" in request.POST else 422)
    if "send" not in request.POST:
        return _check(request, form)
    try:
        SENDING.check(network(request))
        receipt = actions.send(
            form.told(current()),
            key=str(form.cleaned_data["key"]),
            by=audit.RESIDENT,
            files=request.FILES.getlist("files")[: uploads.AT_ONCE],
        )
    except TooMany as trouble:
        wrong = _("Many messages came from your network. Your words are kept here: send them again later.")
        response = _check(request, form, wrong=wrong, status=429)
        response["Retry-After"] = str(trouble.seconds)
        return response
    except uploads.Refused as refusal:
        return _check(request, form, wrong=str(refusal), status=422)
    found = access.everything().get(reference=receipt.reference)
    context = {"receipt": receipt, "page": selectors.resident_page(found), "section": SECTION}
    return access.GRANT.give(render(request, "feedback/appeals/sent.html", context), found.public_id)


def _start(request: HttpRequest, form: AppealForm, *, status: int = 200) -> HttpResponse:
    asked = form.data.get("promise", "") if form.is_bound else form.initial.get("promise", "")
    standard = standard_of(asked)
    context = {
        "form": form,
        "promise": promise(standard.code, current()) if standard else None,
        "section": SECTION,
    }
    return render(request, "feedback/appeals/start.html", context, status=status)


def _check(request: HttpRequest, form: AppealForm, *, wrong: str = "", status: int = 200) -> HttpResponse:
    said = form.cleaned_data
    guess = None if said["institution"] or said["service"] else places.guess(said["text"])
    context = {
        "form": form,
        "kept": [
            (name, value) for name, value in request.POST.items() if name in form.fields and name != "institution"
        ],
        "institutions": places.institutions(),
        "chosen": said["institution"] or (guess.code if guess else ""),
        "is_guess": guess is not None,
        "kind_name": dict(form.fields["kind"].choices)[said["kind"]],  # type: ignore[attr-defined]
        "wrong": wrong,
        "files_at_once": uploads.AT_ONCE,
        "section": SECTION,
    }
    return render(request, "feedback/appeals/check.html", context, status=status)


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def open_appeal(request: HttpRequest) -> HttpResponse:
    """Look up an appeal by its receipt; who opened theirs already goes straight to it."""
    if request.method != "POST":
        if access.of_holder(request) is not None:
            return redirect("feedback:appeal_mine")
        return _look_up(request, ReceiptForm())
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return _look_up(request, form, status=422)
    try:
        found = access.by_receipt(request, **form.cleaned_data)
    except TooMany as trouble:
        return too_many(request, trouble)
    if found is None:
        wrong = _("This number and this code do not belong together. Compare both with your receipt.")
        form.add_error("reference", wrong)
        return _look_up(request, form, status=422)
    return access.GRANT.give(redirect("feedback:appeal_mine"), found.public_id)


def _look_up(request: HttpRequest, form: ReceiptForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "is_finished": "finished" in request.GET, "section": SECTION}
    return render(request, "feedback/appeals/open.html", context, status=status)


@require_GET
@holders_only
def mine(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    """Where it stands, what was answered, what may be done."""
    return _mine(request, appeal)


def _mine(request: HttpRequest, appeal: Appeal, *, wrong: str = "", field: str = "", status: int = 200) -> HttpResponse:
    context = {
        "page": selectors.resident_page(appeal),
        "wrong": wrong,
        "field": field,
        "typed": request.POST.get("text", ""),
        "chosen": request.POST.get("score", ""),
        "just": next((word for word in ("added", "rated", "reopened", "withdrawn") if word in request.GET), ""),
        "files_at_once": uploads.AT_ONCE,
        "section": SECTION,
    }
    return render(request, "feedback/appeals/mine.html", context, status=status)


@same_site_only
@require_POST
@holders_only
def add(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    """Add words or papers."""
    try:
        ADDING.check(appeal.public_id)
        actions.add(appeal, request.POST.get("text", ""), files=request.FILES.getlist("files")[: uploads.AT_ONCE])
    except TooMany as trouble:
        wrong = _("You sent a great deal within an hour. Your words are kept here: send them again later.")
        response = _mine(request, appeal, wrong=wrong, field="text", status=429)
        response["Retry-After"] = str(trouble.seconds)
        return response
    except Unfit:
        return _mine(request, appeal, wrong=_("Write something or choose a file."), field="text", status=422)
    except uploads.Refused as refusal:
        return _mine(request, appeal, wrong=str(refusal), field="files", status=422)
    except Closed:
        return _mine(request, appeal, wrong=_("This is closed. Write to us anew if there is more."), field="text")
    return _back("added")


@same_site_only
@require_POST
@holders_only
def rate(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    """How the answer was; a low rating has somebody else look at it."""
    score = request.POST.get("score", "")
    if score not in {"1", "2", "3", "4", "5"}:
        return _mine(request, appeal, wrong=_("Choose one of the five faces."), field="score-1", status=422)
    try:
        is_reopened = actions.rate(appeal, int(score), request.POST.get("text", ""))
    except Closed:
        return redirect("feedback:appeal_mine")
    return _back("reopened" if is_reopened else "rated")


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
@holders_only
def withdraw(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    """Ask once more, then take it back."""
    if not appeal.is_open:
        return redirect("feedback:appeal_mine")
    if request.method == "POST":
        try:
            actions.withdraw(appeal)
        except Closed:
            return redirect("feedback:appeal_mine")
        return _back("withdrawn")
    return render(request, "feedback/appeals/withdraw.html", {"appeal": appeal, "section": SECTION})


@require_GET
@holders_only
def file(request: HttpRequest, appeal: Appeal, public_id: str) -> HttpResponseBase:
    """One of their own papers, as a download."""
    found = appeal.files.filter(public_id=public_id).first()
    if found is None:
        raise Http404(public_id)
    return uploads.hand_out(found.kept, shown_name=found.name)


@same_site_only
@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Leave: this browser no longer opens the appeal, and keeps nothing of it."""
    response = redirect("feedback:appeal_open")
    response["Location"] += "?finished"
    response["Clear-Site-Data"] = '"cache"'
    return access.GRANT.forget(response)


def _back(word: str) -> HttpResponse:
    response = redirect("feedback:appeal_mine")
    response["Location"] += f"?{word}"
    return response
