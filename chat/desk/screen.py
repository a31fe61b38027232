"""The desk's one screen, put together: queue, conversation, knowledge."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from charter.memberships import holds
from charter.models import Role
from chat import access, numbers, promises, selectors, to_do
from chat.actions import alerts, drafts, floor, reopening, tasks
from chat.actions.redaction import RedactionReason
from chat.desk import card, changes, choices, knowledge, queue_rows, words
from chat.desk.doors import member
from chat.models import (
    WRITTEN_CHANNELS,
    Author,
    BreakReason,
    Channel,
    Choice,
    Consultation,
    EventKind,
    Found,
    Outcome,
    Presence,
    State,
    TryResult,
)
from chat.transcript import StaffEvent
from kb.models import Topic
from kb.search import facets
from portal.cases import identity
from portal.core import clock, languages
from portal.core.languages import Localised
from portal.core.models import User
from portal.core.translations import columns_of, rows, text

_is_supervisor = holds(Role.SUPERVISOR)
_ENDED = (State.CLOSED, State.ABANDONED)


def show(request: HttpRequest, consultation: Consultation | None, *, status: int = 200, **more: Any) -> HttpResponse:
    """The whole screen. `more`: problems, and what was typed."""
    user, language = member(request), languages.current()
    context = _queue(user, language)
    if consultation is not None:
        context |= _talk(request, user, consultation, language)
    context |= _knowledge(request, consultation, context.get("events", []), language)
    return render(request, "desk/floor.html", context | more, status=status)


def show_gone(request: HttpRequest) -> HttpResponse:
    """For a conversation that is not – or no longer – theirs: the floor without it, and what was typed, to copy."""
    problems = [("", _("This conversation is no longer in your queue: a colleague has taken it, or it has ended"))]
    return show(request, None, status=404, problems=problems, draft=request.POST.get("text", ""))


def queue_part(request: HttpRequest, open_id: str) -> HttpResponse:
    """The queue alone, for the script."""
    context = _queue(member(request), languages.current()) | {"open_id": open_id}
    return render(request, "desk/parts/queue.html", context)


def log_part(request: HttpRequest, consultation: Consultation, *, since: int) -> HttpResponse:
    """What came after `since` alone, for the script; after a removal everything, for older lines have changed."""
    events = selectors.whole_for_staff(consultation, since=since)
    if since and any(event.kind == EventKind.REDACTED for event in events):
        events, since = selectors.whole_for_staff(consultation), 0
    typing = drafts.who_else_types(consultation, but=member(request)) if consultation.is_open else []
    last = events[-1].sequence if events else since
    context = {"consultation": consultation, "events": events, "last": last, "since": since, "typing": typing}
    return render(request, "desk/parts/log.html", context)


def knowledge_part(request: HttpRequest, consultation: Consultation | None) -> HttpResponse:
    """The knowledge alone, for the script."""
    language = languages.current()
    events = selectors.whole_for_staff(consultation) if consultation else []
    context = _knowledge(request, consultation, events, language) | {"consultation": consultation}
    if consultation is not None:
        is_here = consultation.consultant_id == member(request).pk and consultation.state == State.ACTIVE
        earlier = card.earlier_contacts(consultation, member(request), language)
        context |= {"may_answer": is_here, "earlier": earlier, "proof": card.proof_of(events)}
        context |= {"cases": card.requests_of(consultation, earlier, member(request))}
    return render(request, "desk/parts/knowledge.html", context)


def _queue(user: User, language: str) -> dict[str, Any]:
    promised = queue_rows.promised_seconds()
    found = queue_rows.rows(user, language, promised=promised)
    return {
        "place": "desk:floor",
        "rows": found,
        "wallboard": queue_rows.wallboard(user, found, promised=promised),
        "presence": Presence.objects.filter(user=user).first(),
        "presences": Choice.choices,
        "break_reasons": BreakReason.choices,
        "is_supervisor": _is_supervisor(user),
        "alerts": alerts.for_supervisor(user).count() if _is_supervisor(user) else 0,
        "offered": [row for row in found if row.is_offered and row.is_mine],
        "call_key": uuid4(),
        "ringing": queue_rows.fresh_call(user),
        "pressing": to_do.count_pressing(user),
    }


def _talk(request: HttpRequest, user: User, consultation: Consultation, language: str) -> dict[str, Any]:
    events = selectors.whole_for_staff(consultation)
    is_mine = consultation.consultant_id == user.pk
    topic_code, topic = _topic(consultation, language)
    may_lead = access.led_by(user).filter(pk=consultation.pk).exists()
    ready = choices.quick_replies(consultation, user)
    is_here = is_mine and consultation.state == State.ACTIVE
    earlier = card.earlier_contacts(consultation, user, language) if consultation.phone_digest else []
    return {
        "consultation": consultation,
        "is_call": consultation.channel == Channel.PHONE,
        "call_seconds": _spoken(consultation),
        "may_answer": is_here,
        "earlier": earlier,
        "proof": card.proof_of(events),
        "identity_questions": identity.questions() if is_here else [],
        "script": card.crisis_script() if consultation.is_urgent else card.script(),
        "spoken": [(code, languages.OWN_NAMES[code]) for code in languages.LANGUAGES],
        "open_id": consultation.public_id,
        "events": events,
        "last": events[-1].sequence if events else 0,
        "is_mine": is_mine,
        "may_lead": may_lead,
        "may_write": is_here and (consultation.channel in WRITTEN_CHANNELS or bool(consultation.secret_digest)),
        "may_note": (may_lead or access.is_invited(consultation, user)) and consultation.state not in _ENDED,
        "redaction_reasons": RedactionReason.choices,
        "may_supervise": floor.may_supervise(consultation, user),
        "may_reopen": may_lead and reopening.open_until(consultation, by_staff=True) is not None,
        "may_wrap_up": may_lead and consultation.state in {State.ACTIVE, State.WRAPPING_UP},
        "answer_label": words.answer_in(consultation.language),
        "topic": topic,
        "topic_code": topic_code,
        "topics": choices.topics(language),
        "outcomes": Outcome.choices,
        "founds": Found.choices,
        "colleagues": choices.colleagues(user) if may_lead else [],
        "institutions": choices.institutions(language) if may_lead else [],
        "quick_replies": ready,
        "changes": changes.since_sent(events, consultation.language) if consultation.is_open else [],
        "typing": drafts.who_else_types(consultation, but=user) if consultation.is_open else [],
        "cases": card.requests_of(consultation, earlier, user),
        **_promise(user, consultation, may_lead=may_lead),
        "client_id": uuid4(),
        "draft": _draft(request, ready) or drafts.of(consultation, by=user),
        "flag_key": uuid4(),
    }


def _spoken(consultation: Consultation) -> int:
    """How many seconds a call has lasted."""
    since = consultation.claimed_at or clock.now()
    return max(0, int(((consultation.ended_at or clock.now()) - since).total_seconds()))


def _promise(user: User, consultation: Consultation, *, may_lead: bool) -> dict[str, Any]:
    """What is promised, and the windows there are to promise a call. The number is shown to whoever may ring it."""
    task = tasks.open_task(consultation)
    may_ring = consultation.is_promised or may_lead
    return {
        "task": task,
        "attempts": task.attempts.select_related("by") if task else (),
        "results": TryResult.choices,
        "may_give_up": bool(task) and task.attempts.count() >= tasks.ENOUGH_TRIES if task else False,
        "number": numbers.unseal(consultation.phone) if may_ring else "",
        "windows": promises.windows() if may_lead and consultation.is_open else [],
        "colleagues_there": choices.colleagues(user) if task else [],
    }


def _draft(request: HttpRequest, ready: list[choices.Reply]) -> str:
    """The text of the quick reply that was chosen without scripts."""
    code = request.GET.get("reply", "")
    return next((reply.words for reply in ready if code and reply.code == code), "")


def _knowledge(
    request: HttpRequest, consultation: Consultation | None, events: list[StaffEvent], language: str
) -> dict[str, Any]:
    said = [one.text for one in events if one.author == Author.RESIDENT and one.kind == EventKind.MESSAGE]
    sent = {one.article_code for one in events if one.article_code}
    found = knowledge.look_up(
        request.GET.get("k", ""),
        said=said[-1] if said else "",
        language=consultation.language if consultation else language,
        sent=sent,
        chosen=facets.chosen_in(request.GET, facets.STAFF),
    )
    is_call = consultation is not None and consultation.channel == Channel.PHONE
    spoken = consultation.language if consultation else language
    name, args = ("desk:consultation", [consultation.public_id]) if consultation else ("desk:floor", [])
    return {
        "here": reverse(name, args=args),
        "found": found,
        "phone_forms": knowledge.phone_forms(found, spoken) if is_call else {},
    }


def _topic(consultation: Consultation, language: str) -> tuple[str, Localised]:
    row = rows(Topic).filter(pk=consultation.topic_id).values("code", *columns_of(("name",))).first()
    return (row["code"], text(row, "name", language)) if row else ("", Localised("", language))
