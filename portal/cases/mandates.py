"""Helpers: who may act for the person of a case, how that begins, is confirmed and ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.cases import access, words
from portal.cases.models import CaseLink, HelperRole, Mandate, Right
from portal.core import audit, clock, receipts
from portal.core.crypto import Unreadable, decrypt, encrypt
from portal.core.models import User
from portal.core.receipts import Receipt


@dataclass(frozen=True, slots=True)
class Behalf:
    """Who asks for the person, as what, by which right and until when. `is_seen`: staff have seen the paper."""

    name: str
    role: str
    right: str
    until: dt.date | None
    is_seen: bool = False


def told(behalf: Behalf) -> str:
    """Who asks for whom, as the office reads it."""
    with override(words.OFFICE_LANGUAGE):
        facts = {
            "name": behalf.name,
            "role": HelperRole(behalf.role).label,
            "right": Right(behalf.right).label,
            "until": f"{behalf.until:%Y-%m-%d}" if behalf.until else _("no day was set"),
        }
        text = _("%(name)s asks for this person: %(role)s. By what right: %(right)s. Until: %(until)s.") % facts
        return f"{text} {_('The paper has been seen.') if behalf.is_seen else _('To be checked.')}"


def of_request(link: CaseLink, behalf: Behalf, *, by: User | str = audit.RESIDENT) -> Mandate:
    """Whoever asks for somebody else: their code opens the case until their right ends, and staff see the right.

    What the office says stays hidden from them until the paper was seen.
    """
    made = Mandate.objects.create(
        link=link,
        secret_digest=receipts.digest(secret_for(link.key or "")),
        name=encrypt(behalf.name),
        role=behalf.role,
        right=behalf.right,
        until=behalf.until,
        made_at=clock.now(),
        confirmed_at=clock.now() if behalf.is_seen else None,
        confirmed_by=by if behalf.is_seen and isinstance(by, User) else None,
    )
    audit.record("case.mandate_told", link, by=by, role=behalf.role, right=behalf.right, seen=behalf.is_seen)
    return made


def belongs_to(mandate: Mandate, helper: str) -> None:
    """The helper was signed in: from now on the case stands among those they see."""
    mandate.helper_link = helper
    mandate.save(update_fields=["helper_link"])


def secret_for(key: str) -> str:
    """The code of whoever asked for somebody else on the form with this key; stored nowhere."""
    return receipts.derived("B", key, purpose="mandate-secret", known="B").secret


def asked_by(link: CaseLink) -> Mandate | None:
    """The mandate under which the case was asked for; None when the person asked themselves."""
    return link.mandates.exclude(right=Right.PERSON).order_by("pk").first()


def in_force(link: CaseLink) -> QuerySet[Mandate]:
    """By which rights helpers may ask for the person today."""
    return Mandate.objects.in_force(clock.today()).filter(link=link).order_by("pk")


@transaction.atomic
def invite(link: CaseLink, name: str, *, role: str, until: dt.date | None, may_act: bool, key: str) -> Receipt:
    """The person gives a helper a code of their own: the same number, another secret. The same form gives the same."""
    secret = secret_for(f"{link.public_id}-{key}")
    _made, is_new = Mandate.objects.get_or_create(
        link=link,
        secret_digest=receipts.digest(secret),
        defaults={
            "name": encrypt(name),
            "role": role,
            "right": Right.PERSON,
            "until": until,
            "may_act": may_act,
            "made_at": clock.now(),
            "confirmed_at": clock.now(),
        },
    )
    if is_new:
        audit.record("case.helper_invited", link, by=audit.RESIDENT, role=role)
    return Receipt(link.reference, secret)


@transaction.atomic
def end(mandate: Mandate, *, by: User | str) -> None:
    """The helper sees nothing from now on."""
    if not Mandate.objects.filter(pk=mandate.pk, ended_at=None).update(ended_at=clock.now()):
        return
    audit.record("case.mandate_ended", mandate.link, by=by)


@transaction.atomic
def confirm(mandate: Mandate, *, by: User) -> None:
    """A member of staff has seen the paper that gives the right. Raises PermissionDenied."""
    if not access.for_staff(by).filter(pk=mandate.link_id).exists():
        raise PermissionDenied
    fresh = Mandate.objects.filter(pk=mandate.pk, confirmed_at=None, ended_at=None)
    if fresh.update(confirmed_at=clock.now(), confirmed_by=by):
        audit.record("case.mandate_confirmed", mandate.link, by=by, right=mandate.right)


@dataclass(frozen=True, slots=True)
class Helper:
    """One helper, as the person and staff see them."""

    public_id: str
    name: str
    role: Any
    right: Any
    until: dt.date | None
    is_confirmed: bool
    may_act: bool


def of_link(link: CaseLink) -> tuple[Helper, ...]:
    """Who may look into this case today; one query."""
    return tuple(
        Helper(
            one.public_id,
            name_of(one),
            HelperRole(one.role).label,
            Right(one.right).label,
            one.until,
            one.confirmed_at is not None,
            one.may_act,
        )
        for one in link.mandates.in_force(clock.today())
    )


def name_of(mandate: Mandate) -> str:
    """The helper's name; empty when its key is gone."""
    try:
        return decrypt(mandate.name)
    except Unreadable:
        return ""
