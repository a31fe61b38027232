"""The audit: what was done, by whom, to what – written in the same transaction, never changed.

Takes changes of state and openings of a conversation or case. No personal text goes in: `facts` are bounded words.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from portal.core import clock
from portal.core.models import AuditEntry, User

RESIDENT = "resident"
SYSTEM = "system"
STAFF = "staff"


def record(
    action: str,
    obj: models.Model,
    *,
    by: User | AnonymousUser | str,
    reason: str = "",
    **facts: Any,
) -> AuditEntry:
    """Add one row. `by` is a staff user, or "resident", or "system"."""
    staff = by if isinstance(by, User) else None
    return AuditEntry.objects.create(
        at=clock.now(),
        actor=staff,
        actor_kind=STAFF if staff else (by if isinstance(by, str) else RESIDENT),
        action=action,
        object_kind=obj._meta.label_lower,
        object_id=str(getattr(obj, "public_id", None) or obj.pk),
        reason=reason[:200],
        facts=facts,
    )
