"""Everything we keep about one conversation, as a file for whoever holds its receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from chat import numbers, retention, selectors
from chat.models import Consultation
from chat.views.doors import holders_only
from portal.core import audit


@require_safe
@holders_only
def export(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """What the resident wrote and was told, when, what was promised, and until when it is kept."""
    audit.record("consultation.exported", consultation, by=audit.RESIDENT)
    answer = JsonResponse(_everything(consultation), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{consultation.reference}.json"'
    return answer


def _everything(consultation: Consultation) -> dict[str, Any]:
    wrapup = getattr(consultation, "wrapup", None)
    return {
        "number": consultation.reference,
        "channel": consultation.channel,
        "language": consultation.language,
        "name": consultation.name,
        "phone": numbers.unseal(consultation.phone),
        "topic": consultation.topic.code if consultation.topic else "",
        "service": consultation.service.code if consultation.service else "",
        "institution": consultation.institution.code if consultation.institution else "",
        "state": consultation.state,
        "times": {
            name: moment.isoformat() if (moment := getattr(consultation, name)) else None
            for name in ("started_at", "claimed_at", "first_reply_at", "reopened_at", "ended_at", "closed_at")
        },
        "erased_on": str(retention.erased_on(consultation) or ""),
        "outcome": wrapup.outcome if wrapup else "",
        "note": wrapup.note if wrapup else "",
        "promises": [
            {"kind": task.kind, "state": task.state, "due_at": task.due_at.isoformat(), "reason": task.reason}
            for task in consultation.tasks.order_by("made_at")
        ],
        "events": [event.as_frame() for event in selectors.whole_transcript(consultation)],
    }
