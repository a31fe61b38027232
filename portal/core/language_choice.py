"""A language for pages whose address has none (sign-in): kept in a cookie, set only when somebody chooses."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from portal.core.languages import current

YEAR = 365 * 24 * 60 * 60


def choose(request: HttpRequest) -> HttpResponse:
    """Remember the language of this address and go back to the page it was chosen on."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, current(), max_age=YEAR, samesite="Lax", httponly=True, secure=settings.HTTPS
    )
    return response
