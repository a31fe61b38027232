"""The audit: what was done, by whom, to what – written in the same transaction, never changed.

Takes changes of state and openings of a conversation or case. No personal text goes in: `facts` are bounded words.
"""

from __future__ import annotations

import datetime as dt
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
        object_id=_id_of(obj),
        reason=reason[:200],
        facts=facts,
    )


def record_once(action: str, obj: models.Model, *, by: User, within: dt.timedelta) -> AuditEntry | None:
    """For openings: one row a person and object, however often they look again within this time."""
    known = AuditEntry.objects.filter(
        actor=by,
        action=action,
        object_kind=obj._meta.label_lower,
        object_id=_id_of(obj),
        at__gte=clock.now() - within,
    )
    return None if known.exists() else record(action, obj, by=by)


def _id_of(obj: models.Model) -> str:
    return str(getattr(obj, "public_id", None) or obj.pk)
