"""Keys under which a name is found however it was written: another alphabet, no diacritics, another order. Pure."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

# Cyrillic as it is usually written in Latin letters here; what people spell in several ways becomes one.
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "z", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "c", "ш": "s", "щ": "s", "ъ": "", "ы": "i",
    "ь": "", "э": "e", "ю": "iu", "я": "ia", "ł": "l", "ß": "s",
}  # fmt: skip
_TABLE = str.maketrans(_LATIN)
# After the alphabet: spellings that sound alike fall together.
_ALIKE = (
    ("shch", "s"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("zh", "z"), ("kh", "h"), ("ts", "c"), ("ks", "x"),
    ("w", "v"), ("y", "i"), ("j", "i"), ("ie", "e"), ("ii", "i"),
)  # fmt: skip
_WORD = re.compile(r"[a-z]+")
_TWICE = re.compile(r"(.)\1+")


def name_key(name: str) -> str:
    """`Петрова, Анна` and `Anna Petrova` → `ana petrova`: words by the alphabet, in plain Latin letters."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("й", "и").translate(_TABLE))
    words = _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
    return " ".join(sorted(filter(None, map(_word, words))))


def phone_key(phone: str) -> str:
    """The last eight digits, by which a number is the same with any prefix; empty when there are fewer."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    return digits[-8:] if len(digits) >= 8 else ""


def likeness(one: str, other: str) -> float:
    """How alike two keys are, 0–1; words are compared as they stand, so both should come from `name_key`."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _word(word: str) -> str:
    for several, one in _ALIKE:
        word = word.replace(several, one)
    return _TWICE.sub(r"\1", word)
