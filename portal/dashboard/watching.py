"""Watching the portal: whether it answers, minute by minute, kept as a count a day."""

from __future__ import annotations

import datetime as dt
import urllib.error
import urllib.request

from django.conf import settings
from django.db.models import F

from portal.core import clock
from portal.core.schedule import every
from portal.dashboard.models import AnsweredDay

SECONDS = 20
PATIENCE = 3.0
# Other work of the same worker may hold us up: a gap between two answers heard by one process is bridged this far.
BRIDGED = dt.timedelta(minutes=10)


class Watch:
    """One process's look at the portal."""

    def __init__(self) -> None:
        self._heard_at: dt.datetime | None = None

    def look(self) -> bool:
        """Ask once and keep the minutes that were answered; returns whether there was an answer."""
        if not answers():
            self._heard_at = None
            return False
        now = clock.now().astimezone(dt.UTC)
        minute = now.replace(second=0, microsecond=0)
        since = self._heard_at if self._heard_at and now - self._heard_at <= BRIDGED else now
        step = since.replace(second=0, microsecond=0)
        while step <= minute:
            _keep(step)
            step += dt.timedelta(minutes=1)
        self._heard_at = now
        return True


def answers() -> bool:
    """Whether the portal answers at its public address. Any page, also one that says no, is an answer."""
    request = urllib.request.Request(f"{settings.SITE_URL}/health/live", headers={"User-Agent": "parama-watch"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310  (our own address)
            return True
    except urllib.error.HTTPError as no:
        return no.code < 500
    except (OSError, ValueError):
        return False


def _keep(minute: dt.datetime) -> None:
    """Count a minute once, whoever else watches."""
    number = minute.hour * 60 + minute.minute
    day, is_new = AnsweredDay.objects.get_or_create(
        day=minute.date(), defaults={"answered": 1, "from_minute": number, "last_minute": number}
    )
    if not is_new:
        AnsweredDay.objects.filter(pk=day.pk, last_minute__lt=number).update(
            answered=F("answered") + 1, last_minute=number
        )


_watch = Watch()


@every(SECONDS, "watching the portal")
def look() -> bool:
    """The round."""
    return _watch.look()
