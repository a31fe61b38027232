"""The floor: the queue, and whether I take conversations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from chat.actions import presence
from chat.desk import screen
from chat.desk.doors import desk_only, member
from chat.models import BreakReason, Choice


@require_safe
@desk_only
def floor(request: HttpRequest) -> HttpResponse:
    return screen.show(request, None)


@require_safe
@desk_only
def queue(request: HttpRequest) -> HttpResponse:
    return screen.queue_part(request, request.GET.get("open", ""))


@require_safe
@desk_only
def knowledge(request: HttpRequest) -> HttpResponse:
    return screen.knowledge_part(request, None)


@require_POST
@desk_only
def choose_presence(request: HttpRequest) -> HttpResponse:
    """Available, break, off; the languages I answer in."""
    user = member(request)
    choice, _colon, reason = request.POST.get("choice", "").partition(":")
    if choice in Choice.values:
        presence.choose(user, Choice(choice), reason=reason if reason in BreakReason.values else "")
    spoken = request.POST.getlist("languages")
    if spoken:
        presence.set_languages(user, spoken)
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(back if is_ours else reverse("desk:floor"))
