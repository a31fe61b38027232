"""Coming back by receipt, from any device, and leaving a shared one."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.db import transaction

from chat import access
from chat.models import Consultation, Grant
from portal.core import audit, clock


@transaction.atomic
def resume(reference: str, secret: str, *, is_right: Callable[..., bool]) -> tuple[Consultation, str]:
    """The consultation of a receipt and a new token for this browser.

    `is_right` compares and brakes. Raises NotThere for unknown and wrong alike.
    """
    consultation = access.by_receipt(reference, secret, is_right=is_right)
    token = secrets.token_urlsafe(32)
    Grant(consultation=consultation, token_digest=access.token_digest(token), given_at=clock.now()).save()
    audit.record("consultation.resumed", consultation, by=audit.RESIDENT)
    return consultation, token


def leave(token: str) -> None:
    """Take the key away from this browser; the receipt still opens the conversation."""
    access.grants_of(token).delete()
