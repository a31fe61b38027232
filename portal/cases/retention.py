"""Retention of the links to cases."""

from __future__ import annotations

import datetime as dt

from portal.cases.models import Draft, DraftFile, OddLook, OutboxItem, Progress
from portal.core import uploads
from portal.core.retention import PUBLIC_TASK, STAFF_DUTY, Row


def forget_delivered(before: dt.datetime) -> int:
    """What has arrived long ago; its text went when it arrived."""
    return OutboxItem.objects.filter(progress=Progress.DELIVERED, delivered_at__lt=before).delete()[0]


def forget_reviewed(before: dt.datetime) -> int:
    """Odd looks that were closed long ago; what nobody has looked at stays."""
    return OddLook.objects.filter(reviewed_at__lt=before).delete()[0]


def forget_begun(before: dt.datetime) -> int:
    """Requests that were begun and never sent, with the papers that lie with them."""
    old = Draft.objects.filter(saved_at__lt=before)
    papers = list(DraftFile.objects.filter(draft__in=old).values_list("kept", flat=True))
    count = old.delete()[0]
    uploads.forget(papers)
    return count


DRAFT_DAYS = 14
ROWS = {
    "cases.CaseLink": Row(PUBLIC_TASK, None),
    "cases.Opening": Row(STAFF_DUTY, None),
    "cases.OddLook": Row(STAFF_DUTY, 365, forget_reviewed),
    "cases.OutboxItem": Row(PUBLIC_TASK, 30, forget_delivered),
    "cases.Draft": Row(PUBLIC_TASK, DRAFT_DAYS, forget_begun),
    "cases.DraftFile": Row(PUBLIC_TASK, DRAFT_DAYS, forget_begun),
    "cases.TermProposal": Row(STAFF_DUTY, None),
    "cases.Mandate": Row(PUBLIC_TASK, None),
    "cases.CaseNews": Row(PUBLIC_TASK, None),
    "cases.VisitWord": Row(PUBLIC_TASK, None),
}
NOT_PERSONAL = {
    "cases.RegistryCursor",
    "cases.RequestPlan",
    "cases.RequestField",
    "cases.OpeningCause",
    "cases.StatusWords",
}
