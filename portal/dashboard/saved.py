"""Saved views: an address under a name, one's own or shared with colleagues of the same institution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from charter.memberships import Reach
from portal.core import audit, clock
from portal.core.models import User
from portal.core.readable import Readable
from portal.dashboard import periods
from portal.dashboard.models import SavedView
from portal.dashboard.sheets import KINDS

FILTERS = ("period", "institution", "by", "draw")
MOST = 30  # of one's own


class Unfit(ValueError):
    """It has no name, or there are too many; the text says which: "name" or "many"."""


@dataclass(frozen=True, slots=True)
class Shown(Readable):
    """A view in the list. `is_own`: may be taken away."""

    pk: int
    name: str
    url: str
    owner: str
    is_own: bool
    is_shared: bool


def save(user: User, reach: Reach, *, name: str, sheet: str, filters: Mapping[str, str], is_shared: bool) -> SavedView:
    """Keep an address; a name one has used already now means this address. Raises Unfit."""
    name = " ".join(name.split())[:80]
    if not name or sheet not in KINDS:
        raise Unfit("name")
    mine = SavedView.objects.filter(owner=user)
    if not mine.filter(name=name).exists() and mine.count() >= MOST:
        raise Unfit("many")
    with transaction.atomic():
        view, _is_new = SavedView.objects.update_or_create(
            owner=user,
            name=name,
            defaults={
                "sheet": sheet,
                "filters": _kept(sheet, filters),
                "is_shared": is_shared,
                "institution_id": None if reach.whole_city else min(reach.institutions),
                "saved_at": clock.now(),
            },
        )
        audit.record("view.saved", view, by=user, sheet=sheet, shared=is_shared)
    return view


def _kept(sheet: str, filters: Mapping[str, str]) -> dict[str, str]:
    """The filters of an address; the usual period is not kept, so that the view goes with the time."""
    known = {name: filters[name][:40] for name in FILTERS if filters.get(name)}
    if known.get("period") == periods.usual(KINDS[sheet].usual).code:
        del known["period"]
    return known


def of(user: User, reach: Reach) -> list[Shown]:
    """One's own views and those that colleagues share, by name: one query."""
    rows = visible(user, reach).values_list(
        "pk", "name", "sheet", "filters", "is_shared", "owner_id", "owner__display_name", "owner__username"
    )
    return [
        Shown(
            pk,
            name,
            f"{reverse('dashboard:sheet', args=[sheet])}?{urlencode(filters)}",
            shown_name or username,
            owner == user.pk,
            is_shared,
        )
        for pk, name, sheet, filters, is_shared, owner, shown_name, username in rows
    ]


def visible(user: User, reach: Reach) -> QuerySet[SavedView]:
    """What this person finds in the list."""
    same = Q(institution=None) if reach.whole_city else Q(institution__in=reach.institutions)
    return SavedView.objects.filter(Q(owner=user) | (Q(is_shared=True) & same))


@transaction.atomic
def drop(user: User, pk: int) -> bool:
    """Take away one of one's own; False when there is none such."""
    view = SavedView.objects.filter(owner=user, pk=pk).first()
    if view is None:
        return False
    audit.record("view.dropped", view, by=user)
    view.delete()
    return True
