"""What the page about open data shows of the API: the archive, the descriptions, what changed, how to ask."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.api import downloads
from portal.core.addresses import page_address
from portal.core.offers import Offer


def offers(language: str) -> Iterator[Offer]:
    """How programs ask, and – once they were made – the files."""
    yield Offer(_("How programs ask for data"), "OpenAPI", page_address("open_data:description", language))
    yield Offer(_("What has changed"), "Atom", reverse("api:changes_feed"))
    made = downloads.newest()
    if made is None:
        return
    yield Offer(_("Everything in one archive"), "ZIP", reverse("api:archive"), made.bytes, made.made_at)
    for route, form in (("catalogue_turtle", "Turtle"), ("catalogue_json_ld", "JSON-LD")):
        yield Offer(
            _("Services for the European catalogue (CPSV-AP)"), form, reverse(f"api:{route}"), None, made.made_at
        )
    yield Offer(
        _("Description for data portals (DCAT-AP)"), "Turtle", reverse("api:dataset_turtle"), None, made.made_at
    )
