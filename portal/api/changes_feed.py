"""Changes as an Atom feed."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from portal.api import changes
from portal.api.addresses import url_of

MOST = 100


def feed() -> str:
    """The last hundred changes, the newest first; what was withdrawn says so and leads nowhere."""
    base = f"{settings.SITE_URL}/api/v1"
    atom = Atom1Feed(
        title="Parama: changes of the open data",
        link=f"{base}/changes",
        description="",
        language="en",
        feed_url=f"{base}/changes.atom",
    )
    host = urlsplit(settings.SITE_URL).hostname
    for row in changes.since(None).order_by("-changed_at", "-pk")[:MOST]:
        atom.add_item(
            title=f"{row.kind}: {row.code}{' (withdrawn)' if row.is_gone else ''}",
            link=f"{base}/changes" if row.is_gone else url_of(row),
            description="Withdrawn." if row.is_gone else "New or changed.",
            unique_id=f"tag:{host},2026:{row.kind}/{row.code}",
            updateddate=row.changed_at,
            categories=[row.kind],
        )
    return atom.writeString("utf-8")
