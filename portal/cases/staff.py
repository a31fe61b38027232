"""Staff and cases: opening one with a reason, checking who asks, passing things on, and what was not delivered."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from charter.memberships import staff_only
from portal.cases import access, asking, causes, handling, identity, mandates, outbox, selectors
from portal.cases.actions import NothingSent
from portal.cases.handling import Why
from portal.cases.models import CaseLink, Opening, OutboxItem, Progress
from portal.cases.models.outbox import OutboxQuerySet
from portal.core import clock, uploads
from portal.core.models import User

SHOWN = 200
OPEN = "cases:open"


class Wrong(ValueError):
    """What a field held can't be used; `args`: the field and a sentence about it."""


@staff_only(*access.OPENERS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: HttpRequest) -> HttpResponse:
    """Open a caller's case by the public number of their receipt – never by the secret – and say why."""
    typed = request.POST if request.method == "POST" else request.GET
    why = Why(typed.get("cause", ""), typed.get("reason", ""))
    return answer_opening(request, "cases/open.html", why, by=_user(request), place=OPEN)


def answer_opening(request: HttpRequest, template: str, why: Why, *, by: User, **around: Any) -> HttpResponse:
    """The form that asks which case and why: the case where it may be opened, else the form with what is wrong."""
    typed = request.POST if request.method == "POST" else request.GET
    reference, errors = typed.get("reference", "")[:40].strip(), {}
    if request.method == "POST":
        link = access.find_for_staff(by, reference)
        if link is None:
            errors["reference"] = _("There is no case with this number that you may open. Compare it with the receipt.")
        else:
            try:
                handling.open_case(link, by=by, why=why)
                return redirect("cases:opened", link.public_id)
            except handling.ReasonNeeded:
                errors |= _reason_needed(why)
    context = {**around, "reference": reference, "why": why, "causes": causes.choices(), "errors": errors}
    return render(request, template, context, status=422 if errors else 200)


def _reason_needed(why: Why) -> dict[str, str]:
    """What to say about a reason that is missing, by the field it belongs to."""
    if causes.find(why.cause).needs_words:
        return {"reason": _("Write why you open it. The resident will see it.")}
    return {"cause": _("Choose why you open it. The resident will see it.")}


@staff_only(*access.OPENERS)
@require_GET
def opened(request: HttpRequest, public_id: str) -> HttpResponse:
    """The case, for a quarter of an hour after it was opened with a reason."""
    link = access.get_opened(_user(request), public_id)
    opening = handling.opening_of(link, by=_user(request))
    if opening is None:
        return redirect(f"{reverse(OPEN)}?{urlencode({'reference': link.reference})}")
    return _opened(request, link, opening)


def _opened(
    request: HttpRequest, link: CaseLink, opening: Opening, *, errors: dict[str, str] | None = None
) -> HttpResponse:
    is_readable, held = handling.is_readable(opening), handling.held_by(opening)
    cause = causes.find(opening.cause)
    context = {
        "place": OPEN,
        "link": link,
        "page": selectors.case_page(link, held=held, is_for_staff=True) if is_readable else None,
        "opening": opening,
        "cause": cause.words,
        "questions": identity.questions(),
        "is_helper": cause.is_helper,
        "held": held,
        "helpers": [(one, mandates.name_of(one)) for one in mandates.in_force(link)],
        "enough": identity.ENOUGH,
        "others": selectors.others_of(link, access.for_staff(_user(request)))
        if is_readable and not held.mandate
        else (),
        "is_staff_view": True,
        "key": secrets.token_hex(8),
        "today": clock.today(),
        "files_at_once": uploads.AT_ONCE,
        "errors": errors or {},
        "typed": request.POST,
        "sent": "sent" in request.GET,
    }
    return render(request, "cases/opened.html", context, status=422 if errors else 200)


@staff_only(*access.OPENERS)
@require_POST
def act(request: HttpRequest, public_id: str, deed: str) -> HttpResponse:
    """Do one thing with an opened case; what does not fit comes back with what was typed."""
    link, user = access.get_opened(_user(request), public_id), _user(request)
    do = DEEDS.get(deed)
    if do is None:
        raise Http404(deed)
    opening = handling.opening_of(link, by=user, within=handling.WRITING)
    if opening is None:
        raise PermissionDenied
    try:
        do(request, link, opening)
    except Wrong as wrong:
        field, words = wrong.args
        return _opened(request, link, opening, errors={field: words})
    sent = "" if deed in {"identity", "confirm", "end-help"} else "?sent"
    return redirect(reverse("cases:opened", args=[link.public_id]) + sent)


def _identity(request: HttpRequest, link: CaseLink, opening: Opening) -> None:
    try:
        fitted, mandate = request.POST.getlist("fitted"), request.POST.get("mandate", "")[:32]
        handling.note_identity(opening, fitted, by=_user(request), mandate=mandate)
    except handling.NoMandate as none:
        words = _("Choose the helper. Whoever is not on record here is told nothing about the case.")
        raise Wrong("mandate", words) from none
    except handling.TooLittleAsked as little:
        words = _("Too little fits. Ask more, or tell the person how they see their case by themselves.")
        raise Wrong("fitted", words) from little


def _confirm(request: HttpRequest, link: CaseLink, opening: Opening) -> None:
    found = mandates.in_force(link).filter(public_id=request.POST.get("mandate", "")[:32]).first()
    if found is None:
        raise Http404
    mandates.confirm(found, by=_user(request))


def _note(request: HttpRequest, link: CaseLink, opening: Opening) -> None:
    try:
        handling.add_note(link, request.POST.get("text", "")[:4000], by=_user(request), key=_key(request))
    except NothingSent as nothing:
        raise Wrong("text", _("Write what the office should know.")) from nothing


def _papers(request: HttpRequest, link: CaseLink, opening: Opening) -> None:
    try:
        handling.add_papers(link, request.FILES.getlist("files"), by=_user(request), key=_key(request))
    except NothingSent as nothing:
        raise Wrong("files", _("Choose a file.")) from nothing
    except uploads.Refused as refusal:
        raise Wrong("files", str(refusal)) from refusal


def _ask(request: HttpRequest, link: CaseLink, opening: Opening) -> None:
    text, day = request.POST.get("question", "")[:900], request.POST.get("until", "").strip()
    try:
        until = dt.date.fromisoformat(day) if day else None
        handling.ask_resident(link, text, until=until, by=_user(request), key=_key(request))
    except NothingSent as nothing:
        raise Wrong("question", _("Write what you need and why.")) from nothing
    except ValueError as wrong:
        raise Wrong("until", _("Choose a day that is still to come, or leave it empty.")) from wrong


def _end_help(request: HttpRequest, link: CaseLink, opening: Opening) -> None:
    found = mandates.in_force(link).filter(public_id=request.POST.get("mandate", "")[:32]).first()
    if found is None:
        raise Http404
    mandates.end(found, by=_user(request))


DEEDS: dict[str, Callable[[HttpRequest, CaseLink, Opening], None]] = {
    "identity": _identity,
    "confirm": _confirm,
    "end-help": _end_help,
    "note": _note,
    "papers": _papers,
    "ask": _ask,
}


def _key(request: HttpRequest) -> str:
    return request.POST.get("key", "")[:32]


@staff_only(*access.KEEPERS)
@require_GET
def undelivered(request: HttpRequest) -> HttpResponse:
    """What is waiting or was given up, what it is about and why – never its text."""
    items = (
        _mine(request).exclude(progress=Progress.DELIVERED).select_related("link").order_by("progress", "created_at")
    )
    context: dict[str, Any] = {
        "place": "cases:undelivered",
        "items": list(items[:SHOWN]),
        "is_left_alone": asking.is_left_alone("default"),
        "sent": "sent" in request.GET,
    }
    return render(request, "cases/undelivered.html", context)


@staff_only(*access.KEEPERS)
@require_POST
def send_again(request: HttpRequest, item: int) -> HttpResponse:
    """Have one given-up thing sent once more."""
    outbox.send_again(get_object_or_404(_mine(request), pk=item), by=_user(request))
    response = redirect("cases:undelivered")
    response["Location"] += "?sent"
    return response


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _mine(request: HttpRequest) -> OutboxQuerySet:
    return OutboxItem.objects.filter(link__in=access.for_keepers(request.user))
