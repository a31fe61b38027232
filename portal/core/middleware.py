"""Headers every answer carries according to whose it is."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PersonalPagesMiddleware:
    """What is not marked as public content is personal: no cache on the way keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not getattr(response, "_public_page", False) and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response
