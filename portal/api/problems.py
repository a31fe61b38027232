"""What is said to a program whose request could not be answered."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from portal.core.errors import problem


def register(api: NinjaAPI) -> None:
    """Every problem in one form. What nobody expected goes on to Django, which logs it and says 500."""
    api.add_exception_handler(Http404, _missing)
    api.add_exception_handler(ValidationError, _unfit)
    api.add_exception_handler(HttpError, _said)
    api.add_exception_handler(Exception, _unexpected)


def _missing(request: HttpRequest, trouble: Any) -> HttpResponse:
    return problem(404, "There is nothing at this address.")


def _unfit(request: HttpRequest, trouble: Any) -> HttpResponse:
    errors = [{"parameter": _name(error), "detail": str(error.get("msg", ""))} for error in trouble.errors]
    return problem(422, "; ".join(f"{error['parameter']}: {error['detail']}" for error in errors), errors=errors)


def _said(request: HttpRequest, trouble: Any) -> HttpResponse:
    return problem(trouble.status_code, str(trouble))


def _unexpected(request: HttpRequest, trouble: Any) -> HttpResponse:
    raise trouble


def _name(error: dict[str, Any]) -> str:
    """The parameter an error speaks of."""
    parts = [str(part) for part in error.get("loc", ()) if part not in {"query", "path", "asked"}]
    return ".".join(parts) or "request"
