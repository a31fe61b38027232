"""What could not be delivered: seen by supervisors, managers and administrators, and sent again."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from charter.memberships import staff_only
from portal.cases import access, asking, outbox
from portal.cases.models import OutboxItem, Progress
from portal.cases.models.outbox import OutboxQuerySet
from portal.core.models import User

SHOWN = 200


@staff_only(*access.KEEPERS)
@require_GET
def undelivered(request: HttpRequest) -> HttpResponse:
    """What is waiting or was given up, what it is about and why – never its text."""
    items = (
        _mine(request).exclude(progress=Progress.DELIVERED).select_related("link").order_by("progress", "created_at")
    )
    context: dict[str, Any] = {
        "place": "cases:undelivered",
        "items": list(items[:SHOWN]),
        "is_left_alone": asking.is_left_alone("default"),
        "sent": "sent" in request.GET,
    }
    return render(request, "cases/undelivered.html", context)


@staff_only(*access.KEEPERS)
@require_POST
def send_again(request: HttpRequest, item: int) -> HttpResponse:
    """Have one given-up thing sent once more."""
    outbox.send_again(get_object_or_404(_mine(request), pk=item), by=cast(User, request.user))
    response = redirect("cases:undelivered")
    response["Location"] += "?sent"
    return response


def _mine(request: HttpRequest) -> OutboxQuerySet:
    return OutboxItem.objects.filter(link__in=access.for_keepers(request.user))
