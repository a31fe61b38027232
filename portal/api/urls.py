"""Addresses for programs. Whatever goes wrong is said in JSON, a wrong verb too; HEAD is answered like GET."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import URLPattern, URLResolver, path

from portal.api.v1 import api
from portal.core import errors

View = Callable[..., HttpResponseBase]


def _for_programs(view: View) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "HEAD":
            request.method = "GET"
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        return JsonResponse({"detail": "This address is only read: GET."}, status=405, headers={"Allow": "GET, HEAD"})

    return wrapped


def _v1() -> tuple[list[URLResolver | URLPattern], str, str]:
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.callback is not None:
            pattern.callback = _for_programs(pattern.callback)
    return patterns, app_name, namespace


urlpatterns = [
    path("v1/", _v1()),
    path("<path:rest>", errors.no_such_address, name="api_nothing"),
]
