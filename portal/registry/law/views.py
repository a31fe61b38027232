"""Screens of a person's rights: the purpose of opening, data given out, restriction, consent, erasure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from portal.core import clock, pdf
from portal.registry import access
from portal.registry.access import May
from portal.registry.forms import RegistryForm
from portal.registry.law import consents, erasing, exporting, forms, looks, restricting
from portal.registry.models import Erasure, Post, Recipient
from portal.registry.posts import posts_only, posts_that
from portal.registry.refusals import Refused
from portal.registry.screens import screen

PLACE = "registry:recipients"
ERASURES = "registry:erasures"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done about a person's rights: who may, the form, what is done, and what is said after it."""

    may: May
    form: type[RegistryForm]
    do: Callable[[Recipient, dict[str, Any], Post], Any]
    said: str


def _lift(person: Recipient, data: dict[str, Any], post: Post) -> None:
    restricting.lift(person, reason=data["reason"], by=post)


DEEDS: dict[str, Deed] = {
    "restrict": Deed(
        May.GUARD,
        forms.RestrictForm,
        lambda person, data, post: restricting.restrict(person, **data, by=post),
        "restricted",
    ),
    "lift": Deed(May.WATCH, forms.LiftForm, _lift, "lifted"),
    "consent": Deed(
        May.WRITE, forms.ConsentForm, lambda person, data, post: consents.give(person, **data, by=post), "consent"
    ),
    "withdraw": Deed(
        May.WRITE, RegistryForm, lambda person, data, post: consents.withdraw(person, by=post), "withdrawn"
    ),
    "prepare": Deed(
        May.GUARD, forms.EraseForm, lambda person, data, post: erasing.prepare(person, **data, by=post), "prepared"
    ),
}


def said(what: str) -> str:
    """What a colleague reads after a deed."""
    return {
        "restricted": _("The record is restricted."),
        "lifted": _("The record may be changed again."),
        "consent": _("The consent is written down."),
        "withdrawn": _("The withdrawal is written down, and the record is restricted."),
        "prepared": _("The erasure is prepared. A second person looks at it and confirms it."),
    }[what]


def asked_why(request: HttpRequest, post: Post, person: Recipient) -> HttpResponse | None:
    """The page that asks why this record is opened; None when that is known."""
    if looks.is_open(person, by=post):
        return None
    return _why(request, post, person, forms.PurposeForm())


@posts_only
@require_POST
def open_recipient(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Say why, and the record opens."""
    person = _person(post, pk)
    form = forms.PurposeForm(request.POST)
    if form.is_valid():
        try:
            looks.say(person, reason=form.cleaned_data["reason"], words=form.cleaned_data["words"], by=post)
            return redirect("registry:recipient", pk)
        except Refused as refused:
            form.refuse(refused)
    return _why(request, post, person, form)


@posts_that(May.GUARD)
@require_GET
def data(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Everything a person may ask about the own data, on one page."""
    return _data(request, post, _person(post, pk))


@posts_that(May.GUARD)
@require_GET
def export(request: HttpRequest, post: Post, pk: int, form: str) -> HttpResponseBase:
    """All that is kept about the person: `json`, `html`, `pdf`, or `zip` with the files."""
    person = _person(post, pk)
    name = f"record-{person.pk}.{form}"
    if form == "zip":
        return FileResponse(exporting.as_archive(person, by=post), as_attachment=True, filename=name)
    if form == "json":
        answer = HttpResponse(exporting.as_json(person, by=post), content_type="application/json")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    if form == "pdf" and not pdf.is_possible():
        return render(request, "errors/no_paper.html", status=503)
    page = exporting.as_html(person, by=post)
    if form == "html":
        answer = HttpResponse(page)
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    return _paper(pdf.pdf_of_page(page), name)


@posts_that(May.GUARD)
@require_GET
def seen(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Who opened the record, as a paper for the person: role, office, when and why – no names."""
    person = _person(post, pk)
    if not pdf.is_possible():
        return render(request, "errors/no_paper.html", status=503)
    with override(person.language):
        context = {"person": person, "looks": looks.at(person), "at": clock.now(), "language": person.language}
        return _paper(pdf.pdf_of("registry/paper/seen.html", context), f"seen-{person.pk}.pdf")


@posts_that(May.WRITE)
@require_GET
def consent_paper(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """The consent to be signed, in the person's language, filled in."""
    person = _person(post, pk)
    if not consents.is_asked():
        raise PermissionDenied
    if not pdf.is_possible():
        return render(request, "errors/no_paper.html", status=503)
    with override(person.language):
        context = {"person": person, "today": clock.today(), "language": person.language}
        return _paper(pdf.pdf_of("registry/paper/consent.html", context), f"consent-{person.pk}.pdf")


@posts_only
@require_POST
def act(request: HttpRequest, post: Post, pk: int, deed: str) -> HttpResponse:
    """Do one of DEEDS and show the page again, with what was typed when it could not be done."""
    person, found = _person(post, pk), DEEDS[deed]
    if not access.may(post, found.may):
        raise PermissionDenied
    form = found.form(request.POST, prefix=deed)
    if form.is_valid():
        try:
            found.do(person, form.cleaned_data, post)
            messages.success(request, said(found.said))
            return redirect("registry:data" if access.may(post, May.GUARD) else "registry:recipient", pk)
        except Refused as refused:
            form.refuse(refused)
    if not access.may(post, May.GUARD):
        messages.error(request, " ".join(str(one) for errors in form.errors.values() for one in errors))
        return redirect("registry:recipient", pk)
    return _data(request, post, person, tried={deed: form})


@posts_that(May.GUARD)
@require_GET
def erasures(request: HttpRequest, post: Post) -> HttpResponse:
    """What waits for a second person, and what was erased."""
    context = {"erasures": _erasures(post)[:200]}
    return screen(request, post, "registry/erasures.html", context, place=ERASURES)


@posts_that(May.GUARD)
@require_GET
def erasure(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """One erasure: what would go and what would stay; after it, what went, as its receipt."""
    found = get_object_or_404(_erasures(post), pk=pk)
    context = {
        "erasure": found,
        "fates": erasing.preview(found.recipient) if found.is_waiting else [],
        "done": sorted(found.done.items()),
        "is_mine": found.prepared_by_id == post.user_id,
    }
    return screen(request, post, "registry/erasure.html", context, place=ERASURES)


@posts_that(May.GUARD)
@require_POST
def settle(request: HttpRequest, post: Post, pk: int, how: str) -> HttpResponse:
    """Confirm an erasure that somebody else prepared, or call it off."""
    found = get_object_or_404(_erasures(post), pk=pk)
    try:
        (erasing.confirm if how == "confirm" else erasing.call_off)(found, by=post)
        done = _("The person is erased. This page is the receipt.") if how == "confirm" else _("Nothing is erased.")
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("registry:erasure", pk)


def _erasures(post: Post) -> Any:
    known = Erasure.objects.filter(recipient__in=access.people(post).values("pk"))
    return known.select_related("recipient", "prepared_by", "confirmed_by")


def _person(post: Post, pk: int) -> Recipient:
    return get_object_or_404(access.people(post), pk=pk)


def _why(request: HttpRequest, post: Post, person: Recipient, form: RegistryForm) -> HttpResponse:
    return screen(request, post, "registry/why.html", {"person": person, "form": form}, place=PLACE)


def _data(
    request: HttpRequest, post: Post, person: Recipient, *, tried: dict[str, RegistryForm] | None = None
) -> HttpResponse:
    asked = asked_why(request, post, person)
    if asked is not None:
        return asked
    tried = tried or {}
    context = {
        "person": person,
        "looks": looks.at(person)[:50],
        "restriction": restricting.standing(person),
        "restrictions": list(person.restrictions.select_related("by", "lifted_by")),
        "consents": list(person.consents.all()),
        "asks_consent": consents.is_asked(),
        "fates": erasing.preview(person),
        "erasures": list(person.erasures.select_related("prepared_by", "confirmed_by")),
        "forms": {deed: tried.get(deed) or one.form(prefix=deed) for deed, one in DEEDS.items()},
        "tried": [form for form in tried.values() if form.errors],
        "may_lift": access.may(post, May.WATCH),
        "has_paper": pdf.is_possible(),
    }
    return screen(request, post, "registry/data.html", context, place=PLACE)


def _paper(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
