"""What has to be checked this month by which institution, the calendar, and links that lead nowhere."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kb import links, reviewing, reviews
from kb.cms.doors import editors_only, screen, user_of, writers_only
from kb.models import Review
from portal.core import clock


@writers_only
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """A month's checks by institution; in the running month also what is late."""
    today = clock.today()
    first, following = reviewing.month_of(_month(request.GET.get("month", "")) or today)
    is_now = first == today.replace(day=1)
    found = reviewing.due(until=following, since=None if is_now else first)
    context = {
        "month": first,
        "is_now": is_now,
        "groups": reviewing.by_office(found),
        "calendar": reviewing.calendar(),
        "count": len(found),
    }
    return screen(request, "reviews.html", _("What has to be checked"), context, icon="calendar-check")


def _month(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(f"{typed[:7]}-01") if typed else None
    except ValueError:
        return None


@writers_only
@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Looked at: nothing more has to be done because of this change."""
    reviews.done(get_object_or_404(Review, pk=pk), by=user_of(request))
    messages.success(request, _("Noted."))
    return redirect("knowledge:reviews")


@editors_only
@require_GET
def broken_links(request: HttpRequest) -> HttpResponse:
    """Links inside the portal that lead nowhere."""
    return screen(request, "links.html", _("Links that lead nowhere"), {"links": links.broken()}, icon="link-external")
