"""Found words in the original text, marked by us, so that every engine shows the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kb.search.analysis import key, stem, words
from kb.search.query import CORRECTION, Question
from portal.core.languages import LANGUAGES, Localised

LENGTH = 220
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

    def snippet(self, text: Localised) -> Localised:
        """The text itself when it is short, else the part around the first found word, cut between words."""
        said = text.text
        if len(said) <= LENGTH:
            return text
        first = next(self._places(text), (0, 0))[0]
        start = max(0, first - LENGTH // 3)
        start = 0 if start == 0 else said.find(" ", start) + 1
        end = said.rfind(" ", start, start + LENGTH)
        end = end if end > start else start + LENGTH
        cut = f"{'… ' if start else ''}{said[start:end]}{' …' if end < len(said) else ''}"
        return Localised(cut, text.language, text.is_fallback)

    def _places(self, text: Localised) -> Iterator[tuple[int, int]]:
        stems = self._stems[text.language]
        for found in _WORD.finditer(text.text):
            for word in words(found[0]):
                if stem(word, text.language) in stems or key(word) in self._keys:
                    yield found.start(), found.end()
                    break
