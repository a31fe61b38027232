"""The registry's own screens: the list of cases, a case's file, and what is done in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.core import audit, uploads
from portal.registry import actions, selectors
from portal.registry.access import May, may
from portal.registry.law import looks, reasons
from portal.registry.models import Case, CaseDocument, Post, Status
from portal.registry.posts import posts_only, posts_that
from portal.registry.recipients.record import masked
from portal.registry.screens import screen

PLACE = "registry:cases"
ONE_OPENING = 15 * 60
CHANNELS = ("phone", "mail", "visit")
Deed = Callable[[Case, Post, QueryDict], None]


class Wrong(ValueError):
    """The form can't be carried out; `field` and a sentence that says what to write."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@posts_only
@require_GET
def cases(request: HttpRequest, post: Post) -> HttpResponse:
    """All cases within the post's reach, narrowed by the address."""
    filters = selectors.Filters.of(request.GET)
    page = selectors.cases_for(post, filters)
    rows = [(case, *selectors.LOOK[Status(case.status)]) for case in page]
    context = {
        "page": page,
        "rows": rows,
        "filters": filters,
        "groups": selectors.GROUPS,
        "pages": [(number, filters.address(number)) for number in page.paginator.page_range],
    }
    return screen(request, post, "registry/cases.html", context, place=PLACE)


@posts_only
@require_GET
def case(request: HttpRequest, post: Post, number: str) -> HttpResponse:
    """One case's file; opening it is on record once in a quarter of an hour."""
    found = _case(post, number)
    if cache.add(f"registry:opened:{found.pk}:{post.pk}", 1, ONE_OPENING):
        audit.record("registry.file_opened", found, by=post.user)
    looks.note(found.recipient, reasons.DECISION, by=post)
    return _file(request, post, found)


@posts_that(May.HANDLE)
@require_POST
def act(request: HttpRequest, post: Post, number: str, deed: str) -> HttpResponse:
    """Do one thing in a case and show the file again, with what was typed when it could not be done."""
    found = _case(post, number)
    try:
        DEEDS[deed](found, post, request.POST)
    except Wrong as wrong:
        return _file(request, post, found, wrong=wrong, typed=request.POST)
    except actions.IllegalChange:
        return _file(
            request, post, found, wrong=Wrong("status", _("The case has moved on meanwhile. Look at it again."))
        )
    return redirect("registry:case", number)


@posts_only
@require_GET
def document(request: HttpRequest, post: Post, number: str, document: int) -> Any:
    """One paper of a case, as a download."""
    kept = get_object_or_404(CaseDocument, pk=document, case=_case(post, number))
    return uploads.hand_out(kept.kept_name, shown_name=kept.name)


def _case(post: Post, number: str) -> Case:
    within = Case.objects.within(post).select_related("recipient", "worker__user")
    return get_object_or_404(within, number=number)


def _file(
    request: HttpRequest, post: Post, case: Case, *, wrong: Wrong | None = None, typed: QueryDict | None = None
) -> HttpResponse:
    context = {
        "case": case,
        "may_handle": may(post, May.HANDLE),
        "look": selectors.LOOK[Status(case.status)],
        "code": masked(case.recipient.code),
        "steps": selectors.steps_from(case),
        "outcomes": [(Status.GRANTED.value, Status.GRANTED.label), (Status.REFUSED.value, Status.REFUSED.label)],
        "changes": case.status_changes.select_related("by__user"),
        "enquiries": case.enquiries.all(),
        "notes": case.notes.select_related("by__user"),
        "documents": case.documents.all(),
        "contacts": case.contacts.select_related("by__user"),
        "wrong": wrong,
        "typed": typed or {},
    }
    return screen(request, post, "registry/case.html", context, place=PLACE)


def _said(sent: QueryDict, field: str) -> str:
    return str(sent.get(field, "")).strip()


def _needed(sent: QueryDict, field: str, words: str) -> str:
    """What was written into a field. Raises Wrong with `words` when it was nothing."""
    if not _said(sent, field):
        raise Wrong(field, words)
    return _said(sent, field)


def _status(case: Case, post: Post, sent: QueryDict) -> None:
    status = _said(sent, "status")
    if status not in dict(selectors.steps_from(case)):
        raise Wrong("status", _("Choose what the case becomes."))
    actions.change_status(case, status, by=post, note=_said(sent, "status_note"))


def _decide(case: Case, post: Post, sent: QueryDict) -> None:
    why = _needed(sent, "why", _("Write why, in words the person understands."))
    try:
        actions.decide(case, _said(sent, "outcome"), by=post, note=why)
    except actions.NoDecision as none:
        raise Wrong("outcome", _("Choose whether it is granted or refused.")) from none


def _ask(case: Case, post: Post, sent: QueryDict) -> None:
    needed = _needed(sent, "needed", _("Write what you need from the person."))
    actions.ask_person(case, needed, by=post, until=_day(_said(sent, "until")))


def _answered(case: Case, post: Post, sent: QueryDict) -> None:
    number = _said(sent, "enquiry")
    asked = case.enquiries.filter(pk=int(number)).first() if number.isdecimal() else None
    if asked is None:
        raise Wrong("status", _("Choose what the person brought."))
    actions.record_answer(asked, _said(sent, "answer"), by=post)


def _note(case: Case, post: Post, sent: QueryDict) -> None:
    note = _needed(sent, "note", _("Write the note."))
    actions.add_note(case, note, author=str(post.user), by=post, for_person="for_person" in sent)


def _contact(case: Case, post: Post, sent: QueryDict) -> None:
    summary, channel = _needed(sent, "summary", _("Write in a sentence what was said.")), _said(sent, "channel")
    if channel not in CHANNELS:
        raise Wrong("channel", _("Choose how you were in contact."))
    actions.record_contact(case, summary, channel=channel, by=post)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise Wrong("until", _("Write the day as year-month-day, for example 2026-12-04.")) from wrong


DEEDS: dict[str, Deed] = {
    "status": _status,
    "decide": _decide,
    "ask": _ask,
    "answered": _answered,
    "note": _note,
    "contact": _contact,
}
