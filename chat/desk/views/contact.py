"""A contact by phone or at the counter: recorded by the same three answers, with the knowledge beside it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from charter.feedback import questions
from charter.feedback.actions import rate as keep_rating
from charter.feedback.models import EntryKind
from chat.actions import wrapups
from chat.actions.errors import Refused
from chat.desk import choices, forms, knowledge
from chat.desk.doors import desk_only, member, with_consultation
from chat.desk.words import refusal
from chat.models import WRITTEN_CHANNELS, Channel, Consultation, Found, Outcome
from portal.core import languages


@require_http_methods(["GET", "HEAD", "POST"])
@desk_only
def contact(request: HttpRequest) -> HttpResponse:
    """Without a script the search sends the whole form along, so that nothing typed is lost."""
    if request.method != "POST":
        return _page(request, {"channel": Channel.PHONE, "language": languages.current(), "key": str(uuid4())})
    kept = request.POST.dict()
    if "find" in request.POST:
        return _page(request, kept)
    read = forms.contact(request.POST)
    if read.contact is None:
        return _page(request, kept, problems=read.problems, status=422)
    try:
        recorded = wrapups.record_contact(read.contact, by=member(request))
    except Refused as refused:
        return _page(request, kept, problems=[("institution", refusal(refused))], status=409)
    return HttpResponseRedirect(reverse("desk:recorded", args=[recorded.public_id]))


def _page(
    request: HttpRequest, kept: dict[str, Any], *, problems: list[forms.Problem] | None = None, status: int = 200
) -> HttpResponse:
    language = languages.current()
    spoken = str(kept.get("language"))
    spoken = spoken if spoken in languages.LANGUAGES else language
    found = knowledge.look_up(kept.get("k", ""), said="", language=spoken)
    context = {
        "place": "desk:floor",
        "kept": kept,
        "problems": problems or [],
        "found": found,
        "phone_forms": knowledge.phone_forms(found, spoken),
        "channels": [choice for choice in Channel.choices if choice[0] not in WRITTEN_CHANNELS],
        "spoken": [(code, languages.OWN_NAMES[code]) for code in languages.LANGUAGES],
        "topics": choices.topics(language),
        "services": choices.services(language),
        "institutions": choices.institutions(language),
        "articles": choices.articles(language),
        "outcomes": Outcome.choices,
        "founds": Found.choices,
    }
    return render(request, "desk/contact.html", context, status=status)


@require_safe
@with_consultation
def recorded(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """It is kept; what may follow: a request, and what the caller thinks of it."""
    return _recorded(request, consultation)


@require_POST
@with_consultation
def rate(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The caller's answer to "how was it?", entered by who spoke with them and marked so. Who writes answers alone."""
    if consultation.channel in WRITTEN_CHANNELS or consultation.consultant_id != member(request).pk:
        raise Http404
    typed = questions.read(request.POST)
    if typed.error:
        problems = [("score-1", _("Choose what the caller answered"))]
        return _recorded(request, consultation, status=422, typed=typed, problems=problems)
    keep_rating(
        subject_kind="consultation",
        once=consultation.public_id,
        score=int(typed.score),
        text=typed.text,
        areas=typed.given,
        channel=consultation.channel,
        entry_kind=EntryKind.STAFF,
        language=consultation.language,
        service=consultation.service,
        institution=consultation.institution,
        by=member(request),
    )
    return _recorded(request, consultation, is_rated=True)


def _recorded(request: HttpRequest, consultation: Consultation, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"place": "desk:floor", "consultation": consultation, "typed": questions.Typed(), **more}
    return render(request, "desk/recorded.html", context, status=status)
