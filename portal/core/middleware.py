"""What every answer carries according to whose it is, and the one answer to too many tries."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.core import errors
from portal.core.throttling import TooMany


class BrakesMiddleware:
    """Whichever view's brake said "too many", the answer is one page (or JSON) that says when to try again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return errors.too_many(request, exception) if isinstance(exception, TooMany) else None


class PersonalPagesMiddleware:
    """What is not marked as public content is personal: no cache on the way keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not getattr(response, "_public_page", False) and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response
