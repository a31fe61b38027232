"""Screens of the months: preparing, closing, the register, one act and its corrections; tariffs."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.core import pdf
from portal.core.exports import as_xlsx
from portal.registry import access
from portal.registry.access import May, may
from portal.registry.models import Act, ActsJob, CareService, Month, Outcome, Post, Visit
from portal.registry.months import actions, selectors
from portal.registry.months.prices import next_month
from portal.registry.posts import posts_that
from portal.registry.programmes.forms import colleagues
from portal.registry.refusals import Refused
from portal.registry.screens import screen
from portal.registry.visits import sending

PLACE = "registry:months"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@posts_that(May.REPORT)
@require_GET
def months(request: HttpRequest, post: Post) -> HttpResponse:
    """The months of the department that are over, and how far each is."""
    known = selectors.departments(post)
    chosen = request.GET.get("department", "")
    department = chosen if chosen in known else (known[0] if known else post.department)
    context = {
        "departments": known,
        "department": department,
        "past": selectors.past(department),
        "may_prepare": may(post, May.PREPARE),
    }
    return screen(request, post, "registry/months.html", context, place=PLACE)


@posts_that(May.PREPARE)
@require_POST
def prepare(request: HttpRequest, post: Post) -> HttpResponse:
    """Count a month and write its acts down."""
    department = request.POST.get("department", "")
    if department not in selectors.departments(post):
        raise Http404
    try:
        first = dt.date.fromisoformat(f"{request.POST.get('first', '')[:7]}-01")
        return redirect("registry:month", actions.prepare(department, first, by=post).pk)
    except ValueError as wrong:
        messages.error(request, wrong.sentence if isinstance(wrong, Refused) else _("Choose a month."))
    return redirect(PLACE)


@posts_that(May.REPORT)
@require_GET
def month(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """The register of a month, or of one worker in it."""
    found = get_object_or_404(selectors.within(post), pk=pk)
    worker = worker_asked(request)
    acts = selectors.acts_of(found, worker=worker)
    context = {
        "month": found,
        "acts": acts,
        "totals": selectors.totals(acts),
        "workers": _workers(found),
        "worker": worker,
        "may_close": may(post, May.CLOSE) and found.prepared_by_id != post.user_id and not found.is_closed,
        "may_reopen": may(post, May.PREPARE) and not found.is_closed,
        "is_mine": found.prepared_by_id == post.user_id,
        "has_paper": pdf.is_possible(),
        "job": ActsJob.objects.filter(month=found).first(),
    }
    return screen(request, post, "registry/month.html", context, place=PLACE)


@posts_that(May.CLOSE)
@require_POST
def close(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Close a month that somebody else prepared."""
    found = get_object_or_404(selectors.within(post), pk=pk)
    try:
        actions.close(found, by=post)
        messages.success(request, _("The month is closed and its acts have their numbers."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("registry:month", pk)


@posts_that(May.PREPARE)
@require_POST
def reopen(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Throw prepared acts away, with a reason."""
    found = get_object_or_404(selectors.within(post), pk=pk)
    try:
        actions.reopen(found, by=post, reason=request.POST.get("reason", ""))
        messages.success(request, _("The month is open again. Its acts will be counted anew."))
        return redirect(PLACE)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("registry:month", pk)


@posts_that(May.REPORT)
@require_GET
def workbook(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """The register as XLSX."""
    found = get_object_or_404(selectors.within(post), pk=pk)
    rows = selectors.rows(selectors.acts_of(found, worker=worker_asked(request)))
    response = HttpResponse(as_xlsx(rows, list(rows[0]) if rows else [_("Number")]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="acts-{found}.xlsx"'
    return response


@posts_that(May.REPORT)
@require_GET
def act(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """One person's act with its versions, the visits behind it, and corrections where they may be made."""
    return _act(request, post, pk)


@posts_that(May.CLOSE)
@require_POST
def add(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Write a forgotten visit into a closed month."""
    found = _found(post, pk)
    try:
        named = request.POST.get("worker", "")
        colleague = colleagues(post.department).filter(user_id=int(named) if named.isdecimal() else 0).first()
        worker = colleague.user if colleague else post.user
        entry = sending.read(request.POST)
        fresh = actions.add_to_closed(entry, worker=worker, reason=request.POST.get("reason", ""), by=post)
        messages.success(request, _("The act is corrected; the one before is kept."))
        return redirect("registry:act_of_month", fresh.pk if fresh else found.pk)
    except Refused as refused:
        return _act(request, post, pk, refused=refused)


@posts_that(May.CLOSE)
@require_POST
def strike(request: HttpRequest, post: Post, pk: int, visit: int) -> HttpResponse:
    """Strike a visit of a closed month out."""
    found = _found(post, pk)
    wrong = get_object_or_404(Visit, pk=visit, recipient=found.recipient)
    try:
        fresh = actions.strike_in_closed(wrong, reason=request.POST.get("reason", ""), by=post)
        messages.success(request, _("The act is corrected; the one before is kept."))
        return redirect("registry:act_of_month", fresh.pk if fresh else found.pk)
    except Refused as refused:
        return _act(request, post, pk, refused=refused)


def _act(request: HttpRequest, post: Post, pk: int, *, refused: Refused | None = None) -> HttpResponse:
    found = _found(post, pk)
    first = found.month.first
    visits = Visit.objects.filter(
        recipient=found.recipient, department=found.month.department, day__gte=first, day__lt=next_month(first)
    )
    context = {
        "act": found,
        "lines": selectors.said_lines(found, selectors.service_names()),
        "versions": Act.objects.filter(month=found.month, recipient=found.recipient).order_by("version"),
        "visits": visits.select_related("worker"),
        "may_correct": may(post, May.CLOSE) and found.month.is_closed and found.is_latest,
        "services": CareService.objects.filter(is_live=True),
        "colleagues": [one.user for one in colleagues(found.month.department)],
        "outcomes": Outcome.choices,
        "client_id": uuid4(),
        "refused": refused,
        "typed": request.POST if refused else {},
    }
    return screen(request, post, "registry/act.html", context, place=PLACE)


def _found(post: Post, pk: int) -> Act:
    acts = Act.objects.filter(month__in=selectors.within(post), recipient__in=access.people(post).values("pk"))
    return get_object_or_404(acts.select_related("month", "recipient", "worker", "made_by"), pk=pk)


def worker_asked(request: HttpRequest) -> int | None:
    said = request.GET.get("worker", "")
    return int(said) if said.isdecimal() and len(said) < 12 else None


def _workers(found: Month) -> list[Any]:
    seen: dict[int, Any] = {}
    for one in found.acts.filter(is_latest=True, worker__isnull=False).select_related("worker"):
        if one.worker_id is not None:
            seen.setdefault(one.worker_id, one.worker)
    return sorted(seen.values(), key=str)
