"""The step before every view of a conversation: does this browser hold its key?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from chat import access, cookie
from chat.models import Consultation

View = Callable[[HttpRequest, Consultation], HttpResponseBase]


def holders_only(view: View) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """Give the view its consultation; whoever holds no key to it is told how to come back, whether it exists or not."""

    @wraps(view)
    def wrapped(request: HttpRequest, public_id: str) -> HttpResponseBase:
        try:
            consultation = access.get_for_resident(public_id, token=cookie.token(request))
        except access.NotThere:
            return not_here(request)
        return view(request, consultation)

    return wrapped


def not_here(request: HttpRequest) -> HttpResponse:
    return render(request, "chat/not_here.html", status=404)
