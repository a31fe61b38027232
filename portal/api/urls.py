"""Addresses for programs. Whatever goes wrong is said in JSON."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from portal.api.answering import JSON, for_programs
from portal.api.routes.files import GIVES
from portal.api.v1 import api
from portal.core import errors


def _v1() -> tuple[list[URLResolver | URLPattern], str, str]:
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.callback is not None:
            gives = GIVES.get(pattern.name or "", (JSON,))
            pattern.callback = for_programs(pattern.callback, gives=gives)
    return patterns, app_name, namespace


urlpatterns = [
    path("v1/", _v1()),
    path("<path:rest>", errors.no_such_address, name="api_nothing"),
]
