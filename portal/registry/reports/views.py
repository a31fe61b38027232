"""Screens of the reports."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.core import clock
from portal.core.exports import as_xlsx
from portal.core.models import User
from portal.registry.access import May, may
from portal.registry.models import Post
from portal.registry.months.selectors import departments
from portal.registry.months.views import XLSX
from portal.registry.posts import posts_only
from portal.registry.programmes.forms import colleagues
from portal.registry.reports import counting
from portal.registry.screens import screen

MONTHS = 12


@posts_only
@require_GET
def report(request: HttpRequest, post: Post) -> HttpResponse:
    """A worker's month, or the department's; one's own for who may not see the others'."""
    asked = _Asked(request, post)
    context = {
        "report": asked.report(),
        "months": asked.months,
        "first": asked.first,
        "department": asked.department,
        "departments": departments(post) if may(post, May.REPORT) else [],
        "worker": asked.worker,
        "colleagues": [one.user for one in colleagues(post.department)] if may(post, May.REPORT) else [],
        "query": asked.query,
    }
    return screen(request, post, "registry/report.html", context, place="registry:report")


@posts_only
@require_GET
def workbook(request: HttpRequest, post: Post) -> HttpResponse:
    """The same as XLSX."""
    asked = _Asked(request, post)
    rows = [
        {
            (_("Person") if asked.worker else _("Social worker")): str(line.name),
            _("Planned"): line.planned,
            _("Done"): line.done,
            _("Nobody opened"): line.in_vain,
            _("Declined"): line.declined,
            _("Not written down"): line.missed,
            _("Minutes"): line.minutes,
        }
        for line in asked.report().lines
    ]
    response = HttpResponse(as_xlsx(rows, list(rows[0]) if rows else [_("Planned")]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="report-{asked.first:%Y-%m}.xlsx"'
    return response


class _Asked:
    """What the address asks for, narrowed to what the post may see."""

    def __init__(self, request: HttpRequest, post: Post) -> None:
        self.worker = asked_user(request, post)
        known = departments(post)
        chosen = request.GET.get("department", "")
        self.department = chosen if chosen in known else (known[0] if known else "")
        this = clock.today().replace(day=1)
        self.months = [this]
        for _n in range(MONTHS - 1):
            self.months.append((self.months[-1] - dt.timedelta(days=1)).replace(day=1))
        said = request.GET.get("month", "")
        self.first = next((one for one in self.months if f"{one:%Y-%m}" == said), this)
        self.query = f"month={self.first:%Y-%m}" + (f"&worker={self.worker.pk}" if self.worker else "")

    def report(self) -> counting.Report:
        if self.worker is not None:
            return counting.of_worker(self.department, self.worker, self.first)
        return counting.of_department(self.department, self.first)


def asked_user(request: HttpRequest, post: Post) -> User | None:
    """The worker who is asked for; None: everybody, for who may see everybody. Raises PermissionDenied."""
    said = request.GET.get("worker", "")
    if not may(post, May.REPORT):
        if said not in ("", str(post.user_id)):
            raise PermissionDenied
        return post.user
    if not said.isdecimal():
        return None
    named: Any = colleagues(post.department).filter(user_id=int(said)).first()
    if named is None:
        raise PermissionDenied
    user: User = named.user
    return user
