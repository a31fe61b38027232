"""How long conversations are kept: their words 90 days, the counted facts of them for good."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from chat import access
from chat.actions import consultations
from chat.models import Consultation, Draft, Offer
from portal.core.retention import PUBLIC_TASK, STAFF_DUTY, Row

DAYS = 90
NUMBER_DAYS = 30
OFFER_DAYS = 30
DRAFT_DAYS = 30


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


def _forget_numbers(before: dt.datetime) -> int:
    """Phone numbers go sooner than the words: they were needed for one call."""
    return access.numbers_before(before).update(phone="", phone_digest="")


def _forget_offers(before: dt.datetime) -> int:
    return Offer.objects.filter(made_at__lt=before).delete()[0]


def _forget_drafts(before: dt.datetime) -> int:
    return Draft.objects.filter(changed_at__lt=before).delete()[0]


ROWS = {
    "chat.Consultation": Row(PUBLIC_TASK, DAYS, _erase),
    "chat.Event": Row(PUBLIC_TASK, DAYS),  # goes with its consultation
    "chat.Attachment": Row(PUBLIC_TASK, DAYS),  # goes with its conversation, and the file with it
    "chat.Grant": Row(PUBLIC_TASK, DAYS),  # goes with its consultation
    "chat.WrapUp": Row(PUBLIC_TASK, None),  # topic and outcome; its note goes with its consultation's words
    "chat.Presence": Row(STAFF_DUTY, None),
    "chat.Task": Row(PUBLIC_TASK, NUMBER_DAYS, _forget_numbers),  # the number; what was promised stays to be counted
    "chat.Attempt": Row(STAFF_DUTY, None),
    "chat.Call": Row(PUBLIC_TASK, None),  # times only; the number lies with its consultation
    "chat.Offer": Row(STAFF_DUTY, OFFER_DAYS, _forget_offers),
    "chat.Invitation": Row(STAFF_DUTY, DAYS),  # goes with its consultation
    "chat.MailThread": Row(PUBLIC_TASK, DAYS),  # goes with its conversation
    "chat.NewsWish": Row(PUBLIC_TASK, DAYS),  # goes with its conversation
    "chat.Draft": Row(PUBLIC_TASK, DRAFT_DAYS, _forget_drafts),
    "chat.Alert": Row(STAFF_DUTY, None),
    "chat.QualityCheck": Row(STAFF_DUTY, None),
    "chat.QuickReply": Row(STAFF_DUTY, None),
}
NOT_PERSONAL = {"chat.CallNotice", "chat.Letter"}  # a letter’s row is a digest and a time
