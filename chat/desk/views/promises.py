"""Promised calls and written answers: the list, the tries, who keeps them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chat import access, numbers, promises, to_do
from chat.actions import tasks
from chat.actions.errors import Refused
from chat.actions.tasks import Ring
from chat.desk import screen
from chat.desk.doors import desk_only, member, with_consultation
from chat.desk.words import refusal
from chat.models import Consultation, Task, TaskReason, TryResult
from portal.core import languages
from portal.core.models import User


@require_safe
@desk_only
def to_do_list(request: HttpRequest) -> HttpResponse:
    only_mine = bool(request.GET.get("mine"))
    found = to_do.rows(member(request), languages.current(), only_mine=only_mine)
    return render(request, "desk/tasks.html", {"place": "desk:floor", "rows": found, "only_mine": only_mine})


@require_POST
@desk_only
def try_call(request: HttpRequest, public_id: str) -> HttpResponse:
    """Reached: the call goes on, on the screen of its conversation."""
    task, result = _task(request, public_id), request.POST.get("result", "")
    if result not in TryResult.values:
        raise Http404
    try:
        tasks.try_call(task, TryResult(result), by=member(request))
    except Refused as refused:
        return _refused(request, task, refused)
    return _to(task.consultation)


@require_POST
@desk_only
def assign(request: HttpRequest, public_id: str) -> HttpResponse:
    task, to = _task(request, public_id), request.POST.get("to", "")
    colleague = User.objects.filter(pk=to, is_active=True).first() if to.isdecimal() else None
    try:
        tasks.assign(task, to=colleague, by=member(request))
    except Refused as refused:
        return _refused(request, task, refused)
    return _to(task.consultation)


@require_POST
@desk_only
def give_up(request: HttpRequest, public_id: str) -> HttpResponse:
    task = _task(request, public_id)
    try:
        tasks.give_up(task, by=member(request))
    except Refused as refused:
        return _refused(request, task, refused)
    return _to(task.consultation)


@require_POST
@with_consultation
def promise(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The consultant promises what can't be done now; the resident reads when."""
    user = member(request)
    try:
        if request.POST.get("kind") == "written":
            tasks.promise_written(consultation, by=user, reason=TaskReason.FOLLOW_UP)
        else:
            ring = _ring(request)
            tasks.promise_call(consultation, ring, by=user, reason=TaskReason.FOLLOW_UP)
    except numbers.NoNumber:
        return _again(request, consultation, _("Check the number. Write it like 0 612 34567 or +370 612 34567"))
    except _Gone:
        return _again(request, consultation, _("This time is no longer free: choose another one"))
    except Refused as refused:
        return _again(request, consultation, refusal(refused), status=409)
    return HttpResponseRedirect(reverse("desk:floor"))


class _Gone(Exception):
    """The chosen window is past or full."""


def _ring(request: HttpRequest) -> Ring:
    phone, window = numbers.read(request.POST.get("phone", "")), promises.window_of(request.POST.get("window", ""))
    if window is None:
        raise _Gone
    return Ring(phone, window)


def _again(request: HttpRequest, consultation: Consultation, words: str, *, status: int = 422) -> HttpResponse:
    return screen.show(request, consultation, status=status, problems=[("promise-phone", words)])


def _task(request: HttpRequest, public_id: str) -> Task:
    try:
        return to_do.get_for_staff(public_id, user=member(request))
    except access.NotThere:
        raise Http404 from None


def _refused(request: HttpRequest, task: Task, refused: Refused) -> HttpResponse:
    try:
        consultation = access.get_for_staff(task.consultation.public_id, user=member(request))
    except access.NotThere:
        return screen.show_gone(request)
    return screen.show(request, consultation, status=409, problems=[("", refusal(refused))])


def _to(consultation: Consultation) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:consultation", args=[consultation.public_id]))
