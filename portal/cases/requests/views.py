"""A resident asks for a service by themselves: part by part, a look at the whole, the receipt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.cases import access, words
from portal.cases.mandates import Behalf
from portal.cases.registries.facts import Applicant
from portal.cases.requests import actions, drafts, plans, wording
from portal.cases.requests.actions import Wish
from portal.cases.requests.forms import MandateForm
from portal.cases.requests.steps import Step, Typed
from portal.cases.retention import DRAFT_DAYS
from portal.cases.signin import session
from portal.core import uploads
from portal.core.languages import DEFAULT, current
from portal.core.origin import same_site_only
from portal.core.throttling import Limit, TooMany, network

# A library or a shelter is one network: softly, and nothing typed is lost.
SENDING = Limit("requests", times=30, seconds=60 * 60)
PAGES = {Step.START: "cases/ask.html", Step.MANDATE: "cases/ask_mandate.html", Step.FACTS: "cases/ask_facts.html"}


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Nothing is kept before "Send" or "Save": until then what was typed travels in the page.

    A service's page comes here with the service, the result of a needs check also with its words: the resident sees
    them in the form and may change or remove them.
    """
    if request.method != "POST" or not Typed.of(request.POST).key:
        return _begin(request, request.GET if request.method != "POST" else request.POST)
    typed = Typed.of(request.POST)
    if "save" in request.POST:
        return _save(request, typed)
    if "drop" in request.POST:
        drafts.drop_file(typed.key, request.POST["drop"])
        return show(request, typed, Step.CHECK)
    if "change" in request.POST:
        return show(request, typed, _step(request.POST["change"]))
    if "send" in request.POST:
        wrong = typed.first_wrong()
        return show(request, typed, wrong, is_wrong=True) if wrong else _send(request, typed)
    step, is_wrong = typed.after(_step(request.POST.get("go", "")))
    return show(request, typed, step, is_wrong=is_wrong)


def _begin(request: HttpRequest, asked: Any) -> HttpResponse:
    service = asked.get("service", "")[:40]
    way = plans.way_of(service, current()) if service else None
    if way is not None and not way.is_here:
        context = {
            "way": way,
            "name": words.service_names([service], current())[service],
            "papers": plans.papers_of(service, current()),
            "section": "cases:start",
        }
        return render(request, "cases/ask_elsewhere.html", context)
    return show(request, Typed.fresh(service, asked.get("text", "")), Step.START)


def _step(word: str) -> Step:
    try:
        return Step(word)
    except ValueError:
        return Step.START


def show(
    request: HttpRequest, typed: Typed, step: Step, *, is_wrong: bool = False, is_back: bool = False
) -> HttpResponse:
    """One part of the form, or the look at the whole. `is_back`: the resident has come back to what they saved."""
    if step == Step.CHECK:
        return _check(request, typed.looked_through())
    form, place = typed.form(step, is_checked=is_wrong), typed.steps.index(step) if step in typed.steps else 0
    context = {
        "form": form,
        "beside": typed.beside(form),
        "step": step,
        "place": place + 1,
        "before": typed.steps[max(0, place - 1)],
        "is_back": is_back,
        "draft_days": DRAFT_DAYS,
        "section": "cases:start",
    }
    return render(request, PAGES[step], context, status=422 if is_wrong else 200)


def _save(request: HttpRequest, typed: Typed) -> HttpResponse:
    try:
        SENDING.check(network(request))
    except TooMany as trouble:
        response = show(request, typed, typed.first_wrong() or Step.CHECK)
        response.status_code = 429
        response["Retry-After"] = str(trouble.seconds)
        return response
    try:
        receipt = drafts.save(typed, language=current(), files=request.FILES.getlist("files"))
    except uploads.Refused as refusal:
        return _check(request, typed, wrong=str(refusal), status=422)
    context = {
        "receipt": receipt,
        "until": drafts.kept_until(),
        "kept_files": drafts.files_of(typed.key),
        "beside": typed.beside(None),
        "step": typed.first_wrong() or Step.CHECK,
        "section": "cases:start",
    }
    return render(request, "cases/ask_saved.html", context)


def _send(request: HttpRequest, typed: Typed) -> HttpResponse:
    papers = plans.papers_of(typed.service, DEFAULT)
    brought = [paper.text for number, paper in enumerate(papers) if f"bring-{number}" in request.POST]
    try:
        SENDING.check(network(request))
        resident = session.resident_of(request)
        wish = replace(_wish(typed, brought), signed_in=resident.person_link if resident else "")
        sent = actions.send(wish, key=typed.key, files=request.FILES.getlist("files"))
    except TooMany as trouble:
        wrong = _("Many messages came from your network. Your words are kept here: send them again later.")
        response = _check(request, typed, wrong=wrong, status=429)
        response["Retry-After"] = str(trouble.seconds)
        return response
    except uploads.Refused as refusal:
        return _check(request, typed, wrong=str(refusal), status=422)
    context = {
        "receipt": sent.receipt,
        "link": sent.held.link,
        "is_for_other": sent.held.mandate is not None,
        "brought": [
            paper for n, paper in enumerate(plans.papers_of(typed.service, current())) if f"bring-{n}" in request.POST
        ],
        "section": "cases:start",
    }
    return access.GRANT.give(render(request, "cases/asked.html", context), sent.held.grant)


def _wish(typed: Typed, brought: list[str]) -> Wish:
    """Every part of the form is known to be well."""
    facts, mandate = typed.facts(), _mandate(typed)
    facts.is_valid()
    said = facts.cleaned_data
    behalf = None
    if mandate is not None:
        right = mandate.cleaned_data
        behalf = Behalf(right["helper"], right["role"], right["right"], right["until"])
    return Wish(
        typed.service,
        current(),
        Applicant(said["name"], phone=said["phone"], email=said["email"], language=current()),
        wording.note(facts, mandate, brought),
        behalf,
        news=(said["email"] or said["phone"]) if said["news"] else "",
    )


def _mandate(typed: Typed) -> MandateForm | None:
    if not typed.is_for_other:
        return None
    form = typed.form(Step.MANDATE, is_checked=True)
    assert isinstance(form, MandateForm)  # noqa: S101
    form.is_valid()
    return form


def _check(request: HttpRequest, typed: Typed, *, wrong: str = "", status: int = 200) -> HttpResponse:
    start, facts, mandate = typed.form(Step.START, is_checked=True), typed.facts(), _mandate(typed)
    if not (start.is_valid() and facts.is_valid()):
        return show(request, typed, typed.first_wrong() or Step.START, is_wrong=True)
    papers = plans.papers_of(typed.service, current())
    context = {
        "start": start,
        "service_name": _chosen(start, "service"),
        "whom_name": _chosen(start, "whom"),
        "facts": facts,
        "mandate": mandate,
        "role_name": _chosen(mandate, "role") if mandate else "",
        "right_name": _chosen(mandate, "right") if mandate else "",
        "beside": typed.beside(None),
        "papers": [(number, paper, f"bring-{number}" in request.POST) for number, paper in enumerate(papers)],
        "wrong": wrong,
        "kept_files": drafts.files_of(typed.key),
        "files_at_once": uploads.AT_ONCE,
        "draft_days": DRAFT_DAYS,
        "section": "cases:start",
    }
    return render(request, "cases/ask_check.html", context, status=status)


def _chosen(form: forms.Form, name: str) -> str:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    names: Any = field.choices
    return str(dict(names).get(form.cleaned_data[name], ""))
