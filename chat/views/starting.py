"""The first question: before it is sent, and when it is."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chat import access, answers, cookie, limits, looks, retention, selectors, sensitive
from chat.actions import starting
from chat.actions.errors import Unfit
from chat.actions.starting import FormIsOld
from chat.forms import QuestionForm
from portal.core import languages
from portal.core.throttling import TooMany


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The form, and the consultation it begins. "Look first" shows answers and keeps what was typed."""
    if request.method != "POST":
        return _page(request, QuestionForm.opened_with(request.GET, language=languages.current()))
    form = QuestionForm(request.POST)
    if "look" in request.POST or not form.is_valid():
        return _page(request, form, is_looking="look" in request.POST)
    try:
        limits.check_start(request)
        begun = starting.start(form.question())
    except TooMany as trouble:
        form.add_error("text", _("Many questions came from your network. Your words are kept: send them again later"))
        answer = _page(request, form, status=429)
        answer["Retry-After"] = str(trouble.seconds)
        return answer
    except Unfit:
        form.add_error("text", form.fields["text"].error_messages["required"])
        return _page(request, form)
    except FormIsOld:
        form.add_error("text", _("This form was sent before: your receipt opens it. To ask anew, send it once more"))
        return _page(request, form, status=409, key=str(uuid4()))
    answer = HttpResponseRedirect(reverse("chat:consultation", args=[begun.consultation.public_id]))
    return cookie.give(answer, begun.token)


@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """For the script beside the form: the three best answers to what was typed so far, as a piece of the page."""
    return render(request, "chat/parts/answers.html", {"answers": answers.best_for(request.POST.get("text", ""))})


def _page(
    request: HttpRequest, form: QuestionForm, *, is_looking: bool = False, status: int = 200, **changed: str
) -> HttpResponse:
    """The form with what was typed; `changed`: what stands in it instead."""
    language = languages.current()
    value = {name: str(form[name].value() or "") for name in form.fields} | changed
    asked_from = {name: value[name] for name in ("service", "institution")}
    desk = selectors.desk_of(**asked_from, language=language)
    about = {name: value[name] for name in ("service", "article", "topic")}
    found = answers.best_for(value["text"])
    context = {
        "form": form,
        "value": value,
        "problems": [] if is_looking else [(name, found[0]) for name, found in form.errors.items()],
        "answers": found,
        "leaves_quickly": found.is_crisis or sensitive.is_asked_about(**about),
        "is_looking": is_looking,
        "reception": selectors.reception(language, institution=desk),
        "topics": selectors.topics(language),
        "about": selectors.about(**asked_from, article=value["article"], language=language),
        "own_names": languages.OWN_NAMES,
        "days": retention.DAYS,
        "words": looks.words(),
        "going_on": access.for_resident(cookie.token(request)).first(),
    }
    return render(request, "chat/start.html", context, status=status)
