"""A text as words: lower case, one form of every letter, apostrophes inside words gone."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 40
_APOSTROPHES = "'’ʼ`´"
_WORD = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*")
_INSIDE = re.compile(f"[{_APOSTROPHES}]")
_LOST = dict.fromkeys(map(ord, "\u00ad\u0301\u200b\u200c\u200d\u2060\ufeff"))  # soft hyphens, stress marks, joiners


def normal(text: str) -> str:
    """`text` in composed form and lower case, without what is not seen."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).translate(_LOST)).lower()


def words(text: str) -> list[str]:
    """The words of `text` in order; a letter alone is none, a figure is one."""
    found = (_without_apostrophes(word) for word in _WORD.findall(normal(text)))
    return [word[:LONGEST] for word in found if len(word) > 1 or word.isdigit()]


def _without_apostrophes(word: str) -> str:
    if word.isalnum():
        return word
    if word.isascii() or word[0].isascii():
        head, *rest = _INSIDE.split(word)
        return head + "".join(part for part in rest if part != "s")
    return _INSIDE.sub("", word)
