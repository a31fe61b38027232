"""The script-neutral key: one string for a Cyrillic word and every Latin spelling of it, without diacritics.

*šildymas*, *sildymas* and *шилдимас* have one key; so have *компенсация*, *kompensatsiya* and *kompensacija*.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SIZE = 4
EDGE = "_"
_SIGNS = "абвгґдежзиіїйклмнопрстуфхцчшщыэюяєёўъь"
_CYRILLIC = dict(zip(_SIGNS, [*"abvhhdezziiiiklmnoprstufhccssieuaeeu", "", ""], strict=True))
_LETTERS = str.maketrans(_CYRILLIC | dict(zip("wqyjgx", "vkiihh", strict=True)))
_CHAT = str.maketrans("46", "cs")  # 4to, 6kola
_PAIRS = re.compile(r"shch|sch|sh|sc|zh|ch|kh|ts|tz")
_PAIR = {"shch": "s", "sch": "s", "sh": "s", "sc": "s", "zh": "z", "ch": "c", "kh": "h", "ts": "c", "tz": "c"}
_TWICE = re.compile(r"(.)\1+")
_SOFT = re.compile(r"i(?=[aeou])")


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """The key of a word; of a word without Latin or Cyrillic letters, the word itself."""
    if word.isdigit():
        return word
    bare = word.translate(_LETTERS)
    if not bare.isascii():
        bare = "".join(sign for sign in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(sign))
        bare = bare.translate(_LETTERS)
    if not bare.isalpha():
        bare = bare.translate(_CHAT)
    bare = _PAIRS.sub(lambda found: _PAIR[found[0]], bare)
    return _TWICE.sub(r"\1", _SOFT.sub("", _TWICE.sub(r"\1", bare))) or word


@lru_cache(maxsize=65536)
def grams(key: str) -> tuple[str, ...]:
    """Pieces of four signs with marks at the word's edges; a shorter one stands alone."""
    marked = f"{EDGE}{key}{EDGE}"
    return tuple(marked[at : at + SIZE] for at in range(max(1, len(marked) - SIZE + 1)))
