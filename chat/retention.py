"""How long conversations are kept: their words 90 days, the counted facts of them for good."""

from __future__ import annotations

import datetime as dt

from chat import access
from chat.actions import consultations
from portal.core import audit
from portal.core.retention import PUBLIC_TASK, STAFF_DUTY, Row

DAYS = 90


def _erase(before: dt.datetime) -> int:
    """Words, names and keys of what ended before."""
    count = 0
    for consultation in access.ended_before(before).iterator():
        consultations.erase(consultation, by=audit.SYSTEM)
        count += 1
    return count


ROWS = {
    "chat.Consultation": Row(PUBLIC_TASK, DAYS, _erase),
    "chat.Event": Row(PUBLIC_TASK, DAYS),  # goes with its consultation
    "chat.Grant": Row(PUBLIC_TASK, DAYS),  # goes with its consultation
    "chat.WrapUp": Row(PUBLIC_TASK, None),  # topic and outcome; its note is masked when it is written
    "chat.Presence": Row(STAFF_DUTY, None),
}
NOT_PERSONAL = {"chat.QuickReply"}
