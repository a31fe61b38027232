"""Answering alerts."""

from __future__ import annotations

import datetime as dt

from django.core.cache import cache
from django.db import transaction

from portal.core import audit, clock
from portal.registry.models import Acknowledged, Post
from portal.registry.refusals import Refused
from portal.registry.watch.alerts import Alert, alerts

DAYS = 14
A_MINUTE = 60


def open_alerts(post: Post) -> list[Alert]:
    """Alerts of the last two weeks that nobody has answered."""
    found = alerts(post, clock.today() - dt.timedelta(days=DAYS), clock.today())
    return [one for one in found if one.key not in answers(found)]


def answers(found: list[Alert]) -> dict[str, Acknowledged]:
    """The answers that these alerts have."""
    keys = [one.key for one in found]
    return {one.key: one for one in Acknowledged.objects.filter(key__in=keys).select_related("by")}


def count_open(post: Post) -> int:
    """How many wait, counted at most once a minute: it stands on every page of the head."""
    name = _name(post)
    known = cache.get(name)
    if known is None:
        known = len(open_alerts(post))
        cache.set(name, known, A_MINUTE)
    return int(known)


@transaction.atomic
def acknowledge(alert: Alert, *, word: str, by: Post) -> Acknowledged:
    """Answer an alert. The first answer stands. Raises Refused without a word."""
    if not word.strip():
        raise Refused("no_word", field="word")
    facts = {"kind": alert.kind, "day": alert.day, "recipient_id": alert.recipient, "worker_id": alert.worker}
    facts |= {"word": word.strip()[:200], "by": by.user, "at": clock.now()}
    answer, is_new = Acknowledged.objects.get_or_create(key=alert.key, defaults=facts)
    if is_new:
        audit.record("registry.alert_acknowledged", answer, by=by.user, alert=str(alert.kind))
        cache.delete(_name(by))
    return answer


def _name(post: Post) -> str:
    return f"registry:alerts:{post.pk}"
