"""Who may be the same person: found while typing, before a second record is made of one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from portal.core.text_keys import likeness, name_key, phone_key
from portal.registry import access
from portal.registry.models import Post, Recipient
from portal.registry.models.people import code_index

MOST = 8
NEAR = 0.78
WORD = 3
ENOUGH = 400


@dataclass(frozen=True, slots=True)
class Typed:
    """What is known so far of the person who is being written down."""

    name: str = ""
    code: str = ""
    phone: str = ""
    birth_date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """A record that may be the same person. `mine`: it is within the post's reach and may be opened."""

    recipient: Recipient
    is_certain: bool
    is_mine: bool


def alike(typed: Typed, post: Post, *, but: int | None = None) -> list[Alike]:
    """Records that may be this person, the surest first. Two queries, however many there are."""
    index, key, phone = code_index(typed.code), name_key(typed.name), phone_key(typed.phone)
    known = Recipient.objects.filter(merged_into__isnull=True).exclude(pk=but or 0)
    wanted = _wanted(index, key, phone, typed.birth_date)
    if wanted is None:
        return []
    ranked = sorted(
        ((_weight(one, index, key, phone, typed.birth_date), one) for one in known.filter(wanted)[:ENOUGH]),
        key=lambda pair: (-pair[0], pair[1].name_key, pair[1].pk),
    )
    near = [(weight, one) for weight, one in ranked if weight >= NEAR][:MOST]
    mine = set(access.people(post).filter(pk__in=[one.pk for _weight, one in near]).values_list("pk", flat=True))
    return [Alike(one, bool(index) and one.code_index == index, one.pk in mine) for _weight, one in near]


def _wanted(index: str | None, key: str, phone: str, born: dt.date | None) -> Q | None:
    ways = []
    if index:
        ways.append(Q(code_index=index))
    if phone:
        ways.append(Q(phone_key=phone))
    longest = max(key.split(), key=len, default="")
    if len(longest) >= WORD:
        ways.append(Q(name_key=key) | Q(name_key__contains=longest))
        if born:
            ways.append(Q(birth_date=born))
    found: Q | None = None
    for way in ways:
        found = way if found is None else found | way
    return found


def _weight(one: Recipient, index: str | None, key: str, phone: str, born: dt.date | None) -> float:
    """How likely it is the same person; at least NEAR is worth showing."""
    if index and one.code_index == index:
        return 3.0
    if index and one.code_index:
        return 0.0  # both codes are known and differ
    near = likeness(one.name_key, key) if key else 0.0
    if born and one.birth_date:
        near = near + 1 if born == one.birth_date and near >= 0.5 else near - 0.3
    return near + (0.6 if phone and one.phone_key == phone and near >= 0.3 else 0)
