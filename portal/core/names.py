"""Whether two names may be one person's or one family's, compared without keeping a name.

A name becomes keyed marks: one for the whole of it, one for the family. Lithuanian family names of father, mother
and daughter differ in their ends, so the family's mark leaves the end off.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from portal.core.crypto import keyed

_ENDS = re.compile(r"(?:iene|aite|ite|iute|ute|ovna|evna|ova|eva|ina|aia|ius|as|is|us|ov|ev|in|ii|i|e|a)$")
_LENGTH = 16
_SHORTEST = 3
_LATIN = str.maketrans(
    dict(zip("абвгдезиіклмнопрстуфхцыэйґєjyw", "abvgdeziiklmnoprstufhcieigeiiv", strict=True))
    | {"ж": "z", "ч": "c", "ш": "s", "щ": "sc", "ю": "iu", "я": "ia", "ё": "e", "ї": "i", "ъ": "", "ь": ""}
)


@dataclass(frozen=True, slots=True)
class Marks:
    """`whole` and `family` of a name; "" where there is too little of it to compare."""

    whole: str = ""
    family: str = ""

    @classmethod
    def read(cls, kept: str) -> Marks:
        whole, _, family = kept.partition(":")
        return cls(whole, family)

    def __str__(self) -> str:
        return f"{self.whole}:{self.family}" if self.whole else ""

    def is_same_person(self, other: Marks) -> bool:
        return bool(self.whole) and self.whole == other.whole

    def is_same_family(self, other: Marks) -> bool:
        return bool(self.family) and self.family == other.family


def marks_of(name: str) -> Marks:
    """The marks of a name as it was typed: first name and family name, in Latin or Cyrillic letters."""
    words = plain(name).split()
    if len(words) < 2:
        return Marks()
    stem = _ENDS.sub("", words[-1])
    family = keyed("family", stem)[:_LENGTH] if len(stem) >= _SHORTEST else ""
    return Marks(keyed("person-name", " ".join(sorted(words)))[:_LENGTH], family)


def plain(name: str) -> str:
    """Small Latin letters without marks, i for y and j, words parted by one space: alike in either alphabet."""
    told = name.casefold().translate(_LATIN)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", told) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z]+", bare))


def stems(name: str) -> set[str]:
    """The words of a name without their ends: who shares a family's name shares one of these."""
    bare = (_ENDS.sub("", word) for word in plain(name).split())
    return {stem for stem in bare if len(stem) >= _SHORTEST}
