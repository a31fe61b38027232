"""For supervisors: the floor at a glance, what needs them, and how many a phone line needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from charter.memberships import reach_of, staff_only
from charter.models import Role
from chat import wallboard as boards
from chat.actions import alerts
from chat.actions.schedule import may_plan
from chat.desk import choices, planning, queue_rows
from chat.desk.doors import member
from portal.core import languages

supervisors_only = staff_only(Role.SUPERVISOR)


@require_safe
@supervisors_only
def wallboard(request: HttpRequest) -> HttpResponse:
    reach = reach_of(member(request), Role.SUPERVISOR)
    context = _context(request) | {"place": "desk:floor", "plan": planning.plan(reach)}
    context["may_plan"] = may_plan(member(request))
    return render(request, "desk/wallboard.html", context)


@require_safe
@supervisors_only
def part(request: HttpRequest) -> HttpResponse:
    """The figures alone, for the script: one picture a second is made for all who look."""
    return render(request, "desk/parts/board.html", _context(request))


@require_POST
@supervisors_only
def seen(request: HttpRequest) -> HttpResponse:
    alert = request.POST.get("alert", "")
    if alert.isascii() and alert.isdigit() and len(alert) < 18:
        alerts.see(int(alert), by=member(request))
    return HttpResponseRedirect(reverse("desk:wallboard"))


def _context(request: HttpRequest) -> dict[str, Any]:
    user = member(request)
    reach = reach_of(user, Role.SUPERVISOR)
    return {
        "board": boards.board(reach, promised=queue_rows.promised_seconds()),
        "topic_names": dict(choices.topics(languages.current())),
        "alerts": alerts.for_supervisor(user).select_related("consultation")[:50],
    }
