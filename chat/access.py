"""The one door to consultations: residents by grant or receipt, staff by the reach of their membership.

Nobody else asks `Consultation.objects`, `Event.objects` or `Grant.objects`; a test keeps it so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from charter.memberships import Reach, reach_of
from charter.models import Institution, Role
from chat.models import QUEUED_STATES, Attachment, Channel, Consultation, Event, Grant, Invitation, State
from chat.rows import Stand
from portal.core import receipts
from portal.core.crypto import keyed
from portal.core.models import User

ROLES = (Role.CONSULTANT, Role.SUPERVISOR)
QUEUED_SINCE = Coalesce("reopened_at", "started_at")  # twin of Consultation.queued_since


class NotThere(LookupError):
    """There is no such consultation, or it is somebody else's: one answer for both."""


def token_digest(token: str) -> str:
    """What is stored of the token in a resident's cookie."""
    return keyed("grant", token)


def grants_of(token: str) -> QuerySet[Grant]:
    """The grant a browser's token stands for."""
    if not token:
        return Grant.objects.none()
    return Grant.objects.filter(token_digest=token_digest(token))


def heads_of_grants(grant_ids: Collection[int]) -> dict[int, int]:
    """The last public number of each grant's consultation; a grant that is gone is not in it. One query."""
    rows = Grant.objects.filter(pk__in=grant_ids, consultation__erased_at=None)
    return dict(rows.values_list("pk", "consultation__public_sequence"))


def for_resident(token: str) -> QuerySet[Consultation]:
    """What this browser may open."""
    if not token:
        return Consultation.objects.none()
    return Consultation.objects.filter(
        grants__token_digest=token_digest(token),
        erased_at=None,
    )


def for_staff(user: User | AnonymousUser) -> QuerySet[Consultation]:
    """What this member of staff may open: the common queue, their institutions, what they hold; or the whole city."""
    reach = reach_of(user, *ROLES)
    if not reach or not isinstance(user, User):
        return Consultation.objects.none()
    if reach.whole_city:
        return Consultation.objects.all()
    return Consultation.objects.filter(
        Q(institution_id__in=reach.institutions)
        | Q(consultant_id=user.pk)
        | Q(institution=None, state__in=QUEUED_STATES)  # the common queue is everybody’s
        | Q(pk__in=Invitation.objects.filter(user=user).values("consultation"))
    )


def is_in_reach(stand: Stand, user_id: int, reach: Reach, invited: Collection[tuple[int, int]]) -> bool:
    """Twin of `for_staff`, for a consultation that has been read. `invited`: (consultation, user)."""
    if not reach:
        return False
    return (
        reach.covers(stand.institution_id)
        or stand.consultant_id == user_id
        or (stand.institution_id is None and stand.state in QUEUED_STATES)
        or (stand.id, user_id) in invited
    )


def led_by(user: User) -> QuerySet[Consultation]:
    """What this member of staff may act on: what they hold, and as a supervisor what lies in their reach."""
    reach = reach_of(user, Role.SUPERVISOR)
    mine = Q(consultant_id=user.pk)
    if reach.whole_city:
        return for_staff(user)
    return for_staff(user).filter(mine | Q(institution_id__in=reach.institutions))


def may_record(user: User, institution: Institution | None) -> bool:
    """Whether this member of staff may record a contact for an institution; their own desk's always."""
    reach = reach_of(user, *ROLES)
    return bool(reach) if institution is None else reach.covers(institution.pk)


def get_for_resident(public_id: str, *, token: str) -> Consultation:
    """Raises NotThere."""
    found = _with_parts(for_resident(token)).filter(public_id=public_id).first()
    if found is None:
        raise NotThere
    return found


def get_for_staff(public_id: str, *, user: User | AnonymousUser) -> Consultation:
    """Raises NotThere."""
    found = _with_parts(for_staff(user)).filter(public_id=public_id).first()
    if found is None:
        raise NotThere
    return found


def by_receipt(
    reference: str,
    secret: str,
    *,
    is_right: Callable[..., bool] = receipts.fits,
) -> Consultation:
    """The consultation of a receipt. `is_right(secret, stored)` may count wrong tries.

    Raises NotThere, after the same work, for an unknown reference and a wrong secret.
    """
    known = receipts.read_reference(reference) or ""
    found = Consultation.objects.filter(reference=known, erased_at=None).first()
    if not is_right(secret, found.secret_digest if found else "") or found is None:
        raise NotThere
    return found


def waiting() -> QuerySet[Consultation]:
    """What nobody has taken, in the order of the queue. For counting and claiming; opening goes by `for_staff`."""
    found = Consultation.objects.filter(state=State.WAITING, consultant=None)
    return found.order_by("-is_urgent", QUEUED_SINCE, "id")


def queue_of(language: str, *, institution: int | None) -> QuerySet[Consultation]:
    """What waits at one desk for an answer in one language."""
    return waiting().filter(language=language, institution=institution)


def before(consultation: Consultation) -> QuerySet[Consultation]:
    """Who stands before a waiting consultation in the queue of its desk and language."""
    same = queue_of(consultation.language, institution=consultation.institution_id).annotate(since=QUEUED_SINCE)
    since = consultation.queued_since
    earlier = Q(since__lt=since) | Q(since=since, id__lt=consultation.pk)
    if consultation.is_urgent:
        return same.filter(earlier, is_urgent=True)
    return same.filter(Q(is_urgent=True) | earlier)


def held_by(user: User) -> QuerySet[Consultation]:
    """What lies with this consultant now."""
    return Consultation.objects.filter(consultant=user).exclude(closed_at__isnull=False)


def held_by_any(users: Collection[int]) -> QuerySet[Consultation]:
    """What lies with these consultants now: for counting how much each has."""
    return Consultation.objects.filter(consultant__in=users).exclude(closed_at__isnull=False)


def is_on_the_phone(user: User) -> bool:
    """Whether this consultant talks on the phone now: then the desk does not lock."""
    return Consultation.objects.filter(consultant=user, channel=Channel.PHONE, state=State.ACTIVE).exists()


def is_invited(consultation: Consultation, user: User) -> bool:
    """Whether a colleague asked `user` into this conversation."""
    return Invitation.objects.filter(consultation=consultation, user=user).exists()


def locked(consultation: Consultation) -> Consultation:
    """The row as it is now, locked until the end of the transaction."""
    return Consultation.objects.select_for_update().get(pk=consultation.pk)


def by_form(form_digest: str) -> Consultation | None:
    """The consultation that a form with this key has begun."""
    return Consultation.objects.filter(form_digest=form_digest).first()


def for_statistics() -> QuerySet[Consultation]:
    """All of them, for counting only: no page shows a row of it."""
    return Consultation.objects.all()


def due_before(moment: dt.datetime) -> QuerySet[Consultation]:
    """What is due to be erased, for the nightly job: what ended before, and what lies still without an end."""
    is_still = Q(ended_at=None, changed_at__lt=moment)
    return Consultation.objects.filter(Q(ended_at__lt=moment) | is_still, erased_at=None)


def public_events(consultation: Consultation) -> QuerySet[Event]:
    """What the resident sees, in order. Notes have no public sequence and can't be here."""
    return Event.objects.filter(
        consultation_id=consultation.pk,
        public_sequence__isnull=False,
    ).order_by("public_sequence")


def all_events(consultation: Consultation) -> QuerySet[Event]:
    """Everything, notes included, in order: for staff."""
    return Event.objects.filter(consultation_id=consultation.pk).order_by("staff_sequence")


def _with_parts(found: QuerySet[Consultation]) -> QuerySet[Consultation]:
    return found.select_related("consultant")


def events_among(consultations: Collection[int]) -> QuerySet[Event]:
    """All events of several consultations, one after the other, in order: for the desk's lists."""
    return Event.objects.filter(consultation_id__in=consultations).order_by("consultation_id", "staff_sequence")


def events_of(reference: OuterRef) -> QuerySet[Event]:
    """The events belonging to each row of an outer query on consultations."""
    return Event.objects.filter(consultation=reference)


def by_number(phone_digest: str) -> QuerySet[Consultation]:
    """Whatever was talked about with this phone number, newest first: for finding a caller."""
    if not phone_digest:
        return Consultation.objects.none()
    return Consultation.objects.filter(phone_digest=phone_digest, erased_at=None).order_by("-started_at")


def by_reference(typed: str, *, user: User) -> Consultation | None:
    """What this member of staff may open under a number read out to them; None for an unknown one."""
    known = receipts.read_reference(typed)
    return for_staff(user).filter(reference=known, erased_at=None).first() if known else None


def numbers_before(moment: dt.datetime) -> QuerySet[Consultation]:
    """Consultations that ended before and still carry a phone number, for the nightly job."""
    return Consultation.objects.filter(ended_at__lt=moment).exclude(phone="")


def among(consultations: Collection[int]) -> QuerySet[Consultation]:
    """These consultations, for rounds of the portal itself; no page shows a row of it."""
    return Consultation.objects.filter(pk__in=consultations)


def files_of(consultation: Consultation) -> QuerySet[Attachment]:
    """The files of a conversation that was opened through its door."""
    return Attachment.objects.filter(consultation=consultation)
