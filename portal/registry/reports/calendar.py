"""What is due as a calendar that programs fetch by a secret address: numbers and kinds, never a name."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import audit, clock
from portal.registry.models import CalendarFeed, Post
from portal.registry.models.task import secret_index
from portal.registry.reports.due import Due

LINE = 75  # octets; longer lines are folded


@transaction.atomic
def give_address(post: Post) -> str:
    """A new secret for this post; the one before opens nothing any more. It is shown this once."""
    secret = secrets.token_urlsafe(24)
    facts = {"secret_index": secret_index(secret), "made_at": clock.now()}
    feed, _made = CalendarFeed.objects.update_or_create(post=post, defaults=facts)
    audit.record("registry.calendar_given", feed, by=post.user)
    return secret


def holder(secret: str) -> Post | None:
    """Whose calendar it is, while they work here."""
    feeds = CalendarFeed.objects.filter(secret_index=secret_index(secret), post__user__is_active=True)
    feed = feeds.select_related("post__user").first()
    return feed.post if feed else None


def calendar(found: Iterable[Due]) -> str:
    """RFC 5545: a whole-day entry for each, on the day by which it is to be done."""
    stamp = clock.now().astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parama//registry//LT", "CALSCALE:GREGORIAN"]
    for one in found:
        title = _("%(what)s: record No. %(number)s") % {"what": one.label, "number": one.recipient}
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.kind}-{one.of}-{one.day:%Y%m%d}@parama",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.act_by:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.act_by + dt.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(title)}",
            f"URL:{settings.SITE_URL}{reverse('registry:recipient', args=[one.recipient])}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """No line longer than 75 octets, and no letter cut in two."""
    found, rest = [], line
    while len(rest.encode()) > LINE:
        cut = LINE
        while len(rest[:cut].encode()) > LINE:
            cut -= 1
        found.append(rest[:cut])
        rest = f" {rest[cut:]}"
    return [*found, rest]
