"""What the screens and papers of a month show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.languages import current, pick
from portal.registry.models import Act, CareService, Month, Post, Programme, Visit
from portal.registry.months.prices import next_month

SHOWN = 12
SUMS = ("cost_cents", "person_cents", "extra_cents", "town_cents", "minutes", "visits")


@dataclass(frozen=True, slots=True)
class Past:
    """A month that is over: its row when it was prepared or closed, else what was visited so far."""

    first: dt.date
    month: Month | None
    visits: int


def within(post: Post) -> QuerySet[Month]:
    """Months of the post's department; all for a post of the whole registry."""
    months = Month.objects.select_related("prepared_by", "closed_by")
    return months.filter(department=post.department) if post.department else months


def departments(post: Post) -> list[str]:
    """The post's own department, or all that have programmes."""
    if post.department:
        return [post.department]
    return list(Programme.objects.order_by("department").values_list("department", flat=True).distinct())


def past(department: str) -> list[Past]:
    """The last months of a department that are over, newest first."""
    first = clock.today().replace(day=1)
    firsts = []
    for _n in range(SHOWN):
        firsts.append(first)
        first = (first - dt.timedelta(days=1)).replace(day=1)
    rows = {month.first: month for month in Month.objects.filter(department=department, first__in=firsts)}
    days = Visit.objects.standing().filter(department=department, day__gte=firsts[-1]).order_by()
    visits = dict(days.annotate(month=TruncMonth("day")).values_list("month").annotate(many=Count("pk")))
    over = [one for one in firsts if clock.today() >= next_month(one) - dt.timedelta(days=1)]
    return [Past(one, rows.get(one), visits.get(one, 0)) for one in over if one in rows or one in visits]


def acts_of(month: Month, *, worker: int | None = None) -> QuerySet[Act]:
    """The acts that stand, by name; `worker` (user) narrows to whom that worker visits."""
    acts = month.acts.filter(is_latest=True).select_related("recipient", "worker").order_by("recipient__name", "pk")
    return acts.filter(worker=worker) if worker else acts


def totals(acts: QuerySet[Act]) -> dict[str, int]:
    """The sums of these acts."""
    found = acts.order_by().aggregate(**{name: Sum(name) for name in SUMS})
    return {name: found[name] or 0 for name in SUMS} | {
        "to_pay_cents": (found["person_cents"] or 0) + (found["extra_cents"] or 0)
    }


def said_lines(act: Act, names: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """The lines of an act with the names of their services for the reader of this page."""
    return [line | {"name": pick(names.get(line["service"], {}), current())} for line in act.lines]


def service_names() -> dict[str, dict[str, str]]:
    """The names of all services by code. One query."""
    return dict(CareService.objects.values_list("code", "names"))


def rows(acts: Iterable[Act]) -> list[dict[str, Any]]:
    """The register as a workbook's rows; sums in euros."""
    return [
        {
            _("Number"): f"{act.number}{f' ({act.version})' if act.version > 1 else ''}",
            _("Person"): act.recipient.name,
            _("Social worker"): str(act.worker or ""),
            _("Visits"): act.visits,
            _("Minutes"): act.minutes,
            _("Cost, €"): act.cost_cents / 100,
            _("The person pays for the programme, €"): act.person_cents / 100,
            _("The person pays for extras, €"): act.extra_cents / 100,
            _("The municipality pays, €"): act.town_cents / 100,
        }
        for act in acts
    ]
