"""Addresses of entries whose last word is their own in every language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import override

from portal.core.languages import LANGUAGES, column, columns, current
from portal.core.translations import STATE_COLUMNS, text

SLUG_COLUMNS = (*STATE_COLUMNS, *columns(("slug",)))


@lru_cache(maxsize=256)
def page_address(route: str, language: str) -> str:
    """Where a page without a word of its own is read in `language`."""
    with override(language):
        return reverse(route)


def entry_address(route: str, language: str, word: str) -> str:
    """Where the entry with this word is read in `language`; empty where it has none."""
    return _pattern(route, language).replace("-slug-", word) if word else ""


def address(route: str, row: Mapping[str, Any], language: str, *, prefix: str = "", field: str = "slug") -> str:
    """Where an entry is read in `language`: under its own word there, or under the one it falls back to."""
    return entry_address(route, language, text(row, field, language, prefix=prefix).text)


def alternates(route: str, row: Mapping[str, Any], *, field: str = "slug") -> dict[str, str]:
    """The same entry in every language."""
    return {language: address(route, row, language, field=field) for language in LANGUAGES}


def under(slug: str, *, field: str = "slug") -> Q:
    """Entries known by this word in any language."""
    found = Q()
    for language in LANGUAGES:
        found |= Q(**{column(field, language): slug})
    return found


def redirected(request: HttpRequest, places: Mapping[str, str]) -> HttpResponse | None:
    """Send a reader who came by another language's word to the right address (301); None: it is the right one.

    Notes the entry's other addresses for the links to other languages.
    """
    request.alternates = places  # type: ignore[attr-defined]
    place = places[current()]
    if request.path == place:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{place}?{query}" if query else place)


@lru_cache(maxsize=4096)
def coded_address(route: str, language: str, *codes: str) -> str:
    """Where what has these codes is found in `language`."""
    with override(language):
        return reverse(route, args=codes)


@lru_cache(maxsize=64)
def _pattern(route: str, language: str) -> str:
    with override(language):
        return reverse(route, args=["-slug-"])
