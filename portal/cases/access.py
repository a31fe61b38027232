"""The one door to links: every other module gets them here, by what the asker holds."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from charter.memberships import Reach, reach_of
from charter.models import Role
from portal.cases.models import CaseLink
from portal.core import receipt_tries, receipts
from portal.core.grants import Grant
from portal.core.models import User

GRANT = Grant("case", 2 * 60 * 60)
OPENERS = (Role.CONSULTANT, Role.SUPERVISOR, Role.CASE_WORKER)
KEEPERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


def everything() -> QuerySet[CaseLink]:
    """For background work and counting only; what it returns is shown to nobody."""
    return CaseLink.objects.all()


def by_receipt(request: HttpRequest, *, reference: str, secret: str) -> CaseLink | None:
    """The link this receipt opens; None for an unknown reference and for a wrong secret alike. Raises TooMany."""
    link = CaseLink.objects.filter(reference=receipts.read_reference(reference) or "").first()
    stored = link.secret_digest if link else ""
    return link if receipt_tries.is_right(request, reference=reference, secret=secret, stored=stored) else None


def from_consultation(reference: str) -> QuerySet[CaseLink]:
    """Links registered in one conversation. The caller has checked that the asker holds that conversation."""
    return CaseLink.objects.filter(consultation_reference=reference).order_by("submitted_at")


def of_holder(request: HttpRequest) -> CaseLink | None:
    """The link this browser holds a grant for."""
    public_id = GRANT.held(request)
    return CaseLink.objects.filter(public_id=public_id).first() if public_id else None


def for_staff(user: User | AnonymousUser) -> QuerySet[CaseLink]:
    """Links whose case `user` may open, with a reason: their institutions provide it or took it down."""
    return _within(reach_of(user, *OPENERS))


def for_keepers(user: User | AnonymousUser) -> QuerySet[CaseLink]:
    """Links whose undelivered things `user` looks after; of a case itself they show nothing."""
    return _within(reach_of(user, *KEEPERS))


def find_for_staff(user: User | AnonymousUser, reference: str) -> CaseLink | None:
    """The link with this public reference, however typed, as far as `user` may open it."""
    return for_staff(user).filter(reference=receipts.read_reference(reference) or "").first()


def get_opened(user: User | AnonymousUser, public_id: str) -> CaseLink:
    """The link with this public id, as far as `user` may open it. Raises Http404."""
    link = for_staff(user).filter(public_id=public_id).first()
    if link is None:
        raise Http404
    return link


def _within(reach: Reach) -> QuerySet[CaseLink]:
    here = Q(institution_id__in=reach.institutions) | Q(registered_at_id__in=reach.institutions)
    return CaseLink.objects.all() if reach.whole_city else CaseLink.objects.filter(here)
