"""Coming back by receipt, leaving a computer that others use, and leaving at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chat import access, cookie
from chat.actions import returning
from chat.forms import ReceiptForm
from portal.core import errors, receipt_tries
from portal.core.origin import is_same_site
from portal.core.throttling import TooMany

AWAY = "https://www.lrt.lt"  # where a page that is left quickly leads; the same as components/leave.html


@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Number and secret open the conversation on this device. Unknown and wrong get the same words."""
    if request.method != "POST":
        return render(request, "chat/resume.html", {"form": ReceiptForm()})
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return _again(request, form)
    reference = form.cleaned_data["reference"]

    def is_right(secret: str, stored: str) -> bool:
        return receipt_tries.is_right(request, reference=reference, secret=secret, stored=stored)

    try:
        consultation, token = returning.resume(reference, form.cleaned_data["secret"], is_right=is_right)
    except access.NotThere:
        form.add_error("secret", _("This number and this code do not belong together. Check both"))
        return _again(request, form)
    except TooMany as trouble:
        return errors.too_many(request, trouble)
    return cookie.give(HttpResponseRedirect(reverse("chat:consultation", args=[consultation.public_id])), token)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the conversation on this computer; the receipt opens it again anywhere."""
    returning.leave(cookie.token(request))
    return cookie.forget(HttpResponseRedirect(reverse("chat:resume")))


@require_safe
def leave_quickly(request: HttpRequest) -> HttpResponse:
    """By a plain link, so that it works without scripts: the key is gone, and the browser shows something harmless.

    A link on another site's page only leads there; it takes no key away.
    """
    away = HttpResponseRedirect(AWAY)
    if request.method != "GET" or is_same_site(request) is False:
        return away
    returning.leave(cookie.token(request))
    away["Clear-Site-Data"] = '"cache", "storage"'
    return cookie.forget(away)


def _again(request: HttpRequest, form: ReceiptForm) -> HttpResponse:
    problems = [(name, found[0]) for name, found in form.errors.items()]
    return render(request, "chat/resume.html", {"form": form, "problems": problems})
