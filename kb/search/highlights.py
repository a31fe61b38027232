"""Found words in the original text, marked by us, so that every engine shows the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kb.search.analysis import key, stem, words
from kb.search.query import CORRECTION, Question
from portal.core.languages import LANGUAGES, Localised

LENGTH = 320
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")


class Marker:
    """Knows which words of a text answer the question."""

    def __init__(self, question: Question) -> None:
        self._stems: dict[str, set[str]] = {code: set() for code in LANGUAGES}
        self._keys = {key(word.text) for word in question.words}
        for word in question.words:
            for code in LANGUAGES:
                self._stems[code].add(stem(word.text, code))
            for other in word.alternatives:
                for code in (other.language,) if other.language else LANGUAGES:
                    self._stems[code].add(stem(other.word, code))
                if other.boost >= CORRECTION:
                    self._keys.add(key(other.word))

    def marked(self, text: Localised) -> SafeString:
        """`text` escaped, with found words in <mark>."""
        said, pieces, at = text.text, [], 0
        for start, end in self._places(text):
            pieces += [escape(said[at:start]), "<mark>", escape(said[start:end]), "</mark>"]
            at = end
        pieces.append(escape(said[at:]))
        return mark_safe("".join(pieces))  # noqa: S308  (every piece is escaped)

    def _places(self, text: Localised) -> Iterator[tuple[int, int]]:
        stems = self._stems[text.language]
        for found in _WORD.finditer(text.text):
            stemmed, neutral = _forms(found[0], text.language)
            if stemmed in stems or neutral in self._keys:
                yield found.start(), found.end()


@lru_cache(maxsize=32768)
def _forms(word: str, language: str) -> tuple[str, str]:
    """Stem and key of a word as it stands in a text; of a single letter neither."""
    found = words(word)
    return (stem(found[0], language), key(found[0])) if found else ("", "")


def snippet(text: Localised) -> Localised:
    """The beginning of an answer – the answer comes first – cut between words when it is long."""
    said = text.text
    if len(said) <= LENGTH:
        return text
    end = said.rfind(" ", 0, LENGTH)
    return Localised(f"{said[: end if end > 0 else LENGTH]} …", text.language, text.is_fallback)
