"""Signing in at the identity provider, the list of one's cases, signing out."""

from __future__ import annotations

import hmac
import logging
import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.cases import access
from portal.cases.signin import provider, selectors, session
from portal.cases.signin.provider import NotProven, ProviderAway, TooWeak
from portal.core import audit
from portal.core.languages import current
from portal.core.origin import same_site_only

logger = logging.getLogger(__name__)


@require_GET
def start(request: HttpRequest) -> HttpResponseBase:
    """Send the browser to the provider. A link, not a form: nothing is changed, and no other site is posted to."""
    if not provider.is_set():
        raise Http404
    attempt = session.Attempt.new()
    try:
        place = provider.address(
            state=attempt.state,
            nonce=attempt.nonce,
            verifier=attempt.verifier,
            back=_address("cases:signed_in"),
            language=current(),
        )
    except ProviderAway as away:
        logger.warning("sign-in: the provider is away (%s)", away)
        return _failed(request, _away())
    return session.remember(redirect(place), attempt)


def _address(name: str) -> str:
    return f"{settings.SITE_URL}{reverse(name)}"


@require_GET
def back(request: HttpRequest) -> HttpResponseBase:
    """The browser comes back from the provider."""
    if not provider.is_set():
        raise Http404
    attempt = session.attempt_of(request)
    if attempt is None:
        return _failed(request, _("Signing in took too long. Please begin again."), status=400)
    if not hmac.compare_digest(request.GET.get("state", "").encode(), attempt.state.encode()):
        return _failed(request, _("This sign-in was not begun in this browser. Please begin again."), status=400)
    if "code" not in request.GET:
        return _failed(request, _("You did not sign in. Nothing has happened; you can try again."))
    try:
        code = request.GET["code"][:2000]
        who = provider.identify(code, nonce=attempt.nonce, verifier=attempt.verifier, back=_address("cases:signed_in"))
    except ProviderAway as away:
        logger.warning("sign-in: the provider is away (%s)", away)
        return _failed(request, _away())
    except NotProven as wrong:
        logger.error("sign-in: not proven (%s)", wrong)
        return _failed(request, _("We could not make sure that it is you. Please begin again."), status=400)
    except TooWeak:
        weak = _("This way of signing in does not prove enough who you are. Choose your bank or your identity card.")
        return _failed(request, weak, status=400)
    response = session.begin(redirect("cases:all"), who)
    return session.UNDER_WAY.forget(response)


def _away() -> str:
    return _("The sign-in service does not answer just now. Try again in a few minutes, or use your receipt.")


def _failed(request: HttpRequest, why: str, *, status: int = 200) -> HttpResponse:
    response = render(request, "cases/not_signed_in.html", {"why": why, "section": "cases:start"}, status=status)
    return session.UNDER_WAY.forget(response)


@require_GET
def all_cases(request: HttpRequest) -> HttpResponse:
    """All cases of who is signed in, and of those they help."""
    resident = session.resident_of(request)
    if resident is None:
        return redirect("cases:start")
    lines, is_fresh = selectors.cases_of(resident.person_link)
    context = {"resident": resident, "lines": lines, "is_fresh": is_fresh, "section": "cases:start"}
    return render(request, "cases/all.html", context)


@same_site_only
@require_POST
def open_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open one of one's own cases, or of a person one helps. 404 for anybody else's."""
    resident = session.resident_of(request)
    if resident is None:
        return redirect("cases:start")
    held = access.of_resident(resident.person_link, public_id)
    audit.record("case.opened_signed_in", held.link, by=audit.RESIDENT, level=resident.level[:40])
    return access.GRANT.give(redirect("cases:case"), held.grant)


@same_site_only
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave: nothing of it stays in this browser, and the provider is asked to forget who it was.

    A page stands between, since no form may lead to another site; it goes on by itself.
    """
    state = secrets.token_urlsafe(24)
    place = provider.way_out(state=state, back=_address("cases:signed_out")) if session.resident_of(request) else ""
    response = _leave(request, place) if place else _finished()
    response["Clear-Site-Data"] = '"cache"'
    session.SESSION.forget(access.GRANT.forget(response))
    return session.LEAVING.give(response, state) if place else response


def _leave(request: HttpRequest, place: str) -> HttpResponse:
    response = render(request, "cases/leave.html", {"place": place, "section": "cases:start"})
    response["Refresh"] = f"0;url={place}"
    return response


def _finished() -> HttpResponse:
    response = redirect("cases:start")
    response["Location"] += "?finished"
    return response


@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """The browser comes back from the provider, where nobody is signed in any more."""
    state = session.LEAVING.held(request) or ""
    is_ours = bool(state) and hmac.compare_digest(request.GET.get("state", "").encode(), state.encode())
    return session.LEAVING.forget(_finished() if is_ours else redirect("cases:start"))
