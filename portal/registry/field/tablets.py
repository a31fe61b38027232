"""Tablets: opened by a worker, heard of, signed out, wiped at the next contact."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import transaction

from portal.core import audit, clock
from portal.core.crypto import decrypt, encrypt, keyed, same
from portal.registry.field.sealing import packed
from portal.registry.models import Post, Tablet

MOST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Opened:
    """A new tablet with its two secrets, told this once."""

    tablet: Tablet
    carry: str
    pen: str


@transaction.atomic
def open_tablet(post: Post, *, name: str) -> Opened:
    """Give this device of the worker's its secrets. What it had before is another tablet from now on."""
    carry, pen = packed(secrets.token_bytes(32)), packed(secrets.token_bytes(32))
    now = clock.now()
    tablet = Tablet.objects.create(
        worker=post.user,
        department=post.department,
        name=name.strip()[:80],
        carry_digest=_digest(carry),
        pen_encrypted=encrypt(pen),
        made_at=now,
        seen_at=now,
    )
    audit.record("registry.tablet_opened", tablet, by=post.user)
    return Opened(tablet, carry, pen)


def carried(public_id: str, carry: str) -> Tablet | None:
    """The tablet that this secret may deliver for."""
    tablet = Tablet.objects.select_related("worker").filter(public_id=public_id).first()
    return tablet if tablet is not None and same(tablet.carry_digest, _digest(carry)) else None


def pen_of(tablet: Tablet) -> bytes:
    """What the worker's records on this tablet are marked with."""
    return decrypt(tablet.pen_encrypted).encode()


def heard_of(tablet: Tablet, *, waiting: int, skew: int, is_wiped: bool) -> None:
    """It was in contact: what it says it still holds, how far its clock is off, and whether it has wiped itself."""
    tablet.seen_at, tablet.waiting = clock.now(), min(max(waiting, 0), MOST)
    tablet.skew_seconds = max(-MOST, min(MOST, skew))
    fields = ["seen_at", "waiting", "skew_seconds"]
    if is_wiped and tablet.wipe_asked_at and tablet.wiped_at is None:
        tablet.wiped_at = tablet.seen_at
        fields.append("wiped_at")
    tablet.save(update_fields=fields)
    if "wiped_at" in fields:
        audit.record("registry.tablet_wiped", tablet, by=audit.SYSTEM)


@transaction.atomic
def ask_wipe(tablet: Tablet, *, by: Post) -> None:
    """Wipe its list at the next contact. Asking twice changes nothing."""
    waiting = Tablet.objects.filter(pk=tablet.pk, wipe_asked_at=None)
    if waiting.update(wipe_asked_at=clock.now(), wipe_asked_by=by.user):
        audit.record("registry.tablet_wipe_asked", tablet, by=by.user)


@transaction.atomic
def leave(tablet: Tablet) -> None:
    """The worker signed out on it; records that lie there are still taken."""
    if Tablet.objects.filter(pk=tablet.pk, left_at=None).update(left_at=clock.now()):
        audit.record("registry.tablet_left", tablet, by=tablet.worker)


def is_after_wipe(tablet: Tablet, moment: dt.datetime) -> bool:
    """Whether something was written after the tablet was to be wiped: then it may not be its worker who wrote."""
    return tablet.wipe_asked_at is not None and moment > tablet.wipe_asked_at


def _digest(carry: str) -> str:
    return keyed("registry-tablet", carry)
