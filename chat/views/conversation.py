"""One conversation: waiting, talking, ended – one address, a whole page each time."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from charter.feedback import questions
from charter.feedback.actions import rate as keep_rating
from chat import cookie, looks, numbers, promises, retention, selectors, sensitive
from chat.actions import consultations, news, reopening, starting, tasks
from chat.actions.errors import Kept, NotEnded
from chat.models import Consultation
from chat.views.doors import holders_only
from kb.papers import qr
from portal.core import audit, languages

REFRESH = (30, 60)  # seconds; only when the resident switched it on


def page(
    request: HttpRequest,
    consultation: Consultation,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The conversation as it stands. `more`: a problem and the text to keep in the box."""
    language = languages.current()
    events = selectors.whole_transcript(consultation)
    asked = request.GET.get("refresh", "")
    context = {
        "consultation": consultation,
        "events": events,
        "last": events[-1].sequence if events else 0,
        "topic": selectors.topic_name(consultation, language),
        "receipt": starting.receipt_for(consultation, token=cookie.token(request)),
        "receipt_code": qr(f"{settings.SITE_URL}{reverse('chat:resume')}"),  # never the secret: screens are seen
        "erased_on": retention.erased_on(consultation),
        "client_id": uuid4(),
        "looks": looks.all_looks(),
        "words": looks.words(),
        "refresh": int(asked) if asked in {str(seconds) for seconds in REFRESH} else 0,
        "leaves_quickly": sensitive.is_sensitive(consultation),
        "measured_by": promises.measured_by(consultation),
        "number": numbers.shortened(numbers.unseal(consultation.phone)),
        **more,
    }
    if consultation.is_queued:
        context |= {
            "task": tasks.open_task(consultation),
            "is_news_wished": news.is_wished(consultation),
            "place": selectors.place_of(consultation),
            "reception": selectors.reception(consultation.language, institution=consultation.institution_id),
        }
    if consultation.is_ended:
        context |= {"is_rated": selectors.is_rated(consultation), "goes_on_until": reopening.open_until(consultation)}
        return render(request, "chat/ended.html", context, status=status)
    return render(request, "chat/talk.html", context, status=status)


@require_safe
@holders_only
def consultation(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    return page(request, consultation)


@require_safe
@holders_only
def transcript(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """To read in one piece, to print or to save."""
    context = {
        "consultation": consultation,
        "events": selectors.whole_transcript(consultation),
        "topic": selectors.topic_name(consultation, languages.current()),
        "leaves_quickly": sensitive.is_sensitive(consultation),
    }
    return render(request, "chat/transcript.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@holders_only
def end(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The resident ends it, after one question back."""
    if request.method != "POST" and not consultation.is_ended:
        context = {"consultation": consultation, "leaves_quickly": sensitive.is_sensitive(consultation)}
        return render(request, "chat/end.html", context)
    if request.method == "POST":
        consultations.end_by_resident(consultation)
    return _to(consultation)


@require_POST
@holders_only
def rate(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """One of five faces, and words if they like."""
    typed = questions.read(request.POST)
    if typed.error:
        problems = [("score-1", typed.error)]
        return page(request, consultation, problems=problems, typed=typed, rating_error=typed.error)
    if consultation.is_ended:
        keep_rating(
            subject_kind="consultation",
            once=consultation.public_id,
            score=int(typed.score),
            text=typed.text,
            areas=typed.given,
            channel=consultation.channel,
            language=consultation.language,
            service=consultation.service,
            institution=consultation.institution,
        )
    return _to(consultation)


@require_http_methods(["GET", "HEAD", "POST"])
@holders_only
def erase(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The resident deletes what was said, after one question back."""
    if request.method == "POST":
        try:
            consultations.erase(consultation, by=audit.RESIDENT)
        except (NotEnded, Kept):
            return HttpResponseRedirect(request.path)  # the page says why
        return cookie.forget(HttpResponseRedirect(reverse("chat:erased")))
    context = {
        "consultation": consultation,
        "is_registered": consultations.is_registered(consultation),
        "erased_on": retention.erased_on(consultation),
        "leaves_quickly": sensitive.is_sensitive(consultation),
    }
    return render(request, "chat/erase.html", context)


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "chat/erased.html")


def _to(consultation: Consultation) -> HttpResponse:
    return HttpResponseRedirect(reverse("chat:consultation", args=[consultation.public_id]))
