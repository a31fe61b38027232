"""How every address for programs answers: only read, not too often, open to any page, known again by its ETag."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from portal.core.errors import problem
from portal.core.throttling import Limit, network

View = Callable[..., HttpResponseBase]
SECONDS = 60
BRAKE = Limit("api", times=300, seconds=SECONDS)
JSON = "application/json"
ALLOWED = "GET, HEAD, OPTIONS"
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
}
_ASKED_BEFORE = {
    "Allow": ALLOWED,
    "Access-Control-Allow-Methods": ALLOWED,
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


def for_programs(view: View, *, gives: tuple[str, ...] = (JSON,)) -> View:
    """The view with all that holds for every address; `gives`: the types of its answers."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        BRAKE.check(network(request))
        refused = _refused(request, gives)
        if refused is not None:
            return _opened(refused)
        request.method = "GET"  # HEAD is answered like it; the server leaves the body out
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and isinstance(response, HttpResponse):
            response = _known_again(request, response)
        return _opened(response)

    return wrapped


def _refused(request: HttpRequest, gives: tuple[str, ...]) -> HttpResponse | None:
    """What needs no view: a question before the question, a wrong verb, a type we do not have."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=_ASKED_BEFORE)
    if request.method not in {"GET", "HEAD"}:
        response = problem(405, "This address is only read: GET or HEAD.")
        response["Allow"] = ALLOWED
        return response
    if not any(request.accepts(kind) for kind in gives):
        return problem(406, f"This address answers with {' or '.join(gives)}.")
    return None


def _known_again(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """With an ETag over the whole answer; 304 for whoever has this very answer."""
    if "ETag" not in response:
        response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    if "Cache-Control" not in response:
        response["Cache-Control"] = f"public, max-age={SECONDS}"
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _opened(response: HttpResponseBase) -> HttpResponseBase:
    for name, value in _OPEN.items():
        response[name] = value
    return response
