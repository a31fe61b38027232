"""What happens to a tablet: made, given a new code, withdrawn, heard of – and what people say on it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.db.models import F

from charter.feedback import actions
from charter.feedback.models import Kiosk, RatingChannel
from charter.feedback.questions import Typed
from charter.models import Institution
from portal.core import audit, clock, receipts
from portal.core.models import User

SEEN_ANEW = dt.timedelta(minutes=1)
DAYS_BACK = 31  # an answer that could not be sent for longer is dropped by the tablet


class Taken(Exception):
    """The institution has a tablet of this name."""


@transaction.atomic
def make(name: str, institution: Institution, language: str, *, by: User) -> tuple[Kiosk, str]:
    """A new tablet and its code, which is stored nowhere. Raises Taken."""
    code = receipts.issue("T")
    kiosk = Kiosk(
        name=name,
        institution=institution,
        language=language,
        code_digest=receipts.digest(code.secret),
        made_by=by,
        made_at=clock.now(),
    )
    try:
        with transaction.atomic():
            kiosk.save(force_insert=True)
    except IntegrityError as wrong:
        raise Taken from wrong
    audit.record("kiosk.made", kiosk, by=by)
    return kiosk, code.spaced_secret


@transaction.atomic
def renew(kiosk: Kiosk, *, by: User) -> str:
    """A new code; the browser that was opened with the old one is closed."""
    code = receipts.issue("T")
    kiosk.code_digest = receipts.digest(code.secret)
    kiosk.save(update_fields=["code_digest"])
    audit.record("kiosk.code_renewed", kiosk, by=by)
    return code.spaced_secret


@transaction.atomic
def withdraw(kiosk: Kiosk, *, by: User) -> None:
    """It counts nothing any more. Doing it twice changes nothing."""
    if Kiosk.objects.filter(pk=kiosk.pk, withdrawn_at=None).update(withdrawn_at=clock.now()):
        audit.record("kiosk.withdrawn", kiosk, by=by)


def seen(kiosk: Kiosk) -> None:
    """It was heard of just now; written at most once a minute."""
    now = clock.now()
    if kiosk.last_seen_at is None or kiosk.last_seen_at < now - SEEN_ANEW:
        Kiosk.objects.filter(pk=kiosk.pk).update(last_seen_at=now)


@transaction.atomic
def answer(kiosk: Kiosk, typed: Typed, *, language: str, day: dt.date | None = None) -> bool:
    """Keep one answer; False where it had arrived before. `day`: the tablet's, as far as it can be believed."""
    today = clock.today()
    is_believed = day is not None and today - dt.timedelta(days=DAYS_BACK) <= day <= today
    is_new = actions.rate(
        subject_kind="institution",
        score=int(typed.score),
        text=typed.text,
        areas=typed.given,
        channel=RatingChannel.KIOSK,
        language=language,
        institution=kiosk.institution,
        key=uuid.UUID(typed.key),
        day=day if is_believed else today,
    )
    if is_new:
        Kiosk.objects.filter(pk=kiosk.pk).update(answers=F("answers") + 1)
    return is_new
