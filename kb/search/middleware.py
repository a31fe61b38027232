"""Before the page cache: how a reader came is remembered there, for a kept page never reaches its view."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kb.search import log


class OpenedMiddleware:
    """Notes results that were opened from a list of results."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and "from=" in request.META.get("QUERY_STRING", ""):
            log.opened(request)
        return self.get_response(request)
