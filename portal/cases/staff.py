"""Staff and cases: opening one with a reason, handing something over, and what could not be delivered."""

from __future__ import annotations

import secrets
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from charter.memberships import staff_only
from portal.cases import access, actions, asking, outbox, selectors
from portal.cases.models import OutboxItem, Progress
from portal.cases.models.outbox import OutboxQuerySet
from portal.core.models import User

SHOWN = 200
OPEN = "cases:open"


@staff_only(*access.OPENERS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: HttpRequest) -> HttpResponse:
    """Open a caller's case by the public number of their receipt – never by the secret – and say why."""
    reference = request.POST.get("reference", request.GET.get("reference", ""))[:40].strip()
    reason, errors = request.POST.get("reason", "").strip(), {}
    if request.method == "POST":
        link = access.find_for_staff(_user(request), reference)
        if link is None:
            errors["reference"] = _("There is no case with this number that you may open. Compare it with the receipt.")
        if not reason:
            errors["reason"] = _("Write why you open it. The resident will see it.")
        if link is not None and not errors:
            actions.open_case_for_staff(link, by=_user(request), reason=reason)
            return redirect("cases:opened", link.public_id)
    context = {"place": OPEN, "reference": reference, "reason": reason, "errors": errors}
    return render(request, "cases/open.html", context)


@staff_only(*access.OPENERS)
@require_GET
def opened(request: HttpRequest, public_id: str) -> HttpResponse:
    """The case, for a quarter of an hour after it was opened with a reason."""
    link = access.get_opened(_user(request), public_id)
    if not actions.has_open(link, by=_user(request)):
        return redirect(f"{reverse(OPEN)}?{urlencode({'reference': link.reference})}")
    context = {
        "place": OPEN,
        "page": selectors.case_page(link),
        "is_staff_view": True,
        "key": secrets.token_hex(8),
        "sent": "sent" in request.GET,
    }
    return render(request, "cases/opened.html", context)


@staff_only(*access.OPENERS)
@require_POST
def note(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand something over to the office that works on the case."""
    link = access.get_opened(_user(request), public_id)
    sent = "?sent"
    try:
        actions.add_note(link, request.POST.get("text", "")[:4000], by=_user(request), key=request.POST.get("key", ""))
    except actions.NothingSent:
        sent = ""
    return redirect(reverse("cases:opened", args=[link.public_id]) + sent)


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
