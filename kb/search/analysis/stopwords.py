"""Words that carry no meaning of their own; they leave the query, not the index."""

from __future__ import annotations

from functools import cache

from kb.search.analysis.keys import key
from kb.search.analysis.lists import read_list
from kb.search.analysis.stemming import fold


@cache
def stop_words(language: str) -> frozenset[str]:
    """The stop words of `language`, also as typed without diacritics."""
    found = {word for line in read_list(f"stop_{language}") for word in line.split()}
    return frozenset(found | {fold(word) for word in found})


@cache
def stop_keys(language: str) -> frozenset[str]:
    """The same words in whatever letters they are typed."""
    return frozenset(key(word) for word in stop_words(language))


def is_stop_word(word: str, language: str) -> bool:
    return word in stop_words(language)
