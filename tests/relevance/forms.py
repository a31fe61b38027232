"""The same question as people type it: keywords, mistakes, no marks, other letters, the wrong keyboard.

A long word has at least five letters. A mistake is one deletion, insertion, substitution or swap, never at the first
letter except by a swap.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random

from kb.search.analysis import is_stop_word, words

LONG = 5
_LETTERS = {
    "lt": "aąbcčdeęėfghiįyjklmnoprsštuųūvzž",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "en": "abcdefghijklmnopqrstuvwxyz",
}


def _table(letters: str, spellings: str) -> dict[str, str]:
    return dict(zip(letters, spellings.split(), strict=True))


_BASE = dict(zip("абвгдезийклмнопрстуфэы", "abvgdezijklmnoprstufey", strict=True))
# One letter of Cyrillic becomes several of Latin; `_` stands for none.
_ICAO = _BASE | _table("жхцчшщюяьъёіїєґ", "zh kh ts ch sh shch iu ia _ ie e i i ie g")
_BGN = _BASE | _table("жхцчшщюяьъёйіїєґ", "zh kh ts ch sh shch yu ya _ _ ye y i yi ye g")
_CHAT = _BASE | _table("жхцчшщюяьъёійїєґ", "zh h c ch sh sch yu ya _ _ yo i y yi ye g")
_KEYS = {
    "ru": str.maketrans("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"),
    "uk": str.maketrans("йцукенгшщзхїфівапролджєячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,."),
}
Form = Callable[[str, str, Random], str]


def as_asked(text: str, language: str, random: Random) -> str:
    return text


def keywords(text: str, language: str, random: Random) -> str:
    """Three random telling words in their order, two where there are fewer than five."""
    telling = [word for word in words(text) if len(word) >= 4 and word.isalpha() and not is_stop_word(word, language)]
    count = min(len(telling), 3 if len(telling) >= 5 else 2)
    chosen = sorted(random.sample(range(len(telling)), count))
    return " ".join(telling[at] for at in chosen) or text


def one_typo(text: str, language: str, random: Random) -> str:
    found = text.split()
    long = [at for at, word in enumerate(found) if _is_long(word)]
    if long:
        at = random.choice(long)
        found[at] = _mistyped(found[at], language, random)
    return " ".join(found)


def many_typos(text: str, language: str, random: Random) -> str:
    return " ".join(_mistyped(word, language, random) if _is_long(word) else word for word in text.split())


def without_marks(text: str, language: str, random: Random) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def in_latin(text: str, language: str, random: Random) -> str:
    table = random.choice((_ICAO, _BGN, _CHAT))
    return "".join(table.get(sign, sign).replace("_", "") for sign in text.lower())


def wrong_keyboard(text: str, language: str, random: Random) -> str:
    return text.lower().translate(_KEYS[language])


FORMS: dict[str, tuple[Form, tuple[str, ...]]] = {
    "as asked": (as_asked, ("lt", "ru", "en", "uk")),
    "keywords": (keywords, ("lt", "ru", "en", "uk")),
    "one typo": (one_typo, ("lt", "ru", "en", "uk")),
    "every long word": (many_typos, ("lt", "ru", "en", "uk")),
    "no diacritics": (without_marks, ("lt",)),
    "Latin letters": (in_latin, ("ru", "uk")),
    "wrong layout": (wrong_keyboard, ("ru", "uk")),
}
DETERMINED = frozenset({"as asked", "no diacritics", "wrong layout"})  # chance has no part in them


def _is_long(word: str) -> bool:
    return sum(sign.isalpha() for sign in word) >= LONG


def _mistyped(word: str, language: str, random: Random) -> str:
    """One mistake among the letters of `word`; what it makes always differs."""
    start, end = _letters_of(word)
    while True:
        made = word[:start] + _mistake(word[start:end], language, random) + word[end:]
        if made != word:
            return made


def _letters_of(word: str) -> tuple[int, int]:
    """From its first letter to behind its last: commas and quotes are not mistyped."""
    places = [at for at, sign in enumerate(word) if sign.isalpha()]
    return places[0], places[-1] + 1


def _mistake(word: str, language: str, random: Random) -> str:
    kind = random.randrange(4)
    at = random.randrange(1, len(word))
    letter = random.choice(_LETTERS[language])
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + letter + word[at:]
    if kind == 2:
        return word[:at] + letter + word[at + 1 :]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
