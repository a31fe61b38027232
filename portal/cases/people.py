"""Our own opaque word for a person, and the receipt of a request."""

from __future__ import annotations

import secrets

from portal.cases import access
from portal.cases.models import CaseLink
from portal.cases.registries.facts import Applicant, PersonLink
from portal.core import receipts
from portal.core.crypto import keyed
from portal.core.receipts import Receipt

TRIES = 20


def link_of(applicant: Applicant) -> PersonLink:
    """The same word for the same personal code, so that a person's cases are found together; else a new one."""
    plain = "".join(sign for sign in applicant.identifier if sign.isalnum()).upper()
    return PersonLink(keyed("person-link", plain) if plain else secrets.token_hex(32))


def receipt_for(key: str, *, reference: str = "") -> Receipt:
    """The receipt of a form with this key: the same key gives the same secret, which is stored nowhere.

    Without a key it is a new one each time. A new number is one that nobody has: there are ten million, so that in a
    town's third thousand of requests the first two would meet.
    """
    for _try in range(TRIES):
        new = receipts.derived("B", key, purpose="case-secret", known=reference) if key else receipts.issue("B")
        if reference or not access.is_taken(new.reference):
            return new
    raise RuntimeError("no free reference was found")


def receipt_of(link: CaseLink) -> Receipt | None:
    """The receipt of a registered request, worked out again from its form's key; None when it had none."""
    return receipt_for(link.key, reference=link.reference) if link.key else None
