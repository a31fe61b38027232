"""The one door to appeals: residents by grant or receipt, staff by the reach of their membership."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from charter.feedback.models import Appeal
from charter.memberships import reach_of
from charter.models import Role
from portal.core import receipt_tries, receipts
from portal.core.grants import Grant
from portal.core.models import User

GRANT = Grant("appeal", 2 * 60 * 60)
# A complaint may be about whoever answers the phone: consultants enter appeals for callers, but do not read them.
HANDLERS = (Role.CASE_WORKER, Role.SUPERVISOR, Role.MANAGER)
ENTERERS = (Role.CONSULTANT, *HANDLERS)
# Who may answer what was reopened, and be the second pair of eyes.
LEADERS = (Role.SUPERVISOR, Role.MANAGER)


def everything() -> QuerySet[Appeal]:
    """For background work and counting only; what it returns is shown to nobody."""
    return Appeal.objects.all()


def by_receipt(request: HttpRequest, *, reference: str, secret: str) -> Appeal | None:
    """The appeal this receipt opens; None for an unknown reference and for a wrong secret alike. Raises TooMany."""
    found = Appeal.objects.filter(reference=receipts.read_reference(reference) or "", erased_at=None).first()
    stored = found.secret_digest if found else ""
    return found if receipt_tries.is_right(request, reference=reference, secret=secret, stored=stored) else None


def of_holder(request: HttpRequest) -> Appeal | None:
    """The appeal this browser holds a grant for."""
    public_id = GRANT.held(request)
    return Appeal.objects.filter(public_id=public_id, erased_at=None).first() if public_id else None


def for_staff(user: User | AnonymousUser) -> QuerySet[Appeal]:
    """What `user` may read and work on: what was given to their institutions; what was reopened, only as a leader.

    What no institution has yet belongs to those who work for the whole city.
    """
    return _within(user, HANDLERS, level=1) | _within(user, LEADERS, level=2)


def get_for_staff(user: User | AnonymousUser, public_id: str) -> Appeal:
    """One of them. Raises Http404."""
    found = for_staff(user).filter(public_id=public_id).select_related("institution", "service", "standard").first()
    if found is None:
        raise Http404(public_id)
    return found


def may_lead(user: User, appeal: Appeal) -> bool:
    """Whether `user` may check answers to this appeal and answer it on the second level."""
    return reach_of(user, *LEADERS).covers(appeal.institution_id)


def _within(user: User | AnonymousUser, roles: tuple[str, ...], *, level: int) -> QuerySet[Appeal]:
    reach = reach_of(user, *roles)
    found = Appeal.objects.filter(level=level, erased_at=None)
    return found if reach.whole_city else found.filter(Q(institution_id__in=reach.institutions))
