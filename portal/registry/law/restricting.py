"""Restriction: the record is kept, shown as restricted, and not changed until the officer lifts it.

What was promised goes on: visits of a running programme are still written down, since they have to be paid for.
"""

from __future__ import annotations

from django.db import transaction

from portal.core import audit, clock
from portal.registry.law import wording
from portal.registry.models import Post, Recipient, Restriction, RestrictionGround
from portal.registry.refusals import Refused


def standing(person: Recipient) -> Restriction | None:
    """The restriction of this record, if there is one."""
    return Restriction.objects.filter(recipient=person, lifted_at__isnull=True).first()


def check(person: Recipient) -> None:
    """Raises Refused when the record is restricted."""
    found = standing(person)
    if found is not None:
        raise Refused("record_is_restricted", day=clock.day_of(found.since))


@transaction.atomic
def restrict(person: Recipient, *, ground: str, reason: str, by: Post) -> Restriction:
    """From now on nothing in the record is changed. Raises Refused."""
    if ground not in RestrictionGround.values:
        raise Refused("no_ground", field="ground")
    if not reason.strip():
        raise Refused("no_reason", field="reason")
    Recipient.objects.select_for_update().get(pk=person.pk)
    if standing(person) is not None:
        raise Refused("restricted_already")
    made = Restriction.objects.create(
        recipient=person, ground=ground, reason=reason.strip()[:200], since=clock.now(), by=by.user
    )
    audit.record("registry.restricted", person, by=by.user, ground=ground, reason=wording.plain(reason, person))
    return made


@transaction.atomic
def lift(person: Recipient, *, reason: str, by: Post) -> Restriction:
    """The record may be changed again. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused("no_reason", field="reason")
    found = Restriction.objects.select_for_update().filter(recipient=person, lifted_at__isnull=True).first()
    if found is None:
        raise Refused("not_restricted")
    found.lifted_at, found.lifted_by, found.lifted_why = clock.now(), by.user, reason.strip()[:200]
    found.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    audit.record("registry.restriction_lifted", person, by=by.user, reason=wording.plain(reason, person))
    return found
