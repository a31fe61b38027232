"""Addresses of our pages as a reader of a language meets them."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from portal.core.languages import LANGUAGES


def address_of(name: str, language: str, *args: str) -> str:
    """A route of ours in one language."""
    with override(language):
        return reverse(name, args=args)


def entry_url(name: str, language: str, word: str) -> str:
    """Address of an entry by its word; empty where it has none yet, and then it is shown without a link."""
    try:
        return address_of(name, language, word)
    except NoReverseMatch:
        return ""


def entry_urls(name: str, words: Mapping[str, str]) -> dict[str, str]:
    """Addresses of one entry in every language where it has one."""
    urls = {language: entry_url(name, language, words.get(language, "")) for language in LANGUAGES}
    return {language: url for language, url in urls.items() if url}
