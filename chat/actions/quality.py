"""Conversations read afterwards: drawn by chance, read without identifiers, judged by one form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from charter.memberships import reach_of
from charter.models import Role
from chat import access
from chat.actions.errors import NotYours, Unfit
from chat.models import Channel, Consultation, QualityCheck, State
from portal.core import audit, clock
from portal.core.models import User
from portal.core.privacy import mask

LOOKED_BACK = dt.timedelta(days=30)
DRAWN = 5


@dataclass(frozen=True, slots=True)
class Answers:
    """Yes, no, or None where it did not come up."""

    gave_name: bool | None = None
    spoke_plainly: bool | None = None
    checked_identity: bool | None = None
    answered_rightly: bool | None = None
    said_what_next: bool | None = None


QUESTIONS = tuple(field.name for field in fields(Answers))


def to_check(user: User) -> QuerySet[Consultation]:
    """What this supervisor may judge: finished written conversations of others, not judged yet."""
    reach = reach_of(user, Role.SUPERVISOR)
    found = access.for_statistics().filter(
        channel=Channel.CHAT,
        state=State.CLOSED,
        erased_at=None,
        closed_at__gte=clock.now() - LOOKED_BACK,
        quality_check=None,
        is_demo=False,
    )
    if not reach:
        return found.none()
    if not reach.whole_city:
        found = found.filter(institution_id__in=reach.institutions)
    return found.exclude(consultant=user)


def draw(user: User) -> list[Consultation]:
    """Five by chance."""
    return list(to_check(user).order_by("?")[:DRAWN])


@transaction.atomic
def check(consultation: Consultation, answers: Answers, *, note: str, by: User) -> QualityCheck:
    """Keep the judgement. Raises NotYours; Unfit when nothing is answered or somebody was first."""
    if not to_check(by).filter(pk=consultation.pk).exists():
        raise NotYours
    given = {name: getattr(answers, name) for name in QUESTIONS}
    if all(value is None for value in given.values()):
        raise Unfit("empty")
    try:
        with transaction.atomic():
            made = QualityCheck.objects.create(
                consultation=consultation, by=by, at=clock.now(), note=mask(note)[:300], **given
            )
    except IntegrityError:
        raise Unfit("checked") from None
    audit.record("consultation.checked", consultation, by=by)
    return made


def made_by_reach(user: User) -> QuerySet[QualityCheck]:
    """Checks of the last weeks in this supervisor's reach; for a consultant, those of their own conversations."""
    reach = reach_of(user, Role.SUPERVISOR)
    found = QualityCheck.objects.select_related("consultation__consultant").order_by("-at")
    if reach.whole_city:
        return found
    if reach:
        return found.filter(consultation__institution_id__in=reach.institutions)
    return found.filter(consultation__consultant=user)
