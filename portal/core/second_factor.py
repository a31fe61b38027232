"""The second factor of staff: where it is required, nobody works before they have set one up."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal.core.models import User

REQUIRED = "required"
OPEN_TO_ALL = ("/account/", "/static/", "/health/")  # where it is set up, and what that page needs


def is_missing(user: User | AnonymousUser) -> bool:
    """Whether somebody signed in may not work yet. Who has a factor was asked for it when signing in."""
    return settings.STAFF_MFA == REQUIRED and isinstance(user, User) and not is_mfa_enabled(user)


class SecondFactorMiddleware:
    """Leads whoever signed in without a second factor to setting one up. Visitors without a session cost nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and not request.path_info.startswith(OPEN_TO_ALL) and is_missing(request.user):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)
