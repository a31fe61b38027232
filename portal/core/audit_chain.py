"""The audit's seal: a hash a batch, each over the batch and the seal before, so that a changed row shows.

Rows are written unchained, in the transaction of the change itself: a chain there would be one lock for everybody.
"""

from __future__ import annotations

import hashlib
import json

from django.db import transaction

from portal.core import clock
from portal.core.models import AuditEntry, AuditSeal
from portal.core.schedule import every


@every(60, "audit seal")
@transaction.atomic
def seal() -> AuditSeal | None:
    """Seal all rows that have none yet, in id order; None when there are none."""
    last = AuditSeal.objects.select_for_update().order_by("-pk").first()
    entries = list(AuditEntry.objects.filter(batch__isnull=True).order_by("pk"))
    if not entries:
        return None
    made = AuditSeal.objects.create(
        at=clock.now(),
        first_id=entries[0].pk,
        last_id=entries[-1].pk,
        digest=_digest(last.digest if last else "", entries),
    )
    AuditEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(batch=made)
    return made


def verify() -> list[int]:
    """Ids of the seals that no longer fit their rows or the seal before; empty: nothing was changed."""
    broken, before = [], ""
    for link in AuditSeal.objects.order_by("pk"):
        entries = list(AuditEntry.objects.filter(batch=link).order_by("pk"))
        if _digest(before, entries) != link.digest:
            broken.append(link.pk)
        before = link.digest
    return broken


def _digest(before: str, entries: list[AuditEntry]) -> str:
    chain = hashlib.sha256(before.encode())
    for entry in entries:
        row = [
            entry.pk,
            entry.at.isoformat(),
            entry.actor_id,
            entry.actor_kind,
            entry.action,
            entry.object_kind,
            entry.object_id,
            entry.reason,
            entry.facts,
        ]
        chain.update(json.dumps(row, sort_keys=True, ensure_ascii=False).encode())
    return chain.hexdigest()
