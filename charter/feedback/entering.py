"""What people say by phone or on a paper form, entered by staff: one after the other, each once."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from charter.catalogue import published_services
from charter.feedback import actions, questions
from charter.feedback.kiosk.access import LEADERS
from charter.feedback.models import EntryKind, RatingChannel
from charter.memberships import institutions_of, reach_of, staff_only
from charter.models import Institution, Role, Service
from portal.core import clock
from portal.core.languages import LANGUAGES, OWN_NAMES, Localised, current
from portal.core.models import AuditEntry, User
from portal.core.translations import columns_of, text

PLACE = "feedback:ratings"
ENTERERS = (Role.CONSULTANT, Role.SUPERVISOR, Role.CASE_WORKER, Role.MANAGER, Role.ADMINISTRATOR)
CHANNELS = (RatingChannel.PAPER, RatingChannel.PHONE)
DAYS_BACK = 31  # later its month may be counted and published already


@dataclass(frozen=True, slots=True)
class Entry:
    """What stays the same from one paper to the next, as it was typed."""

    institution: str
    service: str
    channel: str
    language: str
    day: str

    @property
    def written_on(self) -> dt.date | None:
        try:
            return dt.date.fromisoformat(self.day)
        except ValueError:
            return None

    def problems(self, place: Institution | None) -> list[tuple[str, str]]:
        """(field, what is wrong with it), in the order of the form."""
        day, today = self.written_on, clock.today()
        found = []
        if place is None:
            found.append(("institution", _("Choose the institution.")))
        if self.channel not in CHANNELS:
            found.append(("channel", _("Choose phone or paper.")))
        if self.language not in LANGUAGES:
            found.append(("language", _("Choose the language.")))
        if day is None or day > today:
            found.append(("day", _("Write the day on which it was answered; it cannot be in the future.")))
        elif day < today - dt.timedelta(days=DAYS_BACK):
            found.append(("day", _("It is older than a month: that month is counted already.")))
        return found


@staff_only(*ENTERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The form; after each answer a fresh one with the same institution, way, language and day."""
    if request.method != "POST":
        return _page(request, _entry(request.GET), questions.Typed())
    entry, typed = _entry(request.POST), questions.read(request.POST)
    place = institutions_of(_user(request), *ENTERERS).filter(code=entry.institution, live=True).first()
    problems = entry.problems(place)
    if typed.error:
        problems.append(("score-1", typed.error))
    if problems:
        return _page(request, entry, typed, problems=problems)
    service = Service.objects.filter(code=entry.service, live=True).first() if entry.service else None
    is_new = actions.rate(
        subject_kind="service" if service else "institution",
        score=int(typed.score),
        text=typed.text,
        areas=typed.given,
        channel=entry.channel,
        entry_kind=EntryKind.STAFF,
        language=entry.language,
        service=service,
        institution=place,
        key=uuid.UUID(typed.key),
        day=entry.written_on,
        by=_user(request),
    )
    messages.success(request, _said(_entered_today(request)) if is_new else _("This one was counted already."))
    kept = {name: getattr(entry, name) for name in ("institution", "service", "channel", "language", "day")}
    return HttpResponseRedirect(f"{reverse(PLACE)}?{urlencode(kept)}")


def _said(times: int) -> str:
    return ngettext(
        "Counted. Today you entered %(count)d answer.", "Counted. Today you entered %(count)d answers.", times
    ) % {"count": times}


def _entry(sent: Any) -> Entry:
    return Entry(
        institution=sent.get("institution", ""),
        service=sent.get("service", ""),
        channel=sent.get("channel", RatingChannel.PAPER),
        language=sent.get("language", current()),
        day=sent.get("day", clock.today().isoformat()),
    )


def _page(
    request: HttpRequest,
    entry: Entry,
    typed: questions.Typed,
    *,
    problems: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    context = {
        "place": PLACE,
        "entry": entry,
        "typed": typed,
        "problems": problems or [],
        "wrong": {name.replace("-", "_"): said for name, said in problems or []},
        "channels": [(channel.value, channel.label) for channel in CHANNELS],
        "languages": OWN_NAMES.items(),
        "institutions": _named(institutions_of(_user(request), *ENTERERS).filter(live=True).order_by("order", "code")),
        "services": _named(published_services()),
        "leads": bool(reach_of(_user(request), *LEADERS)),
        "today": clock.today(),
        "earliest": clock.today() - dt.timedelta(days=DAYS_BACK),
    }
    return render(request, "feedback/entering.html", context, status=422 if problems else 200)


def _named(found: Any) -> list[tuple[str, Localised]]:
    rows = found.values("code", *columns_of(("name",)))
    return [(row["code"], text(row, "name", current())) for row in rows]


def _entered_today(request: HttpRequest) -> int:
    since = dt.datetime.combine(clock.today(), dt.time(), tzinfo=clock.now().tzinfo)
    return AuditEntry.objects.filter(actor=_user(request), action="rating.entered", at__gte=since).count()


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
