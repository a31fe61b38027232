"""The day's page, and the one place visits are sent to – from the page, or from a queue."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.core import clock
from portal.core.models import User
from portal.registry import access
from portal.registry.access import May, may
from portal.registry.models import Outcome, Post, Visit
from portal.registry.posts import posts_only
from portal.registry.programmes.forms import colleagues
from portal.registry.refusals import Refused
from portal.registry.screens import screen
from portal.registry.visits import actions, sending
from portal.registry.visits.day import work_day

PLACE = "registry:today"
DAY = dt.timedelta(days=1)
STATUS = {"another_visit_has_this_id": 409}
REFUSED = 422


@posts_only
@require_GET
def today(request: HttpRequest, post: Post) -> HttpResponse:
    """Whom a worker visits on a day; the worker's own, or a colleague's for who writes visits down for others."""
    _may_write(post)
    try:
        worker = _worker(request.GET.get("worker", ""), post)
    except Refused as refused:
        raise PermissionDenied from refused
    return _day(request, post, worker, _day_of(request.GET.get("day", "")))


@posts_only
@require_POST
def send(request: HttpRequest, post: Post) -> HttpResponse:
    """Write a visit down. A program (`Accept: application/json`) gets 201 kept, 200 known, 409 or 422."""
    _may_write(post)
    try:
        worker = _worker(request.POST.get("worker", ""), post)
        kept = actions.record(sending.read(request.POST), worker=worker, by=post)
    except Refused as refused:
        return _refused(request, post, refused)
    if _is_program(request):
        state = "kept" if kept.is_new else "known"
        said = {"state": state, "visit": kept.visit.pk, "client_id": str(kept.visit.client_id)}
        return JsonResponse(said, status=201 if kept.is_new else 200)
    messages.success(request, _("The visit is written down."))
    return _back(kept.visit.day, kept.visit.worker, post)


@posts_only
@require_POST
def strike(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Strike a visit out, with a reason."""
    _may_write(post)
    visit = get_object_or_404(Visit, pk=pk, recipient__in=access.people(post).values("pk"))
    try:
        actions.strike(visit, reason=request.POST.get("reason", ""), by=post)
        messages.success(request, _("The visit is struck out."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return _back(visit.day, visit.worker, post)


def _may_write(post: Post) -> None:
    if not (may(post, May.VISIT) or may(post, May.VISIT_FOR_OTHERS)):
        raise PermissionDenied


def _worker(said: str, post: Post) -> User:
    """The colleague who is named, for who may write for others; else oneself."""
    if not said.isdecimal() or int(said) == post.user_id:
        return post.user
    named = colleagues(post.department).filter(user_id=int(said)).first()
    if named is None:
        raise Refused("not_your_visit", field="worker")
    return User.objects.get(pk=named.user_id)


def _day_of(said: str) -> dt.date:
    try:
        return min(dt.date.fromisoformat(said), clock.today()) if said else clock.today()
    except ValueError:
        return clock.today()


def _refused(request: HttpRequest, post: Post, refused: Refused) -> HttpResponse:
    if _is_program(request):
        said = {"state": "refused", "why": refused.why, "field": refused.field, "message": refused.sentence}
        return JsonResponse(said, status=STATUS.get(refused.why, REFUSED))
    worker = post.user if refused.why == "not_your_visit" else _worker(request.POST.get("worker", ""), post)
    day = _day_of(request.POST.get("day", ""))
    return _day(request, post, worker, day, refused=refused, status=REFUSED)


def _day(
    request: HttpRequest, post: Post, worker: User, day: dt.date, *, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    if worker.pk != post.user_id and not may(post, May.VISIT_FOR_OTHERS):
        raise PermissionDenied
    found = work_day(worker, day, post)
    for_others = may(post, May.VISIT_FOR_OTHERS)
    context: dict[str, Any] = {
        "work": found,
        "before": day - DAY,
        "after": day + DAY if day < clock.today() else None,
        "may_go_out": may(post, May.VISIT),
        "is_today": day == clock.today(),
        "outcomes": Outcome.choices,
        "colleagues": [one.user for one in colleagues(post.department)] if for_others else [],
        "refused": refused,
        "typed": request.POST if refused else {},
        "ticked": request.POST.getlist("service") if refused else [],
        "tried": request.POST.get("recipient", "") if refused else "",
    }
    response = screen(request, post, "registry/today.html", context, place=PLACE)
    response.status_code = status
    return response


def _back(day: dt.date, worker: User, post: Post) -> HttpResponse:
    query = {"day": day.isoformat()} | ({"worker": worker.pk} if worker.pk != post.user_id else {})
    return HttpResponseRedirect(f"{reverse(PLACE)}?{urlencode(query)}")


def _is_program(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
