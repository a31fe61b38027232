"""The tablet's page: a code opens it, faces are pressed on it, what could not be sent comes later."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from charter.feedback import questions
from charter.feedback.kiosk import access, actions
from charter.feedback.models import Kiosk
from portal.core.addresses import page_address
from portal.core.languages import LANGUAGES, current, pick_field
from portal.core.origin import same_site_only
from portal.core.throttling import Limit, TooMany, network

CODES = Limit("kiosk-codes", times=20, seconds=60 * 60)
ANSWERS = Limit("kiosk", times=1200, seconds=60 * 60)
AT_ONCE = 50
OPEN = "X-Kiosk"  # by this the tablet knows the page it may keep for the time without a network


@same_site_only
def kiosk(request: HttpRequest) -> HttpResponse:
    """The question, or the form for the code. Posted without a script: one answer is kept."""
    found = access.of_browser(request)
    if found is None:
        return render(request, "feedback/kiosk/closed.html", {"typed": ""})
    if request.method != "POST":
        actions.seen(found)
        return _question(request, found, questions.Typed())
    typed = questions.read(request.POST)
    if typed.error:
        return _question(request, found, typed, status=422)
    ANSWERS.check(found.public_id)
    actions.answer(found, typed, language=current())
    return HttpResponseRedirect(reverse("feedback:kiosk_thanks"))


def _question(request: HttpRequest, found: Kiosk, typed: questions.Typed, *, status: int = 200) -> HttpResponse:
    context = {
        "kiosk": found,
        "office": pick_field(found.institution, "name", current()),
        "typed": typed,
        "faces_error": typed.error if status != 200 else "",
        "home": page_address("feedback:kiosk", found.language),
    }
    response = render(request, "feedback/kiosk/question.html", context, status=status)
    if status == 200:
        response[OPEN] = "open"
    return access.remember(response, found)


@same_site_only
@require_POST
def open_(request: HttpRequest) -> HttpResponse:
    """A code typed on the tablet makes it the tablet of its office. Only wrong ones count as tries."""
    typed = request.POST.get("code", "")[:100]
    found = access.with_code(typed)
    if found is not None:
        return access.remember(HttpResponseRedirect(page_address("feedback:kiosk", found.language)), found)
    if CODES.is_reached(network(request)):
        raise TooMany(CODES.seconds)
    CODES.count(network(request))
    context = {"typed": typed, "error": _("No tablet has this code. Ask whoever made it for a new one.")}
    return render(request, "feedback/kiosk/closed.html", context, status=422)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Without a script: thanks, and the way back to the question."""
    found = access.of_browser(request)
    if found is None:
        return HttpResponseRedirect(reverse("feedback:kiosk"))
    return render(request, "feedback/kiosk/thanks.html", {"home": page_address("feedback:kiosk", found.language)})


@same_site_only
@require_POST
def answers(request: HttpRequest) -> HttpResponse:
    """What the tablet gathered, perhaps long ago: {answers: [...]} → {done: [keys that need not come again]}.

    An empty list only says that the tablet is alive. 403: its code was withdrawn.
    """
    found = access.of_browser(request)
    if found is None:
        return JsonResponse({"open": False}, status=403)
    actions.seen(found)
    sent = _read(request)
    if sent is None:
        return JsonResponse({"done": []}, status=400)
    done = []
    for one in sent[:AT_ONCE]:
        typed = questions.read(one)
        if not typed.error and typed.key == one.get("key"):
            ANSWERS.check(found.public_id)
            language = str(one.get("language"))
            spoken = language if language in LANGUAGES else current()
            actions.answer(found, typed, language=spoken, day=_day(one.get("day")))
        done.append(one.get("key"))  # what cannot be read now never can
    return JsonResponse({"done": done})


def _read(request: HttpRequest) -> list[dict[str, Any]] | None:
    try:
        sent = json.loads(request.body)["answers"]
    except (ValueError, KeyError, TypeError):
        return None
    is_fit = isinstance(sent, list) and all(isinstance(one, dict) for one in sent)
    return sent if is_fit else None


def _day(said: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(said))
    except ValueError:
        return None


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It lies beside the page, so that it is in charge of this page and no other."""
    found = finders.find("feedback/kiosk-worker.js")
    if not isinstance(found, str):
        raise Http404
    with open(found, encoding="utf-8") as file:
        response = HttpResponse(file.read(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
