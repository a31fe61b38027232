"""Where an entry is read as data."""

from __future__ import annotations

from django.urls import reverse

from portal.api.kinds import KINDS, MEASUREMENTS
from portal.api.models import Change
from portal.api.reading import absolute

_ONE = {"services": "service", "institutions": "institution", "topics": "topic", "articles": "article"}
_ONE |= {"charters": "charter_version", "standards": "standard"}


def url_of(row: Change) -> str:
    """Where the entry is read as data."""
    if row.kind in KINDS:
        return absolute(reverse(f"api:{_ONE[row.kind]}", args=[row.code]))
    standard, period, *place = row.code.split(":")
    query = f"standard={standard}&period={period}&institution={place[0] if place else 'city'}"
    return absolute(f"{reverse(f'api:{MEASUREMENTS}')}?{query}")
