"""The one analysis in front of every engine: a text becomes stems and 4-grams, the same for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from kb.search.analysis.keys import grams, key
from kb.search.analysis.stemming import stem
from kb.search.analysis.stopwords import is_stop_word, stop_keys
from kb.search.analysis.tokens import words

__all__ = ["Tokens", "analyse", "grams", "is_stop_word", "key", "stem", "stop_keys", "words"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as an engine takes it. `words` are those of the text itself: what people may have meant to type."""

    stems: list[str]
    grams: list[str]
    words: frozenset[str]


def analyse(text: str, language: str) -> Tokens:
    """`text`, written in `language`, as tokens."""
    found = words(text)
    return Tokens(
        stems=[stem(word, language) for word in found],
        grams=[gram for word in found for gram in grams(key(word))],
        words=frozenset(found),
    )
