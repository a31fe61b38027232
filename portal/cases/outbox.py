"""The outbox: everything we send to a registry is written down first, sent in the background, and arrives once.

Per case things leave in the order they came. What fails is tried again later and later; what fails for a day, or is
refused, is given up and shown to staff, who can send it again.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import task

from portal.cases import asking, senders
from portal.cases.models import CaseLink, Kind, OutboxItem, Progress
from portal.cases.registries.base import Away, NotThere, Refused
from portal.core import audit, clock
from portal.core.crypto import Unreadable, decrypt, encrypt, keyed
from portal.core.models import User
from portal.core.schedule import every

logger = logging.getLogger(__name__)
FIRST_PAUSE = dt.timedelta(seconds=5)
LONGEST_PAUSE = dt.timedelta(hours=1)
LEASE = dt.timedelta(seconds=60)
MOST_TRIES = 30
AT_ONCE = 100


def put(link: CaseLink, kind: Kind, payload: Mapping[str, Any], *, key: str) -> OutboxItem:
    """Write down one thing to send; the same `key` for the same case gives the one that is there."""
    now = clock.now()
    item, _created = OutboxItem.objects.get_or_create(
        key=key_of(link, key),
        defaults={
            "link": link,
            "kind": kind,
            "payload": encrypt(json.dumps(payload, ensure_ascii=False)),
            "created_at": now,
            "next_try_at": now,
        },
    )
    transaction.on_commit(partial(deliver_soon, link.pk))
    return item


def deliver_soon(link_id: int) -> None:
    """Have it sent in the background; should that fail, the round finds it."""
    try:
        deliver_one.enqueue(link_id)
    except Exception:
        logger.exception("outbox: could not be handed over; the next round sends it")


@task()
def deliver_one(link_id: int) -> None:
    """Send what waits for one case."""
    deliver(link_id)


@every(15, "case outbox")
def deliver_due() -> int:
    """Send what is due; returns how many things arrived."""
    due = OutboxItem.objects.due(clock.now()).order_by("next_try_at").values_list("link_id", flat=True)
    return sum(deliver(link_id) for link_id in dict.fromkeys(due[:AT_ONCE]))


def deliver(link_id: int) -> int:
    """Send what waits for one case, oldest first, until something does not get through."""
    arrived = 0
    while (item := _claim_next(link_id)) is not None:
        if not _send(item):
            break
        arrived += 1
    return arrived


def _claim_next(link_id: int) -> OutboxItem | None:
    """The oldest waiting thing of the case, ours for a minute; None when it is not due or another has it."""
    now = clock.now()
    item = OutboxItem.objects.waiting().filter(link_id=link_id).select_related("link").first()
    if item is None or (item.kind != Kind.OPEN_CASE and not item.link.external_id):
        return None
    mine = OutboxItem.objects.due(now).filter(pk=item.pk).update(next_try_at=now + LEASE)
    return item if mine else None


def _send(item: OutboxItem) -> bool:
    try:
        payload = json.loads(decrypt(item.payload))
    except Unreadable as lost:
        _give_up(item, str(lost))
        return True
    budget = asking.Budget(asking.UPLOAD if item.kind == Kind.DOCUMENT else asking.BACKGROUND)
    try:
        arrive = asking.ask(item.link.registry, partial(senders.send, item, payload), budget=budget)
    except asking.LeftAlone:
        _later(item, clock.now() + dt.timedelta(seconds=30), "left alone after several failures")
        return False
    except Away as away:
        _failed(item, str(away))
        return False
    except (Refused, NotThere) as refusal:
        _give_up(item, f"{type(refusal).__name__}: {refusal}")
        return True
    _arrived(item, arrive)
    return True


@transaction.atomic
def _arrived(item: OutboxItem, arrive: senders.Arrive) -> None:
    arrive(item.link)
    item.progress, item.payload, item.trouble = Progress.DELIVERED, "", ""
    item.tries, item.delivered_at = item.tries + 1, clock.now()
    item.save(update_fields=["progress", "payload", "trouble", "tries", "delivered_at"])
    audit.record("case.sent", item.link, by=audit.SYSTEM, kind=item.kind, tries=item.tries)


def _failed(item: OutboxItem, trouble: str) -> None:
    item.tries += 1
    if item.tries >= MOST_TRIES:
        _give_up(item, trouble)
    else:
        _later(item, clock.now() + pause_after(item.tries), trouble)


def pause_after(tries: int) -> dt.timedelta:
    """5 s, 10 s, 20 s … at most an hour."""
    return min(FIRST_PAUSE * (1 << min(tries - 1, 20)), LONGEST_PAUSE)


def _later(item: OutboxItem, when: dt.datetime, trouble: str) -> None:
    item.next_try_at, item.trouble = when, trouble[:120]
    item.save(update_fields=["tries", "next_try_at", "trouble"])


@transaction.atomic
def _give_up(item: OutboxItem, trouble: str) -> None:
    item.progress, item.trouble = Progress.DEAD, trouble[:120]
    item.save(update_fields=["tries", "progress", "trouble"])
    audit.record("case.sending_given_up", item.link, by=audit.SYSTEM, kind=item.kind)
    logger.error("outbox: %s of %s was given up", item.kind, item.link.reference)


@transaction.atomic
def send_again(item: OutboxItem, *, by: User) -> None:
    """Staff have a given-up thing sent once more; one that is not dead stays as it is."""
    revived = OutboxItem.objects.dead().filter(pk=item.pk)
    if not revived.update(progress=Progress.WAITING, tries=0, next_try_at=clock.now()):
        return
    audit.record("case.sent_again", item.link, by=by, kind=item.kind)
    transaction.on_commit(partial(deliver_soon, item.link_id))


def is_known(link: CaseLink, key: str) -> bool:
    """Whether something with this key was written down for the case already."""
    return OutboxItem.objects.filter(key=key_of(link, key)).exists()


def key_of(link: CaseLink, key: str) -> str:
    """What a key of ours becomes in the outbox: nobody can hit another case's."""
    return keyed("outbox", f"{link.public_id}\0{key}")
