"""The supervisor's view of odd looks: what stands out, what was opened then, and closing it with a note."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from charter.memberships import staff_only
from portal.cases import causes, looks
from portal.cases.models import LookOutcome
from portal.core import audit
from portal.core.models import User

PLACE = "cases:looks"
ONE_LOOK = dt.timedelta(hours=1)


@staff_only(*looks.REVIEWERS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What nobody has looked at yet; on request what was closed."""
    is_closed = "closed" in request.GET
    found = looks.for_reviewer(request.user).select_related("user", "institution", "reviewed_by")
    found = found.filter(reviewed_at__isnull=not is_closed)
    context = {
        "place": PLACE,
        "is_closed": is_closed,
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "done": "done" in request.GET,
    }
    return render(request, "cases/looks.html", context)


@staff_only(*looks.REVIEWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, look: int) -> HttpResponse:
    """One odd look: which cases, when, why. Looking here is on record too; of a case itself nothing is shown."""
    user = cast(User, request.user)
    found = get_object_or_404(looks.for_reviewer(user).select_related("user", "institution", "reviewed_by"), pk=look)
    outcome, note, errors = request.POST.get("outcome", ""), request.POST.get("note", ""), {}
    if request.method == "POST":
        try:
            looks.review(found, by=user, outcome=outcome, note=note)
        except looks.NoteNeeded:
            if outcome not in LookOutcome.values:
                errors["outcome"] = _("Choose what came of it.")
            if not note.strip():
                errors["note"] = _("Write the note.")
        else:
            response = redirect(PLACE)
            response["Location"] += "?done"
            return response
    audit.record_once("odd_look.opened", found, by=user, within=ONE_LOOK)
    known = causes.known()
    context = {
        "place": PLACE,
        "look": found,
        "openings": [(opening, known.get(opening.cause, causes.NONE).words) for opening in looks.openings_of(found)],
        "outcomes": LookOutcome.choices,
        "outcome": outcome,
        "note": note,
        "errors": errors,
    }
    return render(request, "cases/look.html", context, status=422 if errors else 200)
