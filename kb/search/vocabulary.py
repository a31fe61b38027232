"""The words the documents have: what a typed word may have been meant to be, and how rare its pieces are."""

from __future__ import annotations

import copy
import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kb.search.analysis import grams, key, stem
from kb.search.analysis.stemming import fold
from kb.search.engines import engines
from kb.search.engines.base import EngineDown
from kb.search.renewed import Renewed
from portal.core.languages import LANGUAGES

MOST_CORRECTED = 60_000  # keys in the corrector: the most frequent ones
SHORTEST_MISTYPED = 4  # signs
SHORTEST_CORRECTED = 5
LARGE = 20_000  # documents; reading the words of fewer takes a few seconds at most


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the documents, in one language, with the number of documents that have it."""

    text: str
    language: str
    documents: int


class Places:
    """Numbers of words by a text they have in common: two flat arrays, for there are millions of such texts."""

    def __init__(self, rows: Iterable[tuple[str, int]]) -> None:
        ordered = sorted((hash(text), number) for text, number in rows)
        self._hashes = array("q", (hashed for hashed, _ in ordered))
        self._numbers = array("I", (number for _, number in ordered))

    def of(self, text: str) -> Iterator[int]:
        """All numbers of this text; once in a very long while of another one too."""
        wanted = hash(text)
        at = bisect_left(self._hashes, wanted)
        while at < len(self._hashes) and self._hashes[at] == wanted:
            yield self._numbers[at]
            at += 1


class Vocabulary:
    """All words of all languages of one generation of the index. Parts are made when first asked for."""

    def __init__(self, words: Mapping[str, Mapping[str, int]], documents: int) -> None:
        self._words = words
        self._list = [(text, code) for code, of_code in words.items() for text in of_code]
        self.documents = documents
        self.is_current = True

    def __contains__(self, word: str) -> bool:
        return any(word in words for words in self._words.values())

    def knows(self, word: str) -> bool:
        """Whether this word, in whatever letters, stands in a document."""
        return word in self or bool(self.in_other_letters(word))

    def in_other_letters(self, word: str) -> list[Word]:
        """The documents' words with the same key, most frequent first."""
        wanted = key(word)
        found = [one for number in self._by_key.of(wanted) if key((one := self._word(number)).text) == wanted]
        return sorted(found, key=lambda one: (-one.documents, one.language, one.text))

    def corrections(self, word: str, language: str) -> list[Word]:
        """Words one mistake away, the likeliest first: `language` before others, frequent before rare."""
        typed = bare(word)
        if len(typed) < SHORTEST_MISTYPED or typed.isdigit():
            return []
        near = {number for cut in _with_one_gone(typed) for number in self._deletes.of(cut)}
        words = [self._word(number) for number in near]
        words = [one for one in words if _may_be_mistyped(typed, bare(one.text))]
        words = [one for one in words if is_cyrillic(one.text) == is_cyrillic(word)]
        return sorted(words, key=lambda one: (one.language != language, -one.documents, one.text))

    def rarity(self, gram: str) -> float:
        """How much a piece tells: its inverse document frequency; 0 when no document has it."""
        count = self.places_of(gram)
        return math.log(1 + max(self.documents, count) / count) if count else 0.0

    def places_of(self, gram: str) -> int:
        """In how many documents a piece stands, each word of a document counted."""
        return self._pieces.get(gram, 0) >> len(LANGUAGES)

    def rarity_of_word(self, word: str) -> float:
        """The same for a word; one that nobody knows tells most."""
        count = max((words.get(word, 0) for words in self._words.values()), default=0)
        count = count or max((found.documents for found in self.in_other_letters(word)), default=0)
        return math.log(1 + max(self.documents, 1) / max(count, 0.5))

    def share_with(self, word: str, language: str) -> float:
        """In which share of all documents a word of this stem stands, as far as its most frequent form tells."""
        stemmed = stem(word, language)
        counts = (count for text, count in self._words[language].items() if stem(text, language) == stemmed)
        return max(counts, default=0) / max(1, self.documents)

    def has_stem(self, stemmed: str, language: str) -> bool:
        return stemmed in self._stems[language]

    def languages_of(self, gram: str) -> tuple[str, ...]:
        """Languages whose documents have this piece."""
        mask = self._pieces.get(gram, 0)
        return tuple(code for code, bit in _BITS.items() if mask & bit)

    @property
    def most_rarity(self) -> float:
        """What a piece tells that no document has."""
        return math.log(1 + max(self.documents, 1) / 0.5)

    def rarity_of_known(self, word: str) -> float:
        """The same, but a word that nobody knows tells nothing."""
        return self.rarity_of_word(word) if self.knows(word) else 0.0

    def from_before(self) -> Vocabulary:
        """The same, knowing that documents may have other words by now."""
        older = copy.copy(self)
        older.is_current = False
        return older

    def ready(self) -> Vocabulary:
        """The same, all parts made."""
        _ = self._by_key, self._stems, self._pieces, self._deletes
        return self

    def _word(self, number: int) -> Word:
        text, language = self._list[number]
        return Word(text, language, self._words[language][text])

    @cached_property
    def _by_key(self) -> Places:
        return Places((_key(text), number) for number, (text, _) in enumerate(self._list))

    @cached_property
    def _stems(self) -> dict[str, frozenset[str]]:
        return {code: frozenset(stem(word, code) for word in words) for code, words in self._words.items()}

    @cached_property
    def _pieces(self) -> dict[str, int]:
        """For each piece one number: a bit for each language that has it, above them in how many documents it is."""
        found: dict[str, int] = {}
        for code, words in self._words.items():
            bit = _BITS[code]
            for text, documents in words.items():
                for gram in _grams(_key(text)):
                    found[gram] = (found.get(gram, 0) + (documents << len(LANGUAGES))) | bit
        return found

    @cached_property
    def _deletes(self) -> Places:
        """Words by what is left of them when one sign is gone; of very many, the most frequent ones."""
        fit = [number for number, (text, _) in enumerate(self._list) if _may_be_corrected_to(text)]
        if len(fit) > MOST_CORRECTED:
            fit = sorted(fit, key=lambda number: -self._word(number).documents)[:MOST_CORRECTED]
        return Places((cut, number) for number in fit for cut in _with_one_gone(bare(self._list[number][0])))


# Going through all words must not drive those that people type out of the caches of keys and pieces.
_key, _grams = key.__wrapped__, grams.__wrapped__
_BITS = {code: 1 << at for at, code in enumerate(LANGUAGES)}


def _may_be_corrected_to(word: str) -> bool:
    return len(word) >= SHORTEST_MISTYPED and not word.isdigit()


def bare(word: str) -> str:
    """A word as people mistype it: without marks, ё as е."""
    return fold(word).replace("ё", "е")


def is_cyrillic(word: str) -> bool:
    return "\u0400" <= word[0] <= "\u04ff"


def _may_be_mistyped(typed: str, meant: str) -> bool:
    """One mistake apart, and begun alike: nobody mistypes the first sign, at most it changes places with the second."""
    begun_alike = typed[0] == meant[0] or typed[:2] == meant[:2][::-1]
    is_long = max(len(typed), len(meant)) >= SHORTEST_CORRECTED
    return is_long and begun_alike and _is_one_apart(typed, meant)


def _with_one_gone(text: str) -> Iterator[str]:
    """The text, and the text without each of its signs."""
    yield text
    yield from {text[:at] + text[at + 1 :] for at in range(len(text))}


def _is_one_apart(one: str, other: str) -> bool:
    """Whether one deletion, insertion, substitution or swap of neighbours leads from one to the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    if one[start + 1 :] == other[start + 1 :]:
        return True
    return one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]


_NOTHING = Vocabulary({code: {} for code in LANGUAGES}, 0)


def _read() -> Vocabulary:
    """With all its parts, which would else be made while somebody waits."""
    engine = engines.default
    words = {language: engine.vocabulary(language) for language in LANGUAGES}
    return Vocabulary(words, engine.count()).ready()


def _while_reading() -> Vocabulary | None:
    """So many documents that reading their words takes seconds: until then nothing is corrected."""
    return _NOTHING if engines.default.count() > LARGE else None


_kept = Renewed(_read, first=_while_reading)


def read_now() -> Vocabulary:
    """The words as they stand, read while the caller waits: for measurements, which must not begin before."""
    engine = engines.default
    return _kept.renew(engine, engine.generation())


def vocabulary() -> Vocabulary:
    """The words of the configured engine's documents; empty while the engine can't tell.

    Then nothing is corrected, and everything else goes on.
    """
    try:
        engine = engines.default
        state = engine.generation()
        found = _kept.of(engine, state)
        return found if _kept.is_current(state) else found.from_before()
    except EngineDown:
        _kept.forget()
        return _NOTHING
