"""Screens of the exchange: profiles, files that came in and went out, one file with its mistakes or its receipt."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.registry.access import May
from portal.registry.exchange import actions, forms
from portal.registry.forms import RegistryForm
from portal.registry.models import ExchangeKind, ExchangeProfile, ExchangeRun, Post, RunState
from portal.registry.posts import posts_that
from portal.registry.refusals import Refused
from portal.registry.screens import screen

PLACE = "registry:exchange"
TYPES = {
    "csv": "text/csv",
    "xml": "application/xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@posts_that(May.EXCHANGE)
@require_GET
def exchange(request: HttpRequest, post: Post) -> HttpResponse:
    """The profiles, a file to take in or give out, and what was exchanged."""
    return _exchange(request, post)


@posts_that(May.EXCHANGE)
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, post: Post, kind: str, pk: int | None = None) -> HttpResponse:
    """Make a profile, or the next version of one."""
    if kind not in ExchangeKind.values:
        raise Http404
    before = get_object_or_404(ExchangeProfile, pk=pk, kind=kind, is_latest=True) if pk else None
    form = forms.ProfileForm(request.POST or None, kind=kind, profile=before)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_profile(before, form.facts(), by=post)
            return redirect(PLACE)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "before": before, "kind": ExchangeKind(kind).label}
    return screen(request, post, "registry/exchange_profile.html", context, place=PLACE)


@posts_that(May.EXCHANGE)
@require_POST
def take(request: HttpRequest, post: Post) -> HttpResponse:
    """Take a file and check it."""
    form = forms.TakeForm(request.POST, request.FILES, prefix="take")
    if form.is_valid():
        try:
            run = actions.check(form.cleaned_data["profile"], form.cleaned_data["file"], by=post)
            return redirect("registry:exchange_run", run.pk)
        except Refused as refused:
            form.refuse(refused)
    return _exchange(request, post, take=form)


@posts_that(May.EXCHANGE)
@require_POST
def give(request: HttpRequest, post: Post) -> HttpResponse:
    """Give a file out; it is on record with its hash."""
    form = forms.GiveForm(request.POST, prefix="give")
    if form.is_valid():
        data = form.cleaned_data
        try:
            content, run = actions.give_out(
                data["profile"], first=data["first"], last=data["last"], reason=data["reason"], by=post
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            answer = HttpResponse(content, content_type=TYPES[data["profile"].format])
            answer["Content-Disposition"] = f'attachment; filename="{run.file_name}"'
            return answer
    return _exchange(request, post, give=form)


@posts_that(May.EXCHANGE)
@require_GET
def run(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """One file: how far it is, its mistakes by row, or its receipt."""
    found = get_object_or_404(_runs(post), pk=pk)
    context = {
        "run": found,
        "is_busy": found.state in (RunState.WAITING, RunState.LOADING),
        "is_ready": found.state == RunState.CHECKED and bool(found.kept_name),
        "rows_read": actions.progress(found),
        "mistakes": [
            (one["line"], one["column"], Refused(one["why"], **one["facts"]).sentence) for one in found.mistakes
        ],
        "more": found.counts.get("wrong", 0) - len(found.mistakes),
    }
    return screen(request, post, "registry/exchange_run.html", context, place=PLACE)


@posts_that(May.EXCHANGE)
@require_POST
def load(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Load what was checked."""
    found = get_object_or_404(_runs(post), pk=pk)
    try:
        actions.load(found, by=post)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("registry:exchange_run", pk)


def _runs(post: Post) -> Any:
    known = ExchangeRun.objects.select_related("profile", "by")
    return known.filter(department=post.department) if post.department else known


def _exchange(
    request: HttpRequest, post: Post, *, take: RegistryForm | None = None, give: RegistryForm | None = None
) -> HttpResponse:
    context = {
        "profiles": ExchangeProfile.objects.filter(is_latest=True),
        "kinds": ExchangeKind.choices,
        "runs": _runs(post)[:50],
        "take": take or forms.TakeForm(prefix="take"),
        "give": give or forms.GiveForm(prefix="give"),
        "tried": [form for form in (take, give) if form is not None and form.errors],
    }
    return screen(request, post, "registry/exchange.html", context, place=PLACE)
