"""Pages for what went wrong: in the reader's language, with what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import activate, get_language_from_request

from portal.core.throttling import TooMany


def _in_readers_language(request: HttpRequest) -> None:
    code = request.path[1:3] if request.path[3:4] == "/" else ""
    activate(code if code in {"lt", "ru", "en", "uk"} else get_language_from_request(request))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    _in_readers_language(request)
    return render(request, "errors/404.html", {"asked": _words_of(request.path)}, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    _in_readers_language(request)
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return forbidden(request)


def too_many(request: HttpRequest, trouble: TooMany) -> HttpResponse:
    """429; `trouble.seconds` until trying again makes sense."""
    response = render(request, "errors/429.html", {"minutes": -(-trouble.seconds // 60)}, status=429)
    response["Retry-After"] = str(trouble.seconds)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500. Rendered without the request's context: whatever broke may break there again."""
    _in_readers_language(request)
    return HttpResponse(loader.get_template("errors/500.html").render({}), status=500)


def _words_of(path: str) -> str:
    """The last part of an address as words, for the search box of the 404 page."""
    return path.rstrip("/").rpartition("/")[2].replace("-", " ")[:80]
