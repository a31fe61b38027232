"""Reading conversations afterwards, and what was found: supervisors judge, consultants read what was said of theirs."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from charter.memberships import reach_of
from charter.models import Role
from chat import selectors
from chat.actions import quality
from chat.actions.errors import Refused
from chat.actions.quality import Answers
from chat.desk.doors import desk_only, member, with_consultation
from chat.models import Consultation
from portal.core.statistics import wilson

_MEANS = {"yes": True, "no": False}
SHOWN = 200


def _labels() -> dict[str, str]:
    return {
        "gave_name": _("Gave their name"),
        "spoke_plainly": _("Spoke plainly"),
        "checked_identity": _("Checked who it was before anything personal"),
        "answered_rightly": _("The answer was right"),
        "said_what_next": _("Said what happens next, and when"),
    }


@require_safe
@desk_only
def overview(request: HttpRequest) -> HttpResponse:
    """The checks there are; "draw" shows five conversations by chance."""
    user = member(request)
    is_supervisor = bool(reach_of(user, Role.SUPERVISOR))
    checks = list(quality.made_by_reach(user)[:SHOWN])
    figures = []
    for name, label in _labels().items():
        given = [getattr(one, name) for one in checks if getattr(one, name) is not None]
        likely = wilson(sum(given), len(given))
        figures.append((label, sum(given), len(given), round(100 * likely.low), round(100 * likely.high)))
    context = {
        "place": "desk:floor",
        "is_supervisor": is_supervisor,
        "drawn": quality.draw(user) if is_supervisor and request.GET.get("draw") else [],
        "is_drawing": bool(request.GET.get("draw")),
        "checks": checks,
        "figures": figures,
    }
    return render(request, "desk/quality.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_consultation
def check(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Read without identifiers, then five questions."""
    if not quality.to_check(member(request)).filter(pk=consultation.pk).exists():
        raise Http404
    problems = []
    if request.method == "POST":
        given = {name: _MEANS.get(request.POST.get(name, "")) for name in quality.QUESTIONS}
        try:
            quality.check(consultation, Answers(**given), note=request.POST.get("note", ""), by=member(request))
            return HttpResponseRedirect(reverse("desk:quality"))
        except Refused:
            problems.append(("gave_name-yes", _("Answer at least one question")))
    context = {
        "place": "desk:floor",
        "consultation": consultation,
        "events": selectors.whole_for_staff(consultation),
        "questions": _labels().items(),
        "problems": problems,
        "kept": request.POST,
    }
    return render(request, "desk/check.html", context, status=422 if problems else 200)
