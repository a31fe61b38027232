"""Pages for what went wrong: in the reader's language, with what to do next."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import activate, get_language, get_language_from_request

from portal.core.throttling import TooMany

PROBLEM = "application/problem+json"


def _in_readers_language(request: HttpRequest) -> None:
    code = request.path[1:3] if request.path[3:4] == "/" else ""
    activate(code if code in {"lt", "ru", "en", "uk"} else get_language_from_request(request))


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """What went wrong, for a program (RFC 9457). Any site's page may read it."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    response = JsonResponse(said, status=status, content_type=PROBLEM)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _for_machines(request: HttpRequest, status: int, detail: str) -> HttpResponse | None:
    """The API answers in JSON, also when something is wrong; a person's page: None."""
    return problem(status, detail) if request.path.startswith("/api/") else None


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400. The address itself may be what is wrong (a foreign host), so the page needs nothing of the request."""
    return _for_machines(request, 400, "This request cannot be understood.") or _alone(request, "errors/400.html", 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    for_machines = _for_machines(request, 404, "There is nothing at this address.")
    if for_machines is not None:
        return for_machines
    _in_readers_language(request)
    return render(request, "errors/404.html", {"asked": _words_of(request.path)}, status=404)


def no_such_address(request: HttpRequest, rest: str = "") -> HttpResponse:
    """The end of a part of the house that has its own addresses: nothing below is looked for elsewhere."""
    return not_found(request)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    _in_readers_language(request)
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return forbidden(request)


def too_many(request: HttpRequest, trouble: TooMany) -> HttpResponse:
    """429; `trouble.seconds` until trying again makes sense."""
    _in_readers_language(request)
    response = _for_machines(request, 429, f"Too many requests: try again in {trouble.seconds} s.") or render(
        request, "errors/429.html", {"minutes": max(1, -(-trouble.seconds // 60))}, status=429
    )
    response["Retry-After"] = str(trouble.seconds)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500. Rendered without the request's context: whatever broke may break there again."""
    return _for_machines(request, 500, "Something broke on our side.") or _alone(request, "errors/500.html", 500)


def _alone(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page that needs neither the database nor the request's context."""
    _in_readers_language(request)
    home = f"/{get_language()}/"
    return HttpResponse(loader.get_template(template).render({"home": home}), status=status)


def _words_of(path: str) -> str:
    """The last part of an address as words, for the search box of the 404 page."""
    return path.rstrip("/").rpartition("/")[2].replace("-", " ")[:80]
