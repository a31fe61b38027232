"""How long conversations are kept: their words 90 days, the counted facts of them for good."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from chat import access
from chat.actions import consultations
from chat.models import Consultation
from portal.core.retention import PUBLIC_TASK, STAFF_DUTY, Row

DAYS = 90


def erased_on(consultation: Consultation) -> dt.date | None:
    """The day its words are deleted without anybody asking; None while it goes on."""
    if consultation.ended_at is None:
        return None
    return timezone.localdate(consultation.ended_at) + dt.timedelta(days=DAYS)


def _erase(before: dt.datetime) -> int:
    """Words, names and keys of what ended before, or lies still since then without an end."""
    count = 0
    for consultation in access.due_before(before).iterator():
        consultations.erase_forgotten(consultation)
        count += 1
    return count


ROWS = {
    "chat.Consultation": Row(PUBLIC_TASK, DAYS, _erase),
    "chat.Event": Row(PUBLIC_TASK, DAYS),  # goes with its consultation
    "chat.Grant": Row(PUBLIC_TASK, DAYS),  # goes with its consultation
    "chat.WrapUp": Row(PUBLIC_TASK, None),  # topic and outcome; its note goes with its consultation's words
    "chat.Presence": Row(STAFF_DUTY, None),
}
NOT_PERSONAL = {"chat.QuickReply"}
