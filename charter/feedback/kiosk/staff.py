"""Tablets of an institution: made, withdrawn, and which has not been heard of; posters and paper forms beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from charter.feedback.kiosk import access, actions
from charter.feedback.models import Kiosk
from charter.memberships import institutions_of, staff_only
from portal.core import clock
from portal.core.addresses import page_address
from portal.core.languages import LANGUAGES, OWN_NAMES, Localised, current, pick_field
from portal.core.models import User

PLACE = "feedback:ratings"
QUIET = dt.timedelta(days=3)  # a weekend is no trouble


@dataclass(frozen=True, slots=True)
class Row:
    """A tablet in the list."""

    kiosk: Kiosk
    office: Localised
    language: str
    quiet_days: int | None  # since it was heard of, where that is too long


@staff_only(*access.LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """All tablets in reach, the silent ones first; posted: a new one, with its code."""
    if request.method != "POST":
        return _page(request)
    place = institutions_of(_user(request), *access.LEADERS).filter(code=request.POST.get("institution", "")).first()
    name, language = request.POST.get("name", "").strip()[:80], request.POST.get("language", "")
    problems = []
    if not name:
        problems.append(("name", _("Write where it stands.")))
    if place is None:
        problems.append(("institution", _("Choose the institution.")))
    if language not in LANGUAGES:
        problems.append(("language", _("Choose the language.")))
    if problems or place is None:
        return _page(request, problems=problems)
    try:
        kiosk, code = actions.make(name, place, language, by=_user(request))
    except actions.Taken:
        return _page(request, problems=[("name", _("There is a tablet of this name already. Give this one another."))])
    return _page(request, fresh=kiosk, code=code)


@staff_only(*access.LEADERS)
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new code, shown once; the tablet has to be opened with it."""
    kiosk = get_object_or_404(access.for_staff(_user(request)), pk=pk)
    return _page(request, fresh=kiosk, code=actions.renew(kiosk, by=_user(request)))


@staff_only(*access.LEADERS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It counts nothing any more."""
    kiosk = get_object_or_404(access.for_staff(_user(request)), pk=pk)
    actions.withdraw(kiosk, by=_user(request))
    messages.success(request, _("The tablet is withdrawn. What it counted stays."))
    return redirect("feedback:kiosks")


def _page(request: HttpRequest, *, problems: list[tuple[str, str]] | None = None, **more: Any) -> HttpResponse:
    user = _user(request)
    offices = institutions_of(user, *access.LEADERS).filter(live=True).order_by("order", "code")
    context = {
        "place": PLACE,
        "rows": _rows(user),
        "offices": [(office.code, pick_field(office, "name", current())) for office in offices],
        "languages": OWN_NAMES.items(),
        "address": request.build_absolute_uri(page_address("feedback:kiosk", current())),
        "problems": problems or [],
        "wrong": dict(problems or []),
        "typed": request.POST if problems else {"language": current()},
        **more,
    }
    return render(request, "feedback/kiosk/staff.html", context, status=422 if problems else 200)


def _rows(user: User) -> list[Row]:
    now = clock.now()
    found = access.for_staff(user).select_related("institution").order_by("institution__order", "name")
    rows = []
    for kiosk in found:
        silent = now - (kiosk.last_seen_at or kiosk.made_at)
        quiet = silent.days if silent >= QUIET else None
        office = pick_field(kiosk.institution, "name", current())
        rows.append(Row(kiosk, office, OWN_NAMES[kiosk.language], quiet))
    return sorted(rows, key=lambda row: -(row.quiet_days or 0))


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
