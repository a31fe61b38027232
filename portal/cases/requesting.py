"""A resident asks for a service by themselves: what is needed, a look once more, the receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.cases import access, actions
from portal.cases.request_form import RequestForm, papers_of
from portal.core import uploads
from portal.core.languages import current
from portal.core.origin import same_site_only
from portal.core.throttling import Limit, TooMany, network

# A library or a shelter is one network: softly, and nothing typed is lost.
SENDING = Limit("requests", times=30, seconds=60 * 60)


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Nothing is kept before "Send": until then what was typed travels in the page.

    A service's page comes here with the service, the result of a needs check also with its words: the resident sees
    them in the form and may change or remove them.
    """
    if request.method != "POST" or "key" not in request.POST:
        asked = request.GET if request.method != "POST" else request.POST
        return _ask(request, RequestForm.opened_with(asked.get("service", ""), asked.get("text", "")))
    form = RequestForm(request.POST)
    if "change" in request.POST or not form.is_valid():
        return _ask(request, form, status=200 if "change" in request.POST else 422)
    return _send(request, form) if "send" in request.POST else _check(request, form)


def _send(request: HttpRequest, form: RequestForm) -> HttpResponse:
    papers = [paper.text for paper in papers_of(form.cleaned_data["service"], current())]
    brought = [paper for number, paper in enumerate(papers) if f"bring-{number}" in request.POST]
    try:
        SENDING.check(network(request))
        receipt = actions.request_service(
            form.wish(current(), brought=brought),
            key=str(form.cleaned_data["key"]),
            files=request.FILES.getlist("files"),
        )
    except TooMany as trouble:
        wrong = _("Many messages came from your network. Your words are kept here: send them again later.")
        response = _check(request, form, wrong=wrong, status=429)
        response["Retry-After"] = str(trouble.seconds)
        return response
    except uploads.Refused as refusal:
        return _check(request, form, wrong=str(refusal), status=422)
    link = access.everything().get(reference=receipt.reference)
    context = {"receipt": receipt, "link": link, "section": "cases:start"}
    return access.GRANT.give(render(request, "cases/asked.html", context), link.public_id)


def _ask(request: HttpRequest, form: RequestForm, *, status: int = 200) -> HttpResponse:
    return render(request, "cases/ask.html", {"form": form, "section": "cases:start"}, status=status)


def _check(request: HttpRequest, form: RequestForm, *, wrong: str = "", status: int = 200) -> HttpResponse:
    names: Any = form.fields["service"]
    papers = papers_of(form.cleaned_data["service"], current())
    context = {
        "form": form,
        "kept": [(name, value) for name, value in request.POST.items() if name in form.fields],
        "service_name": dict(names.choices)[form.cleaned_data["service"]],
        "papers": [(number, paper, f"bring-{number}" in request.POST) for number, paper in enumerate(papers)],
        "wrong": wrong,
        "files_at_once": uploads.AT_ONCE,
        "section": "cases:start",
    }
    return render(request, "cases/ask_check.html", context, status=status)
