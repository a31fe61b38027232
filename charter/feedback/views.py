"""Doors for what residents say on public pages: no cookie, no token, so they ask where a form comes from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from charter.feedback import actions, votes
from portal.core.errors import too_many
from portal.core.languages import current
from portal.core.origin import same_site_only
from portal.core.throttling import Limit, TooMany, network

VOTES = Limit("votes", times=60, seconds=60 * 60)
PART = "X-Part"


@same_site_only
def vote(request: HttpRequest) -> HttpResponse:
    """Keep a vote; then ask once, without duty, what was missing. Anything else leads to the first page."""
    posted = votes.read(request) if request.method == "POST" else None
    if posted is None:
        return HttpResponseRedirect(reverse("pages:home"))
    try:
        VOTES.check(network(request))
    except TooMany as trouble:
        return too_many(request, trouble)
    actions.vote(
        page_kind=posted.page_kind,
        page_code=posted.page_code,
        language=current(),
        is_useful=posted.is_useful,
        key=posted.key,
        text=posted.text,
    )
    back = _back(request)
    if posted.is_explained and not request.headers.get(PART):
        return HttpResponseRedirect(f"{reverse('feedback:thanks')}?back={back}")
    template = "feedback/_thanks.html" if request.headers.get(PART) else "feedback/thanks.html"
    asks = not posted.is_useful and not posted.is_explained
    return render(request, template, {"page": request.POST["page"], "back": back, "asks": asks})


@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """After the words were sent: a page that may be loaded again without sending them twice."""
    context = {"back": _back(request), "asks": False, "is_rated": "rated" in request.GET}
    return render(request, "feedback/thanks.html", context)


def _back(request: HttpRequest) -> str:
    """The page the reader came from, when it is one of ours."""
    back = request.POST.get("back") or request.GET.get("back") or ""
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return reverse("pages:home")
