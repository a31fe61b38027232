"""Screens about programmes: drafting, one programme, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core import clock
from portal.registry import access
from portal.registry.access import May, may
from portal.registry.forms import RegistryForm
from portal.registry.law import looks, reasons
from portal.registry.models import Post, Produced, Programme
from portal.registry.papers.actions import converter
from portal.registry.posts import posts_only, posts_that
from portal.registry.programmes import actions, forms
from portal.registry.refusals import Refused
from portal.registry.screens import screen

PLACE = "registry:recipients"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done with a signed programme, and its form."""

    form: type[RegistryForm]
    do: Callable[[Programme, dict[str, Any], Post], Any]


DEEDS: dict[str, Deed] = {
    "suspend": Deed(forms.PauseForm, lambda it, data, post: actions.suspend(it, **data, by=post)),
    "resume": Deed(forms.ResumeForm, lambda it, data, post: actions.resume(it, **data, by=post)),
    "end": Deed(forms.EndForm, lambda it, data, post: actions.end(it, **data, by=post)),
    "sign": Deed(RegistryForm, lambda it, data, post: actions.sign(it, by=post)),
}


@posts_that(May.PLAN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Draft a person's programme."""
    person = get_object_or_404(access.people(post), pk=pk)
    looks.note(person, reasons.CARE, by=post)
    form = forms.ProgrammeForm(request.POST or None, post=post, recipient=person)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft(person, form.plan(), case=form.chosen_case(), by=post)
            return redirect("registry:programme", made.pk)
        except Refused as refused:
            form.refuse(refused)
    return screen(request, post, "registry/programme_form.html", {"form": form, "person": person}, place=PLACE)


@posts_that(May.PLAN)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Change a draft, or draft the next version of what is in force."""
    found = _programme(post, pk)
    form = forms.ProgrammeForm(request.POST or None, post=post, recipient=found.recipient, programme=found)
    if request.method == "POST" and form.is_valid():
        try:
            if found.is_draft:
                made = actions.rewrite(found, form.plan(), by=post)
            else:
                made = actions.change(found, form.plan(), why=form.cleaned_data["why"], by=post)
            return redirect("registry:programme", made.pk)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "person": found.recipient, "programme": found}
    return screen(request, post, "registry/programme_form.html", context, place=PLACE)


@posts_only
@require_GET
def programme(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """One programme with its versions and pauses."""
    return _shown(request, post, _programme(post, pk))


@posts_that(May.SIGN)
@require_POST
def act(request: HttpRequest, post: Post, pk: int, deed: str) -> HttpResponse:
    """Sign, suspend, resume or end a programme."""
    found, known = _programme(post, pk), DEEDS[deed]
    form = known.form(request.POST, prefix=deed)
    if form.is_valid():
        try:
            known.do(found, form.cleaned_data, post)
            messages.success(request, _("Done. The programme shows it below."))
            return redirect("registry:programme", pk)
        except Refused as refused:
            form.refuse(refused)
    return _shown(request, post, found, tried={deed: form})


def _shown(
    request: HttpRequest, post: Post, found: Programme, tried: dict[str, RegistryForm] | None = None
) -> HttpResponse:
    tried = tried or {}
    pauses = list(found.suspensions.all())
    stands = any(pause.until is None for pause in pauses)
    names = ["sign"] if found.is_draft else (["resume"] if stands else ["suspend"]) + ["end"]
    may_sign = may(post, May.SIGN) and found.state != "ended"
    context = {
        "programme": found,
        "person": found.recipient,
        "lines": list(found.lines.select_related("service")),
        "pauses": pauses,
        "versions": _within(post).filter(number=found.number).order_by("version"),
        "weekdays": [label for code, label in forms.WEEKDAYS if code in found.weekdays],
        "forms": {name: tried.get(name) or DEEDS[name].form(prefix=name) for name in names} if may_sign else {},
        "tried": [form for form in tried.values() if form.errors],
        "may_plan": may(post, May.PLAN) and found.state != "ended",
        "produced": Produced.objects.filter(programme=found).select_related("template"),
        "converter": converter(),
        "may_produce": may(post, May.PLAN),
        "is_running": found.is_running(clock.today()),
    }
    return screen(request, post, "registry/programme.html", context, place=PLACE)


def _within(post: Post) -> QuerySet[Programme]:
    return Programme.objects.filter(recipient__in=access.people(post).values("pk"))


def _programme(post: Post, pk: int) -> Programme:
    related = ("recipient", "case", "rule", "worker__user", "signed_by", "drafted_by")
    return get_object_or_404(_within(post).select_related(*related), pk=pk)
