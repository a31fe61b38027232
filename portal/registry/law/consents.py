"""Consent, where the profile of the law asks for one: no programme without it, and what its withdrawal does.

Under `lt` people are served as a public task, and a consent would promise a choice that there is not.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction

from portal.core import audit, clock
from portal.registry.law import erasing, keeping, restricting
from portal.registry.law.graph import everybody
from portal.registry.models import Consent, ErasureGround, Post, Recipient, RestrictionGround
from portal.registry.refusals import Refused

ASKING = frozenset({"ru-442"})


def is_asked() -> bool:
    """Whether this town's profile asks for a consent."""
    return settings.LAW_PROFILE in ASKING


def standing(person: Recipient) -> Consent | None:
    return person.consents.filter(withdrawn_on__isnull=True).first()


def check(person: Recipient) -> None:
    """Raises Refused when a consent is asked for and is not there."""
    if is_asked() and standing(person) is None:
        raise Refused("no_consent")


@transaction.atomic
def give(person: Recipient, *, day: dt.date, by: Post) -> Consent:
    """The person has signed the document. Raises Refused."""
    if day > clock.today():
        raise Refused("consent_in_the_future", field="day")
    try:
        with transaction.atomic():
            made = Consent.objects.create(recipient=person, profile=settings.LAW_PROFILE, given_on=day, by=by.user)
    except IntegrityError:
        raise Refused("consent_stands") from None
    audit.record("registry.consent_given", person, by=by.user, given_on=day.isoformat())
    return made


@transaction.atomic
def withdraw(person: Recipient, *, by: Post) -> Consent:
    """The person takes it back: the record is restricted at once, and its erasure prepared where nobody works on it.

    What the law asks to be kept is kept to its day. Raises Refused when there is none.
    """
    found = Consent.objects.select_for_update().filter(recipient=person, withdrawn_on__isnull=True).first()
    if found is None:
        raise Refused("no_consent_to_withdraw")
    found.withdrawn_on, found.withdrawn_by = clock.today(), by.user
    found.save(update_fields=["withdrawn_on", "withdrawn_by"])
    audit.record("registry.consent_withdrawn", person, by=by.user)
    if restricting.standing(person) is None:
        why = str(RestrictionGround.WITHDRAWN.label)
        restricting.restrict(person, ground=RestrictionGround.WITHDRAWN, reason=why, by=by)
    if keeping.going_on(everybody(person)) is None and not person.erasures.filter(confirmed_at=None).exists():
        erasing.prepare(person, ground=ErasureGround.WITHDRAWN, by=by)
    return found
