"""The week and the holidays, for supervisors of the whole city."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_time
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from charter.models import Holiday, WorkingHours
from chat.actions import schedule as plans
from chat.actions.errors import CannotTake
from chat.desk.doors import desk_only, member
from portal.core import clock

STRETCHES = 3
MONDAY = dt.date(2024, 1, 1)
Problem = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Day:
    """One weekday with its stretches; empty ones are offered to be filled."""

    number: int
    stretches: list[tuple[dt.time | None, dt.time | None]]

    @property
    def date(self) -> dt.date:
        """Any date of this weekday: its name is written in the reader's language."""
        return MONDAY + dt.timedelta(days=self.number)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_only
def schedule(request: HttpRequest) -> HttpResponse:
    user = member(request)
    if not plans.may_plan(user):
        raise PermissionDenied
    problems = _save(request) if request.method == "POST" else []
    if request.method == "POST" and not problems:
        return HttpResponseRedirect(reverse("desk:schedule"))
    context = {
        "place": "desk:floor",
        "days": _days(),
        "holidays": Holiday.objects.filter(date__gte=clock.today()).order_by("date"),
        "problems": problems,
    }
    return render(request, "desk/schedule.html", context, status=422 if problems else 200)


def _save(request: HttpRequest) -> list[Problem]:
    data, user = request.POST, member(request)
    if "drop" in data:
        if date := _date(data["drop"]):
            plans.drop_holiday(date, by=user)
        return []
    if "holiday" in data:
        date, name = _date(data.get("date", "")), data.get("name", "").strip()
        if date is None or not name:
            return [("date", _("Give the day and its name"))]
        plans.add_holiday(date, name, by=user)
        return []
    weekday = data.get("weekday", "")
    if weekday not in {"0", "1", "2", "3", "4", "5", "6"}:
        return [("", _("Choose a weekday"))]
    read = [_stretch(data.get(f"from{n}", ""), data.get(f"to{n}", "")) for n in range(STRETCHES)]
    if "half" in read:
        return [(f"from0-{weekday}", _("Write both times of a stretch, for example 08:00 and 12:00"))]
    try:
        plans.set_day(int(weekday), [one for one in read if isinstance(one, tuple)], by=user)
    except CannotTake:
        return [(f"from0-{weekday}", _("A stretch ends before it begins, or two run into each other"))]
    return []


def _stretch(opens: str, closes: str) -> tuple[dt.time, dt.time] | str | None:
    """None: left empty. "half": only one of the two can be read."""
    if not opens.strip() and not closes.strip():
        return None
    try:
        since, until = parse_time(opens.strip()), parse_time(closes.strip())
    except ValueError:
        return "half"
    return (since, until) if since and until else "half"


def _date(typed: str) -> dt.date | None:
    try:
        return parse_date(typed)
    except ValueError:
        return None


def _days() -> list[Day]:
    week: dict[int, list[tuple[dt.time | None, dt.time | None]]] = {number: [] for number in range(7)}
    for weekday, opens, closes in WorkingHours.objects.order_by("opens").values_list("weekday", "opens", "closes"):
        week[weekday].append((opens, closes))
    return [Day(number, (found + [(None, None)] * STRETCHES)[:STRETCHES]) for number, found in week.items()]
