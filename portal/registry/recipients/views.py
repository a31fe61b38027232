"""Screens about recipients: finding, writing down, one person's record, identifiers with a reason, merging."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core.text_keys import name_key, phone_key
from portal.registry import access
from portal.registry.access import May
from portal.registry.law import looks, reasons
from portal.registry.law.keeping import GONE
from portal.registry.law.views import asked_why
from portal.registry.models import Post, Recipient
from portal.registry.models.people import code_index
from portal.registry.posts import posts_only, posts_that
from portal.registry.recipients import actions, forms
from portal.registry.recipients.alike import Alike, Typed, alike
from portal.registry.recipients.record import ADDERS, record_of
from portal.registry.refusals import Refused
from portal.registry.screens import screen

PLACE = "registry:recipients"
PAGE = 40
CODE = 8


@posts_only
@require_http_methods(["GET", "POST"])
def recipients(request: HttpRequest, post: Post) -> HttpResponse:
    """Everybody within reach, or whom the typed words find. What is typed is sent in the body: it may be a code."""
    words = request.POST.get("words", "").strip()[:120]
    known = access.people(post).exclude(name=GONE)
    found = _named(known, words) if words else known.order_by("-pk")
    shown = list(found.select_related("worker__user")[: PAGE + 1])
    more = len(shown) > PAGE
    context = {"people": shown[:PAGE], "is_more": more, "words": words, "count": len(shown)}
    context["may_write"] = access.may(post, May.WRITE)
    return screen(request, post, "registry/recipients.html", context, place=PLACE)


@posts_that(May.WRITE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, post: Post) -> HttpResponse:
    """Write a person down – after a look at those who may be the same."""
    form = forms.RecipientForm(request.POST or None, post=post)
    found: list[Alike] = []
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        found = alike(_typed(request.POST), post)
        if not found or "all_the_same" in request.POST:
            try:
                person = actions.write_down(form.facts(), code=code, by=post)
                looks.note(person, reasons.WRITTEN, by=post)
                return redirect("registry:recipient", person.pk)
            except Refused as refused:
                form.refuse(refused)
    return screen(request, post, "registry/recipient_form.html", {"form": form, "alike": found}, place=PLACE)


@posts_that(May.WRITE)
@require_POST
def look_alike(request: HttpRequest, post: Post) -> HttpResponse:
    """A piece of page for the script: who may be the person that is being typed."""
    return render(request, "registry/alike.html", {"alike": alike(_typed(request.POST), post)})


@posts_only
@require_GET
def recipient(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """One person's record."""
    return _record(request, post, _person(post, pk))


@posts_that(May.WRITE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Change who the person is and how to reach them."""
    person = _person(post, pk)
    asked = asked_why(request, post, person)
    if asked is not None:
        return asked
    form = forms.RecipientForm(request.POST or None, post=post, recipient=person)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(person, form.facts(), code=form.cleaned_data["code"], by=post)
            return redirect("registry:recipient", pk)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "person": person}
    return screen(request, post, "registry/recipient_form.html", context, place=PLACE)


@posts_that(May.WRITE)
@require_POST
def add(request: HttpRequest, post: Post, pk: int, what: str) -> HttpResponse:
    """Add an income, a member of the household, a document or a representative."""
    person = _person(post, pk)
    adder = ADDERS[what]
    form = adder.form(request.POST, prefix=what)
    if form.is_valid():
        try:
            adder.add(person, form.cleaned_data, post)
            return redirect("registry:recipient", pk)
        except Refused as refused:
            form.refuse(refused)
    return _record(request, post, person, tried={what: form})


@posts_that(May.REVEAL)
@require_POST
def reveal(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """The identifiers in full, once, for a reason that goes on record."""
    person = _person(post, pk)
    form = forms.ReasonForm(request.POST, prefix="reveal")
    if not form.is_valid():
        return _record(request, post, person, tried={"reveal": form})
    try:
        seen = actions.reveal(person, by=post, reason=form.cleaned_data["reason"])
    except Refused as refused:
        form.refuse(refused)
        return _record(request, post, person, tried={"reveal": form})
    return _record(request, post, person, seen=seen)


@posts_that(May.MERGE)
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, post: Post, pk: int, other: int) -> HttpResponse:
    """Two records side by side, and the deed that makes one of them."""
    kept, gone = _person(post, pk), _person(post, other)
    for one in (kept, gone):
        looks.note(one, reasons.WRITTEN, by=post)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.merge(kept, gone, by=post, reason=form.cleaned_data["reason"])
            messages.success(request, _("The two records are one now."))
            return redirect("registry:recipient", pk)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "kept": kept, "gone": gone}
    return screen(request, post, "registry/merge.html", context, place=PLACE)


def _person(post: Post, pk: int) -> Recipient:
    return get_object_or_404(access.people(post).select_related("worker__user"), pk=pk)


def _record(
    request: HttpRequest,
    post: Post,
    person: Recipient,
    *,
    tried: dict[str, Any] | None = None,
    seen: dict[str, Any] | None = None,
) -> HttpResponse:
    if not access.may(post, May.READ):
        raise PermissionDenied
    asked = asked_why(request, post, person)
    if asked is not None:
        return asked
    actions.opened(person, by=post)
    context = record_of(person, post, tried=tried or {}, seen=seen)
    return screen(request, post, "registry/recipient.html", context, place=PLACE)


def _typed(sent: QueryDict) -> Typed:
    try:
        born = parse_date(sent.get("birth_date", ""))
    except ValueError:
        born = None
    return Typed(sent.get("name", "")[:120], sent.get("code", "")[:20], sent.get("phone", "")[:40], born)


def _named(people: QuerySet[Recipient], words: str) -> QuerySet[Recipient]:
    """Whom these words may mean: a personal code, a phone, or parts of a name in any order and alphabet."""
    digits = "".join(sign for sign in words if sign.isdigit())
    ways = Q(code_index=code_index(words)) if len(digits) >= CODE else Q(pk__in=())
    if phone_key(words):
        ways |= Q(phone_key=phone_key(words))
    parts = name_key(words).split()
    if parts:
        named = Q()
        for part in parts:
            named &= Q(name_key__contains=part)
        ways |= named
    return people.filter(ways).order_by("name_key", "pk")
