"""Anonymous forms on cached pages carry no token: their endpoints ask where the request comes from instead."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponseBase]


def is_same_site(request: HttpRequest) -> bool | None:
    """True or False by `Sec-Fetch-Site` or `Origin`; None when the browser sent neither."""
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site:
        return fetch_site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin:
        return urlsplit(origin).netloc == request.get_host()
    return None


def same_site_only(view: View) -> View:
    """Refuse a POST from another site; where the browser doesn't say, ask once more on a page with a token."""
    guarded = csrf_protect(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        same = is_same_site(request)
        if request.method != "POST" or same:
            return view(request, *args, **kwargs)
        if same is False:
            return render(request, "errors/403.html", status=403)
        if "csrfmiddlewaretoken" in request.POST:
            return guarded(request, *args, **kwargs)
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        return render(request, "confirm.html", {"fields": fields})

    return csrf_exempt(wrapped)
