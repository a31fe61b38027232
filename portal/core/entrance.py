"""`/`: to the reader's language by cookie, then by what the browser says it reads."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request


def enter(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ("Cookie", "Accept-Language"))
    return response
