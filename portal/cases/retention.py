"""Retention of the links to cases."""

from __future__ import annotations

import datetime as dt

from portal.cases.models import OutboxItem, Progress
from portal.core.retention import PUBLIC_TASK, STAFF_DUTY, Row


def forget_delivered(before: dt.datetime) -> int:
    """What has arrived long ago; its text went when it arrived."""
    return OutboxItem.objects.filter(progress=Progress.DELIVERED, delivered_at__lt=before).delete()[0]


ROWS = {
    "cases.CaseLink": Row(PUBLIC_TASK, None),
    "cases.Opening": Row(STAFF_DUTY, None),
    "cases.OutboxItem": Row(PUBLIC_TASK, 30, forget_delivered),
}
NOT_PERSONAL = {"cases.RegistryCursor"}
