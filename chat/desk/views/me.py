"""How I work: languages, topics, how much at once, whether I am offered conversations, where my phone rings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chat.actions import presence
from chat.actions.presence import TakenExtension, Ways
from chat.desk import choices
from chat.desk.doors import desk_only, member
from chat.models import Presence
from portal.core import languages

MOST_AT_ONCE = 10


@require_http_methods(["GET", "HEAD", "POST"])
@desk_only
def me(request: HttpRequest) -> HttpResponse:
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        ways = _ways(request)
        if not ways.languages:
            problems.append(("languages", _("Choose at least one language")))
        else:
            try:
                presence.set_ways(member(request), ways)
                return HttpResponseRedirect(reverse("desk:floor"))
            except TakenExtension:
                problems.append(("extension", _("This phone already rings at a colleague’s desk")))
    mine = Presence.objects.filter(user=member(request)).first()
    context = {
        "place": "desk:floor",
        "problems": problems,
        "ways": _ways(request) if problems else mine,
        "spoken": [(code, languages.OWN_NAMES[code]) for code in languages.LANGUAGES],
        "topics": choices.topics(languages.current()),
        "capacities": range(1, MOST_AT_ONCE + 1),
    }
    return render(request, "desk/me.html", context, status=422 if problems else 200)


def _ways(request: HttpRequest) -> Ways:
    data, capacity = request.POST, request.POST.get("capacity", "")
    known = {code for code, _name in choices.topics(languages.current())}
    return Ways(
        languages=tuple(code for code in languages.LANGUAGES if code in data.getlist("languages")),
        topics=tuple(code for code in data.getlist("topics") if code in known),
        capacity=min(MOST_AT_ONCE, max(1, int(capacity))) if capacity.isascii() and capacity.isdigit() else 3,
        takes_offers=bool(data.get("takes_offers")),
        extension=data.get("extension", "").strip()[:20],
    )
