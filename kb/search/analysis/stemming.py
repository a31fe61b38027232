"""A word without its endings. Latin letters are folded after stemming: before it, Lithuanian loses."""

from __future__ import annotations

import threading
import unicodedata
from functools import cache, lru_cache

import Stemmer

from kb.search.analysis import ukrainian
from kb.search.analysis.lists import read_list

_SNOWBALL = {"lt": "lithuanian", "ru": "russian", "en": "english"}
_own = threading.local()  # a stemmer must not be used by two threads at once
_LATIN_EXTRA = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """The stem of a word as `words` gives it."""
    if language == "uk":
        return fold(ukrainian.stem(word))
    if language == "ru":
        word = word.replace("ё", "е")
    known = _overrides(language).get(word)
    return known or fold(_stemmer(language).stemWord(word))


def fold(text: str) -> str:
    """Latin letters without their marks; Cyrillic stays as it is (й is not и)."""
    if text.isascii():
        return text
    return "".join(_folded(sign) for sign in text)


@cache
def _folded(sign: str) -> str:
    if sign < "\u0250" or "\u1e00" <= sign <= "\u1eff":
        bare = unicodedata.normalize("NFKD", sign)
        return "".join(part for part in bare if not unicodedata.combining(part)).translate(_LATIN_EXTRA)
    return sign


def _stemmer(language: str) -> Stemmer.Stemmer:
    mine = _own.__dict__
    if language not in mine:
        mine[language] = Stemmer.Stemmer(_SNOWBALL[language], 0)
    return mine[language]


@cache
def _overrides(language: str) -> dict[str, str]:
    """{form: stem} where the stemmer joins what is not one word or parts what is."""
    if language != "lt":
        return {}
    rows = (line.partition(":") for line in read_list("stems_lt"))
    known = {form: stem for stem, _, forms in rows for form in forms.split()}
    return {fold(form): stem for form, stem in known.items()} | known
