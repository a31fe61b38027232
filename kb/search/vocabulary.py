"""The words the documents have: what a typed word may have been meant to be, and how rare its pieces are."""

from __future__ import annotations

import math
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kb.search.analysis import grams, key, stem
from kb.search.analysis.stemming import fold
from kb.search.engines import engines
from kb.search.engines.base import EngineDown, SearchEngine
from portal.core.languages import LANGUAGES

MOST_CORRECTED = 60_000  # keys in the corrector: the most frequent ones
SHORTEST_MISTYPED = 4  # signs
SHORTEST_CORRECTED = 5
LARGE = 50_000  # words; reading fewer takes less than a tenth of a second
LARGE_KEPT = 60.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the documents, in one language, with the number of documents that have it."""

    text: str
    language: str
    documents: int


class Vocabulary:
    """All words of all languages of one generation of the index. Parts are made when first asked for."""

    def __init__(self, words: Mapping[str, Mapping[str, int]], documents: int) -> None:
        self._words = words
        self.documents = documents

    def __contains__(self, word: str) -> bool:
        return any(word in words for words in self._words.values())

    def knows(self, word: str) -> bool:
        """Whether this word, in whatever letters, stands in a document."""
        return word in self or key(word) in self._by_key

    def in_other_letters(self, word: str) -> list[Word]:
        """The documents' words with the same key, most frequent first."""
        return self._by_key.get(key(word), [])

    def corrections(self, word: str, language: str) -> list[Word]:
        """Words one mistake away, the likeliest first: `language` before others, frequent before rare."""
        typed = bare(word)
        if len(typed) < SHORTEST_MISTYPED or typed.isdigit():
            return []
        near = {found for cut in _with_one_gone(typed) for found in self._deletes.get(cut, ())}
        words = [found for one in near if _may_be_mistyped(typed, one) for found in self._by_bare[one]]
        words = [found for found in words if is_cyrillic(found.text) == is_cyrillic(word)]
        return sorted(words, key=lambda found: (found.language != language, -found.documents, found.text))

    def rarity(self, gram: str) -> float:
        """How much a piece tells: its inverse document frequency; 0 when no document has it."""
        count = self._gram_counts.get(gram, 0)
        return math.log(1 + max(self.documents, count) / count) if count else 0.0

    def rarity_of_word(self, word: str) -> float:
        """The same for a word; one that nobody knows tells most."""
        count = max((words.get(word, 0) for words in self._words.values()), default=0)
        count = count or max((found.documents for found in self.in_other_letters(word)), default=0)
        return math.log(1 + max(self.documents, 1) / max(count, 0.5))

    def has_stem(self, stemmed: str, language: str) -> bool:
        return stemmed in self._stems[language]

    def languages_of(self, gram: str) -> tuple[str, ...]:
        """Languages whose documents have this piece."""
        return tuple(code for code in self._words if gram in self._grams[code])

    @property
    def most_rarity(self) -> float:
        """What a piece tells that no document has."""
        return math.log(1 + max(self.documents, 1) / 0.5)

    def rarity_of_known(self, word: str) -> float:
        """The same, but a word that nobody knows tells nothing."""
        return self.rarity_of_word(word) if self.knows(word) else 0.0

    @cached_property
    def _by_key(self) -> dict[str, list[Word]]:
        found: defaultdict[str, list[Word]] = defaultdict(list)
        for language, words in self._words.items():
            for text, documents in words.items():
                found[key(text)].append(Word(text, language, documents))
        for same in found.values():
            same.sort(key=lambda word: (-word.documents, word.language, word.text))
        return dict(found)

    @cached_property
    def _stems(self) -> dict[str, frozenset[str]]:
        return {code: frozenset(stem(word, code) for word in words) for code, words in self._words.items()}

    @cached_property
    def _grams(self) -> dict[str, frozenset[str]]:
        return {
            code: frozenset(gram for word in words for gram in grams(key(word))) for code, words in self._words.items()
        }

    @cached_property
    def _gram_counts(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for same, words in self._by_key.items():
            documents = sum(word.documents for word in words)
            for gram in grams(same):
                counts[gram] += documents
        return counts

    @cached_property
    def _by_bare(self) -> dict[str, list[Word]]:
        found: defaultdict[str, list[Word]] = defaultdict(list)
        for language, words in self._words.items():
            for text, documents in words.items():
                found[bare(text)].append(Word(text, language, documents))
        return dict(found)

    @cached_property
    def _deletes(self) -> dict[str, tuple[str, ...]]:
        counts = {one: max(word.documents for word in words) for one, words in self._by_bare.items()}
        return _deletes_of(counts)


def bare(word: str) -> str:
    """A word as people mistype it: without marks, ё as е."""
    return fold(word).replace("ё", "е")


def _deletes_of(counts: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """{what is left of a word when one sign is gone: the words}."""
    known = [one for one in counts if len(one) >= SHORTEST_MISTYPED and not one.isdigit()]
    if len(known) > MOST_CORRECTED:
        known = sorted(known, key=lambda one: -counts[one])[:MOST_CORRECTED]
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for one in known:
        for cut in _with_one_gone(one):
            found[cut] += (one,)
    return dict(found)


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


class VocabularyKeeper:
    """The vocabulary of the index as it stands; a large one is renewed once a minute at most."""

    def __init__(self) -> None:
        self._kept = _NOTHING
        self._of: tuple[SearchEngine, str] | None = None
        self._not_before = 0.0

    def now(self, engine: SearchEngine) -> Vocabulary:
        """Empty while the engine can't tell: then nothing is corrected, and everything else goes on."""
        try:
            state = engine, engine.generation()
            if self._of is None or self._of[0] is not engine or self._is_old(state[1]):
                words = {language: engine.vocabulary(language) for language in LANGUAGES}
                self._kept, self._of = Vocabulary(words, engine.count()), state
                is_large = sum(map(len, words.values())) > LARGE
                self._not_before = time.monotonic() + (LARGE_KEPT if is_large else 0.0)
        except EngineDown:
            self._kept, self._of = _NOTHING, None
        return self._kept

    def _is_old(self, generation: str) -> bool:
        return self._of is not None and self._of[1] != generation and time.monotonic() >= self._not_before


_keeper = VocabularyKeeper()


def vocabulary() -> Vocabulary:
    """The words of the configured engine's documents."""
    return _keeper.now(engines.default)
