"""The head's pages about tablets: which there are, and what they could not bring in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.core import audit, clock
from portal.registry.access import May
from portal.registry.field import settling, tablets
from portal.registry.field.reading import FORGIVEN, Told
from portal.registry.field.receiving import sentence_of
from portal.registry.field.settling import Written
from portal.registry.models import CareService, FieldRecord, Post, Tablet
from portal.registry.posts import posts_that
from portal.registry.refusals import Refused
from portal.registry.screens import screen

PLACE = "registry:watch"
QUIET = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One record that waits, with what it says and why it waits."""

    record: FieldRecord
    told: Told | None
    why: str
    services: list[str]
    mended_minutes: int


@posts_that(May.OVERSEE)
@require_GET
def brought(request: HttpRequest, post: Post) -> HttpResponse:
    """Records that no visit could be made of."""
    return _list(request, post)


@posts_that(May.OVERSEE)
@require_POST
def settle(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Write one down after all, or dismiss it; each with a reason."""
    record = get_object_or_404(settling.within(post), pk=pk)
    reason = request.POST.get("reason", "")
    try:
        if request.POST.get("deed") == "dismiss":
            settling.dismiss(record, reason=reason, by=post)
            messages.success(request, _("The record is dismissed. It stays readable, and the worker reads why."))
        else:
            settling.write_down(record, _written(request), by=post)
            messages.success(request, _("The visit is written down."))
    except Refused as refused:
        return _list(request, post, tried=pk, refused=refused)
    return redirect("registry:brought")


@posts_that(May.OVERSEE)
@require_GET
def listed(request: HttpRequest, post: Post) -> HttpResponse:
    """Tablets of the department heard of in the last three months."""
    found = _within(post).filter(seen_at__gte=clock.now() - QUIET)
    rows = [(tablet, round(tablet.skew_seconds / 60) if abs(tablet.skew_seconds) > FORGIVEN else 0) for tablet in found]
    return screen(request, post, "registry/field_tablets.html", {"rows": rows}, place=PLACE)


@posts_that(May.OVERSEE)
@require_POST
def wipe(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Ask a tablet to wipe its list."""
    tablet = get_object_or_404(_within(post), pk=pk)
    tablets.ask_wipe(tablet, by=post)
    messages.success(
        request, _("The list on this tablet is wiped as soon as it is in contact. Until then it lies there encrypted.")
    )
    return redirect("registry:tablets")


def _within(post: Post) -> Any:
    found = Tablet.objects.select_related("worker", "wipe_asked_by")
    return found.filter(department__in=("", post.department)) if post.department else found


def _list(
    request: HttpRequest, post: Post, *, tried: int | None = None, refused: Refused | None = None
) -> HttpResponse:
    found = list(settling.waiting_for(post)[: settling.SHOWN])
    told = {record.pk: settling.told_in(record) for record in found}
    known = {service.pk: str(service.said) for service in CareService.objects.all()}
    rows = []
    for record in found:
        _opened(record, post)
        heard = told[record.pk]
        names = [known.get(done.service, "?") for done in heard.entry.services] if heard else []
        rows.append(Waiting(record, heard, sentence_of(record), names, round(record.mended_seconds / 60)))
    context = {"rows": rows, "tried": tried, "refused": refused, "typed": request.POST if refused else {}}
    response = screen(request, post, "registry/field_waiting.html", context, place=PLACE)
    response.status_code = 422 if refused else 200
    return response


def _opened(record: FieldRecord, post: Post) -> None:
    audit.record_once("registry.field_record_opened", record, by=post.user, within=dt.timedelta(minutes=15))


def _written(request: HttpRequest) -> Written:
    """What the head typed. Raises Refused for what can't be read."""
    try:
        begun = dt.datetime.fromisoformat(f"{request.POST.get('day', '')}T{request.POST.get('at', '')}")
        minutes = int(request.POST.get("minutes", ""))
    except ValueError:
        raise Refused("no_hour", field="at") from None
    return Written(timezone.make_aware(begun), minutes, request.POST.get("reason", ""))
