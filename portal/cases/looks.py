"""Which openings of cases stand out, and what a supervisor does about them.

Nothing is refused here: a consultant whose own mother rings must be able to help her. It is only looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from charter.clocks import day_clock
from charter.memberships import reach_of
from charter.models import Clock, Membership, Role
from portal.cases import causes
from portal.cases.models import LookKind, LookOutcome, OddLook, Opening
from portal.cases.models.look import OddLookQuerySet
from portal.core import audit, clock
from portal.core.models import User
from portal.core.names import Marks, marks_of

REVIEWERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
# Openings within this time of the last one belong to the same odd look, while nobody has reviewed it.
TOGETHER = {LookKind.MANY: HOUR, LookKind.NIGHT: DAY / 2, LookKind.ALONE: DAY}


class NoteNeeded(ValueError):
    """An odd look is closed with what came of it and a note, or not at all."""


def watch(opening: Opening) -> None:
    """Note what stands out about an opening. Part of the transaction that makes it."""
    user = opening.user
    if user is not None:
        for kind in _found(opening, user):
            _add(opening, kind, user)


def _found(opening: Opening, user: User) -> Iterator[LookKind]:
    mine = Opening.objects.filter(user=user)
    if mine.filter(at__gt=opening.at - HOUR).count() >= settings.LOOKS_AN_HOUR:
        yield LookKind.MANY
    if not opening.conversation and is_outside_hours(opening.at):
        yield LookKind.NIGHT
    if _is_alone(opening) and _count_alone(mine.filter(at__gt=opening.at - DAY)) >= settings.LOOKS_ALONE_A_DAY:
        yield LookKind.ALONE
    person = Marks.read(opening.link.name_marks)
    own = marks_of(str(user))
    if person.is_same_person(own) or person.is_same_family(own):
        yield LookKind.OWN
    elif person.whole and any(person.is_same_person(marks_of(name)) for name in _colleagues(user)):
        yield LookKind.COLLEAGUE


def is_outside_hours(moment: dt.datetime) -> bool:
    """Whether nobody is expected to work: too early, too late, or not on a working day."""
    here = timezone.localtime(moment)
    first, last = settings.LOOKS_HOURS
    return not (first <= here.hour < last) or not day_clock(Clock.WORKING, around=here.date()).counts(here.date())


def _is_alone(opening: Opening) -> bool:
    """A consultant says that the person asks, and no conversation is around. A case worker's callers ring them."""
    return opening.role == Role.CONSULTANT and not opening.conversation and causes.find(opening.cause).is_spoken


def _count_alone(openings: QuerySet[Opening]) -> int:
    return openings.filter(role=Role.CONSULTANT, conversation="", cause__in=causes.spoken()).count()


def _colleagues(user: User) -> list[str]:
    staff = User.objects.filter(pk__in=Membership.objects.values("user"), is_active=True).exclude(pk=user.pk)
    return [str(one) for one in staff.only("username", "display_name", "first_name", "last_name")]


def _add(opening: Opening, kind: LookKind, user: User) -> None:
    together = TOGETHER.get(kind)
    known = None
    if together is not None:
        recent = OddLook.objects.unreviewed().filter(user=user, kind=kind, last_at__gt=opening.at - together)
        known = recent.select_for_update().first()
    if known is not None:
        known.count, known.last_at = known.count + 1, opening.at
        known.save(update_fields=["count", "last_at"])
        return
    first = opening.at - HOUR if kind == LookKind.MANY else opening.at
    count = Opening.objects.filter(user=user, at__gt=first, at__lte=opening.at).count()
    OddLook.objects.create(
        user=user,
        institution_id=opening.institution_id,
        kind=kind,
        count=max(1, count),
        first_at=first,
        last_at=opening.at,
    )


def for_reviewer(user: User | AnonymousUser) -> OddLookQuerySet:
    """Odd looks within the reach of `user`, never their own: nobody reviews themselves."""
    reach = reach_of(user, *REVIEWERS)
    if not isinstance(user, User):
        return OddLook.objects.none()
    here = Q() if reach.whole_city else Q(institution_id__in=reach.institutions)
    return OddLook.objects.filter(here).exclude(user=user)


def openings_of(look: OddLook) -> list[Opening]:
    """What was opened, newest first."""
    found = Opening.objects.filter(user_id=look.user_id, at__gte=look.first_at, at__lte=look.last_at)
    return list(found.select_related("link").order_by("-at"))


@transaction.atomic
def review(look: OddLook, *, by: User, outcome: str, note: str) -> OddLook:
    """Close it. Whoever was quicker stands: closed once, it stays as it is. Raises PermissionDenied, NoteNeeded."""
    if not for_reviewer(by).filter(pk=look.pk).exists():
        raise PermissionDenied
    if outcome not in LookOutcome.values or not note.strip():
        raise NoteNeeded
    look = OddLook.objects.select_for_update().get(pk=look.pk)
    if look.reviewed_at is None:
        look.outcome, look.note = outcome, note.strip()[:500]
        look.reviewed_at, look.reviewed_by = clock.now(), by
        look.save(update_fields=["outcome", "note", "reviewed_at", "reviewed_by"])
        audit.record("odd_look.reviewed", look, by=by, kind=look.kind, outcome=outcome)
    return look
