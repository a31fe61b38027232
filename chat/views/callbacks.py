"""Being phoned: asked for, changed, cancelled – by who holds the receipt."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chat import cookie, limits, numbers, promises, retention, selectors, sensitive
from chat.actions import callbacks, tasks
from chat.actions.errors import Refused
from chat.actions.starting import FormIsOld
from chat.forms import CallForm, WishForm
from chat.models import Consultation, TaskKind
from chat.views.doors import holders_only
from portal.core import audit, languages
from portal.core.throttling import TooMany


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form, and the promise it makes."""
    if request.method != "POST":
        language = languages.current()
        service = request.GET.get("service", "")[:40]
        return _form(request, WishForm(initial={"key": uuid4(), "language": language, "service": service}))
    form = WishForm(request.POST)
    if not form.is_valid():
        return _form(request, form)
    try:
        limits.check_start(request)
        begun = callbacks.ask(form.wish())
    except TooMany as trouble:
        form.add_error("phone", _("Many questions came from your network. Your words are kept: send them again later"))
        answer = _form(request, form, status=429)
        answer["Retry-After"] = str(trouble.seconds)
        return answer
    except FormIsOld:
        form.add_error("phone", _("This form was sent before: your receipt opens it. To ask anew, send it once more"))
        return _form(request, form, status=409, key=str(uuid4()))
    answer = HttpResponseRedirect(reverse("chat:consultation", args=[begun.consultation.public_id]))
    return cookie.give(answer, begun.token)


@require_http_methods(["GET", "HEAD", "POST"])
@holders_only
def change(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Another time, another number, or no call; also for a conversation that waits for an answer in writing."""
    if not consultation.is_open:
        return _back(consultation)
    if request.method != "POST":
        return _changing(request, consultation, None)
    try:
        if "cancel" in request.POST:
            tasks.cancel_call(consultation, by=audit.RESIDENT)
            return _back(consultation)
        form = CallForm(request.POST)
        if not form.is_valid():
            return _changing(request, consultation, form)
        tasks.promise_call(consultation, form.ring(), by=audit.RESIDENT)
    except Refused:  # it has ended meanwhile, and its page says so
        pass
    return _back(consultation)


def _form(request: HttpRequest, form: WishForm, *, status: int = 200, **changed: str) -> HttpResponse:
    context = _common(form) | {
        "topics": selectors.topics(languages.current()),
        "own_names": languages.OWN_NAMES,
        "days": retention.DAYS,
    }
    value = context["value"] = _values(form) | changed
    context["leaves_quickly"] = sensitive.is_asked_about(service=value["service"], topic=value["topic"])
    return render(request, "chat/callback.html", context, status=status)


def _changing(request: HttpRequest, consultation: Consultation, form: CallForm | None) -> HttpResponse:
    task = tasks.open_task(consultation)
    if task is not None and task.kind != TaskKind.CALLBACK:
        task = None
    shown = form or CallForm(
        initial={
            "phone": numbers.unseal(consultation.phone),
            "is_shared_phone": task.is_shared_phone if task else False,
        }
    )
    context = _common(shown) | {"consultation": consultation, "task": task, "value": _values(shown)}
    context["leaves_quickly"] = sensitive.is_sensitive(consultation)
    return render(request, "chat/change_callback.html", context)


def _common(form: CallForm) -> dict[str, Any]:
    return {
        "form": form,
        "problems": [(name, found[0]) for name, found in form.errors.items()] if form.is_bound else [],
        "windows": promises.windows(),
    }


def _values(form: CallForm) -> dict[str, str]:
    return {name: str(form[name].value() or "") for name in form.fields}


def _back(consultation: Consultation) -> HttpResponse:
    return HttpResponseRedirect(reverse("chat:consultation", args=[consultation.public_id]))
