"""Screens of what is due: the list with its tasks, the calendar's secret address, the letters of a month."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core import audit, clock, uploads
from portal.registry.access import May, may
from portal.registry.models import LetterRun, Post
from portal.registry.months.prices import next_month
from portal.registry.months.selectors import departments
from portal.registry.papers.actions import NoConverter, as_pdf, converter
from portal.registry.posts import posts_only, posts_that
from portal.registry.programmes.forms import colleagues
from portal.registry.refusals import Refused
from portal.registry.reports import calendar, tasks
from portal.registry.reports import letters as writing
from portal.registry.reports.due import due, grouped
from portal.registry.reports.views import asked_user
from portal.registry.screens import screen

PLACE = "registry:due"
MONTHS = 4


@posts_only
@require_GET
def due_list(request: HttpRequest, post: Post) -> HttpResponse:
    """What ends or must be repeated soon: one's own people for a worker, all or one worker's for the others."""
    return _listed(request, post)


@posts_that(May.WRITE)
@require_POST
def task(request: HttpRequest, post: Post, deed: str) -> HttpResponse:
    """Take something that is due, give it back, or say what came of it."""
    of = request.POST.get("of", "")
    one = tasks.find(post, request.POST.get("kind", ""), int(of) if of.isdecimal() else 0)
    if one is None:
        messages.error(request, Refused("not_due").sentence)
        return redirect(PLACE)
    try:
        if deed == "take":
            tasks.take(one, by=post)
        elif deed == "back":
            tasks.give_back(one, by=post)
        else:
            tasks.done(one, note=request.POST.get("note", ""), by=post)
        messages.success(request, _("It is written down."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(PLACE)


@posts_only
@require_POST
def calendar_address(request: HttpRequest, post: Post) -> HttpResponse:
    """Give this post a new calendar address, shown once."""
    address = reverse("registry:calendar", args=[calendar.give_address(post)])
    return _listed(request, post, address=f"{settings.SITE_URL}{address}")


@require_GET
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What is due, for whoever knows the address: a worker's own people, all for who sees all."""
    post = calendar.holder(secret)
    if post is None:
        raise Http404
    with override(request.LANGUAGE_CODE):
        found = due(post, worker=None if may(post, May.REPORT) else post.user_id)
        content = calendar.calendar(one for one in found if one.task is None or one.task.done_at is None)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@posts_that(May.REPORT)
@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, post: Post) -> HttpResponse:
    """The letters of a month in one document, and those that were made."""
    known = departments(post)
    refused: Refused | None = None
    if request.method == "POST":
        if not may(post, May.PLAN):
            raise Http404
        try:
            run = writing.make(_one_of(request, known), _month(request.POST.get("first", "")), by=post)
            messages.success(request, _("The letters are made: %(count)s.") % {"count": run.letters})
            return redirect("registry:letters")
        except Refused as wrong:
            refused = wrong
    runs = LetterRun.objects.filter(department__in=known).select_related("made_by")[:20]
    context = {
        "departments": known,
        "months": _months(),
        "runs": runs,
        "may_make": may(post, May.PLAN),
        "converter": converter(),
        "refused": refused,
    }
    return screen(request, post, "registry/letters.html", context, place=PLACE)


@posts_that(May.REPORT)
@require_GET
def letter_run(request: HttpRequest, post: Post, pk: int, form: str) -> Any:
    """One month's letters; who took them is on record."""
    run = get_object_or_404(LetterRun, pk=pk, department__in=departments(post))
    audit.record("registry.letters_opened", run, by=post.user)
    if form == "docx":
        return uploads.hand_out(run.kept_name, shown_name=f"letters-{run}.docx")
    try:
        return uploads.hand_out_content(as_pdf(run.kept_name), shown_name=f"letters-{run}.pdf")
    except NoConverter:
        messages.error(request, _("PDF cannot be made on this server: LibreOffice is not installed. Take the DOCX."))
        return redirect("registry:letters")


def _listed(request: HttpRequest, post: Post, *, address: str = "") -> HttpResponse:
    user = asked_user(request, post)
    sees_all = may(post, May.REPORT)
    known = departments(post) if sees_all else []
    department = request.GET.get("department", "")
    found = due(post, worker=user.pk if user else None, department=department if department in known else "")
    context = {
        "groups": grouped(found),
        "count": len(found),
        "colleagues": [one.user for one in colleagues(post.department)] if sees_all else [],
        "departments": known,
        "department": department,
        "worker": user.pk if user else None,
        "mine": post.user_id,
        "may_take": may(post, May.WRITE),
        "address": address,
    }
    return screen(request, post, "registry/due.html", context, place=PLACE)


def _one_of(request: HttpRequest, known: list[str]) -> str:
    department = request.POST.get("department", "")
    if department not in known:
        raise Http404
    return department


def _month(said: str) -> dt.date:
    for month in _months():
        if f"{month:%Y-%m}" == said:
            return month
    raise Http404


def _months() -> list[dt.date]:
    """This month and the next ones."""
    found = [clock.today().replace(day=1)]
    while len(found) < MONTHS:
        found.append(next_month(found[-1]))
    return found
