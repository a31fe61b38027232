"""The one door to links: every other module gets them here, by what the asker holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from charter.memberships import Reach, reach_of
from charter.models import Role
from portal.cases.models import CaseLink, Draft, Mandate
from portal.core import clock, receipt_tries, receipts
from portal.core.grants import Grant
from portal.core.models import User

GRANT = Grant("case", 2 * 60 * 60)
OPENERS = (Role.CONSULTANT, Role.SUPERVISOR, Role.CASE_WORKER)
KEEPERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


def everything() -> QuerySet[CaseLink]:
    """For background work and counting only; what it returns is shown to nobody."""
    return CaseLink.objects.all()


def is_taken(reference: str) -> bool:
    """Whether a receipt with this number has been given out."""
    return CaseLink.objects.filter(reference=reference).exists()


@dataclass(frozen=True, slots=True)
class Held:
    """A case and who holds it: the person themselves, or a helper under a mandate."""

    link: CaseLink
    mandate: Mandate | None = None

    @property
    def may_act(self) -> bool:
        """Answer, send, ask, withdraw."""
        return self.mandate is None or self.mandate.may_act

    @property
    def sees_all(self) -> bool:
        """Also what the office has said and written, which a right that nobody has confirmed does not open."""
        return self.mandate is None or self.mandate.confirmed_at is not None

    @property
    def is_in_force(self) -> bool:
        return self.mandate is None or self.mandate.is_in_force(clock.today())

    @property
    def grant(self) -> str:
        """What the browser's grant names."""
        return f"{self.link.public_id}.{self.mandate.public_id}" if self.mandate else self.link.public_id


def by_receipt(request: HttpRequest, *, reference: str, secret: str) -> Held | None:
    """What this receipt opens; None for an unknown reference and for a wrong secret alike. Raises TooMany.

    A helper's mandate may have ended: the caller asks `is_in_force`.
    """
    link = CaseLink.objects.filter(reference=receipts.read_reference(reference) or "").first()
    for mandate in link.mandates.all() if link else ():
        if receipts.fits(secret, mandate.secret_digest):
            return Held(mandate.link, mandate)
    stored = link.secret_digest if link else ""
    is_right = receipt_tries.is_right(request, reference=reference, secret=secret, stored=stored)
    return Held(link) if link and is_right else None


def draft_by_receipt(request: HttpRequest, *, reference: str, secret: str) -> Draft | None:
    """The request begun that this receipt opens; None for unknown and wrong alike. Raises TooMany."""
    draft = Draft.objects.filter(reference=receipts.read_reference(reference) or "").first()
    stored = draft.secret_digest if draft else ""
    return draft if receipt_tries.is_right(request, reference=reference, secret=secret, stored=stored) else None


def from_consultation(reference: str) -> QuerySet[CaseLink]:
    """Links registered in one conversation. The caller has checked that the asker holds that conversation."""
    return CaseLink.objects.filter(consultation_reference=reference).order_by("submitted_at")


def of_holder(request: HttpRequest) -> Held | None:
    """What this browser holds a grant for. Raises Http404 for a mandate that has ended."""
    case, _dot, helper = (GRANT.held(request) or "").partition(".")
    link = CaseLink.objects.select_related("news").filter(public_id=case).first() if case else None
    if link is None or not helper:
        return Held(link) if link else None
    mandate = link.mandates.filter(public_id=helper).first()
    if mandate is None or not mandate.is_in_force(clock.today()):
        raise Http404
    return Held(link, mandate)


def of_person(person: str) -> QuerySet[CaseLink]:
    """Links of somebody who is signed in: our own word for them."""
    return CaseLink.objects.filter(person_link=person)


def helped_by(person: str) -> QuerySet[CaseLink]:
    """Links of others whom somebody who is signed in helps, under a mandate in force."""
    mine = Mandate.objects.in_force(clock.today()).filter(helper_link=person)
    return CaseLink.objects.filter(mandates__in=mine).exclude(person_link=person)


def of_resident(person: str, public_id: str) -> Held:
    """One case of somebody who is signed in, or of a person they help. Raises Http404 for anybody else's."""
    own = of_person(person).filter(public_id=public_id).first() if person else None
    if own is not None:
        return Held(own)
    mandates = Mandate.objects.in_force(clock.today()).filter(link__public_id=public_id, helper_link=person)
    mandate = mandates.select_related("link").first() if person else None
    if mandate is None:
        raise Http404
    return Held(mandate.link, mandate)


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
