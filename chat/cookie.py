"""The key to a conversation in the resident's browser: one cookie, gone with the browser.

One browser holds one conversation. On a library's computer the next person's first word replaces the key of the
one before; the receipt brings either of them back.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, parse_cookie
from django.http.response import HttpResponseBase

from chat import wire

Answer = TypeVar("Answer", bound=HttpResponseBase)


def name() -> str:
    """`__Host-` where the site has HTTPS: then no neighbour under the same domain can set it."""
    return "__Host-consultation" if settings.HTTPS else "consultation"


def token(request: HttpRequest) -> str:
    """What this browser holds; empty when nothing."""
    return request.COOKIES.get(name(), "")


def token_in(scope: dict[str, Any]) -> str:
    """The same, of a socket or long-poll that is being opened."""
    return parse_cookie(wire.header(scope, b"cookie")).get(name(), "")


def give(response: Answer, token: str) -> Answer:
    response.set_cookie(name(), token, httponly=True, secure=settings.HTTPS, samesite="Lax", path="/")
    return response


def forget(response: Answer) -> Answer:
    """The next person at this computer finds nothing."""
    response.delete_cookie(name(), path="/", samesite="Lax")
    if settings.HTTPS:  # a browser takes a `__Host-` cookie, also an empty one, only when it is secure
        response.cookies[name()]["secure"] = True
    return response
