"""What changed since when. A change is what a program would read otherwise – also because a sum in a text rose.

A round compares what is public with what was public when it last looked. Entries are compared as they are given out,
so nothing can change unnoticed: not by a pack, not by a base amount, not by an institution's new name.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.cache import cache
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Max, QuerySet

from portal.api.kinds import everything
from portal.api.models import Change
from portal.core import clock
from portal.core.caching import GENERATION
from portal.core.schedule import every

_encode = DjangoJSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
# A change made by another process (a pack loaded by hand) is noticed without being told of it.
AT_LEAST_EVERY = 15 * 60
_SEEN = "api:changes-seen"


@every(30, "changes for programs")
def note_when_published() -> int:
    """Look again when a public page was forgotten since, and now and then without that."""
    generation = cache.get(GENERATION, 0)
    if cache.get(_SEEN) == generation:
        return 0
    noted = note()
    cache.set(_SEEN, generation, AT_LEAST_EVERY)
    return noted


@transaction.atomic
def note() -> int:
    """Keep what is new, changed or gone since the last look; returns how many. Running it again notes nothing new."""
    known = {(row.kind, row.code): row for row in Change.objects.select_for_update()}
    now = clock.now()
    moment = now.replace(microsecond=now.microsecond // 1000 * 1000)  # answers say no more: asking with one finds it
    noted = [*_changed(known, _digests(), moment)]
    Change.objects.bulk_create([row for row in noted if row.pk is None])
    Change.objects.bulk_update([row for row in noted if row.pk], ["digest", "changed_at", "is_gone"], batch_size=200)
    return len(noted)


def _digests() -> dict[tuple[str, str], str]:
    return {
        (kind, entry["code"]): hashlib.sha256(_encode(entry).encode()).hexdigest()[:32]
        for kind, found in everything().items()
        for entry in found
    }


def _changed(
    known: Mapping[tuple[str, str], Change], digests: Mapping[tuple[str, str], str], moment: dt.datetime
) -> Iterator[Change]:
    for (kind, code), digest in digests.items():
        row = known.get((kind, code))
        if row is None:
            yield Change(kind=kind, code=code, digest=digest, changed_at=moment)
        elif row.digest != digest or row.is_gone:
            row.digest, row.changed_at, row.is_gone = digest, moment, False
            yield row
    for key, row in known.items():
        if key not in digests and not row.is_gone:
            row.changed_at, row.is_gone = moment, True
            yield row


def as_of(kind: str = "") -> dt.datetime | None:
    """The newest change, of one kind or of all: what to ask from next time."""
    rows = Change.objects.filter(kind=kind) if kind else Change.objects.all()
    moment: dt.datetime | None = rows.aggregate(newest=Max("changed_at"))["newest"]
    return moment


def moments(kind: str, codes: Iterable[str]) -> dict[str, dt.datetime]:
    """When each of these entries last changed; one that was not looked at yet is left out."""
    rows = Change.objects.filter(kind=kind, code__in=list(codes), is_gone=False)
    return dict(rows.values_list("code", "changed_at"))


def unchanged(kind: str, since: dt.datetime) -> QuerySet[Any]:
    """Codes of entries known to be the same as then. What is not known to be the same counts as changed."""
    return Change.objects.filter(kind=kind, is_gone=False, changed_at__lte=since).values_list("code", flat=True)


def gone(kind: str, since: dt.datetime) -> list[str]:
    """Codes of entries withdrawn since."""
    rows = Change.objects.filter(kind=kind, is_gone=True, changed_at__gt=since).order_by("changed_at", "code")
    return list(rows.values_list("code", flat=True))


def since(moment: dt.datetime | None, kind: str = "") -> QuerySet[Change]:
    """Changes after a moment, the oldest first; of one kind or of all."""
    rows = Change.objects.order_by("changed_at", "pk")
    if moment is not None:
        rows = rows.filter(changed_at__gt=moment)
    return rows.filter(kind=kind) if kind else rows
