"""The head's page of planned against done: alerts by day or worker, each answered with a word."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from portal.core import clock
from portal.registry.access import May, may
from portal.registry.models import Acknowledged, AlertKind, Post
from portal.registry.posts import posts_that
from portal.registry.refusals import Refused
from portal.registry.screens import screen
from portal.registry.watch import actions
from portal.registry.watch.alerts import Alert, alerts

PLACE = "registry:watch"
STRETCHES = (1, 7, actions.DAYS, 31)


@dataclass(frozen=True, slots=True)
class Row:
    """An alert with its sentence and its answer."""

    alert: Alert
    sentence: str
    answer: Acknowledged | None


@posts_that(May.REPORT)
@require_GET
def watch(request: HttpRequest, post: Post) -> HttpResponse:
    """What to look at in the last days; by day, or worker by worker."""
    return _page(request, post)


@posts_that(May.OVERSEE)
@require_POST
def acknowledge(request: HttpRequest, post: Post) -> HttpResponse:
    """Answer one alert."""
    first = clock.today() - dt.timedelta(days=max(STRETCHES))
    key = request.POST.get("key", "")
    found = next((one for one in alerts(post, first, clock.today()) if one.key == key), None)
    if found is None:
        raise Http404
    try:
        actions.acknowledge(found, word=request.POST.get("word", ""), by=post)
    except Refused as refused:
        return _page(request, post, refused=refused, tried=key)
    messages.success(request, _("The alert is answered."))
    return redirect(PLACE)


def sentence_of(alert: Alert) -> str:
    """What happened, in the language of the page."""
    facts = alert.facts
    if alert.kind == AlertKind.MISSED:
        return _("A visit was expected, and none is written down.")
    if alert.kind == AlertKind.LATE:
        said = ngettext(
            "Begun at %(at)s instead of %(hour)s: %(minutes)s minute late.",
            "Begun at %(at)s instead of %(hour)s: %(minutes)s minutes late.",
            facts["minutes"],
        )
        return said % facts
    if alert.kind == AlertKind.SHORT:
        return _("“%(service)s” took %(minutes)s min of the %(planned)s that the programme has.") % facts
    if alert.kind == AlertKind.EXTRA:
        return _("“%(service)s” is not in the programme; it was given as an extra paid service.") % facts
    if alert.kind == AlertKind.TWO_PLACES:
        return _("At %(at)s the worker was still at another visit (%(other)s).") % facts
    said = ngettext("No visit for %(days)s day.", "No visit for %(days)s days.", facts["days"])
    return said % facts


def _page(request: HttpRequest, post: Post, *, refused: Refused | None = None, tried: str = "") -> HttpResponse:
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdecimal() and int(asked) in STRETCHES else actions.DAYS
    found = alerts(post, clock.today() - dt.timedelta(days=days), clock.today())
    counts = {kind: sum(one.kind == kind for one in found) for kind in AlertKind}
    kind, worker = request.GET.get("kind", ""), request.GET.get("worker", "")
    workers = sorted({(str(one.worker), one.worker_name) for one in found if one.worker}, key=lambda pair: pair[1])
    shown = [one for one in found if kind in ("", one.kind) and worker in ("", str(one.worker))]
    answers = actions.answers(shown)
    rows = [Row(one, sentence_of(one), answers.get(one.key)) for one in shown]
    by = "worker" if request.GET.get("by") == "worker" else "day"
    context: dict[str, Any] = {
        "groups": _grouped(rows, by),
        "waiting": sum(row.answer is None for row in rows),
        "counts": [(one, counts[one]) for one in AlertKind],
        "stretches": STRETCHES,
        "days": days,
        "kind": kind,
        "kinds": AlertKind.choices,
        "workers": workers,
        "worker": worker,
        "by": by,
        "may_answer": may(post, May.OVERSEE),
        "refused": refused,
        "tried": tried,
    }
    response = screen(request, post, "registry/watch.html", context, place=PLACE)
    response.status_code = 422 if refused else 200
    return response


def _grouped(rows: list[Row], by: str) -> list[tuple[Any, list[Row]]]:
    """(day or worker, rows), in the order they come; by worker in the order of names."""
    if by == "worker":
        rows = sorted(rows, key=lambda row: (row.alert.worker_name, -row.alert.day.toordinal()))
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.alert.worker_name if by == "worker" else row.alert.day, []).append(row)
    return list(groups.items())
