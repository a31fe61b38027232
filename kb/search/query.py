"""What was typed becomes a question to an engine: which reading is meant, what else means the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kb.models import SearchEvent
from kb.search.analysis import grams, is_stop_word, key, stem, stop_keys, words
from kb.search.analysis.tokens import normal
from kb.search.engines.base import GRAMS, STEMS, Clause
from kb.search.layouts import other_readings
from kb.search.synonyms import WordLists
from kb.search.vocabulary import Vocabulary, is_cyrillic
from portal.core.languages import LANGUAGES

LONGEST = 200
MOST_TERMS = 20
MOST_GRAMS, FEWEST_GRAMS = 40, 20
PLACES = 40_000  # documents gone through for the pieces of one question; beyond it the fewest must do
GRAM_SHARE = 0.5
OTHER_LANGUAGES = 0.3
SYNONYM = 0.6
CORRECTION = 0.8
MOST_CORRECTIONS = 2
WORDLIKE, CLEARLY = 0.75, 0.25  # how far a text looks like words; by how much another reading must do so more
GUESSED = 0.6  # a correction is a guess: alone among other words it answers nothing
Rewritten = SearchEvent.Rewritten


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other words for one that was typed. No language: in all of them."""

    word: str
    language: str | None
    boost: float


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of the question and what else it may stand for."""

    text: str
    rarity: float
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `text`: the reading that is searched; `suggestion`: what may have been meant, only offered."""

    typed: str
    text: str
    language: str
    words: tuple[AskedWord, ...]
    rewritten: Rewritten = Rewritten.NO
    suggestion: str = ""
    is_crisis: bool = False

    def __bool__(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Part:
    """Clauses that show one thing: that a word is there (with its number), or that a piece of it is.

    `trust`: how sure it is that finding them is finding what was meant.
    """

    clauses: tuple[Clause, ...]
    word: int
    is_gram: bool
    weight: float
    trust: float = 1.0


@dataclass(frozen=True)
class Plan:
    """The question as parts an engine can look for. `unseen`: what of each word stands in no document at all."""

    parts: tuple[Part, ...]
    unseen: Mapping[int, float]

    @property
    def clauses(self) -> tuple[tuple[Clause, ...], ...]:
        return tuple(part.clauses for part in self.parts)

    @cached_property
    def words(self) -> dict[int, Part]:
        """The part of each word."""
        return {part.word: part for part in self.parts if not part.is_gram}

    @cached_property
    def total(self) -> float:
        """What all words tell together."""
        return sum(part.weight for part in self.words.values())

    @cached_property
    def pieces(self) -> dict[int, float]:
        """What the pieces of each word tell, those that no document has included."""
        told = dict(self.unseen)
        for part in self.parts:
            if part.is_gram:
                told[part.word] = told.get(part.word, 0.0) + part.weight
        return told

    @cached_property
    def present(self) -> float:
        """What all pieces tell that documents have."""
        return sum(part.weight for part in self.parts if part.is_gram)


def tidy(typed: str) -> str:
    """What was typed, one line, without what can't be seen, at most LONGEST signs."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in typed[: LONGEST * 4]).split())[:LONGEST]


def read(typed: str, language: str, vocabulary: Vocabulary, lists: WordLists) -> Question:
    """The question behind `typed`, for a reader of `language`."""
    text = tidy(typed)
    chosen, rewritten = _reading(text, language, vocabulary)
    found = _telling(words(chosen), language)[:MOST_TERMS]
    asked = [_asked(word, language, vocabulary) for word in found]
    question = Question(
        typed=text,
        text=chosen,
        language=language,
        words=tuple(_with_synonyms(asked, language, vocabulary, lists)),
        rewritten=rewritten,
        suggestion=_suggestion(chosen, asked),
        is_crisis=lists.is_crisis(words(chosen)) or lists.is_crisis(words(text)),
    )
    if rewritten == Rewritten.NO and any(_is_other_letters(word) for word in asked):
        question = replace(question, rewritten=Rewritten.LATIN)
    return question


def plan(question: Question, vocabulary: Vocabulary, *, is_public: bool) -> Plan:
    """Stems of each word in every language, and the rarest pieces of all words.

    What public documents do not have is left out of a resident's question: it would find nothing. While nobody can
    tell what they have – no engine answers, or their words are being read anew – nothing is left out.
    """
    is_public = is_public and vocabulary.is_current and vocabulary.documents > 0
    stems = [
        Part(
            tuple(_stem_clauses(word, question.language, vocabulary if is_public else None)),
            number,
            is_gram=False,
            weight=word.rarity,
            trust=GUESSED if _is_mistyped(word) else 1.0,
        )
        for number, word in enumerate(question.words)
    ]
    pieces = _pieces(question)
    unseen = Counter(number for gram, number in pieces.items() if not vocabulary.rarity(gram))
    most = vocabulary.most_rarity
    return Plan(
        (*stems, *_gram_parts(pieces, question.language, vocabulary, is_public=is_public)),
        {number: count * most for number, count in unseen.items()},
    )


def _telling(found: Sequence[str], language: str) -> list[str]:
    """The words without those that say nothing; all of them when there are no others."""
    distinct = list(dict.fromkeys(found))
    telling = [word for word in distinct if not _says_nothing(word, language)]
    return telling or distinct


def _says_nothing(word: str, language: str) -> bool:
    """Whether it is a stop word of a language it may belong to, or one of the reader's in other letters (`za`)."""
    return any(is_stop_word(word, code) for code in _spoken(word, language)) or (
        language in ("ru", "uk") and not is_cyrillic(word) and key(word) in stop_keys(language)
    )


def _spoken(word: str, language: str) -> tuple[str, ...]:
    """Languages a word may belong to: the reader's, and those of its letters."""
    return (language, "ru", "uk") if is_cyrillic(word) else (language, "lt", "en")


def _reading(text: str, language: str, vocabulary: Vocabulary) -> tuple[str, Rewritten]:
    """`text`, or the same keys on another keyboard when those look like words and these do not."""
    known = _likeness(text, vocabulary)
    if known >= WORDLIKE:
        return text, Rewritten.NO
    others = [(_likeness(other, vocabulary), other) for other in other_readings(normal(text))]
    best, other = max(others, default=(0.0, ""), key=lambda row: row[0])
    if best >= known + CLEARLY:
        return other, Rewritten.LAYOUT
    return text, Rewritten.NO


def _likeness(text: str, vocabulary: Vocabulary) -> float:
    """How far the letters look like words of the documents; of a word nobody has, the share of its known pieces."""
    found = [word for word in words(text) if not word.isdigit()]
    total = sum(map(len, found))
    return sum(len(word) * _likeness_of(word, vocabulary) for word in found) / total if total else 0.0


def _likeness_of(word: str, vocabulary: Vocabulary) -> float:
    if vocabulary.knows(word) or any(is_stop_word(word, code) for code in LANGUAGES):
        return 1.0
    pieces = grams(key(word))
    return sum(vocabulary.rarity(piece) > 0 for piece in pieces) / len(pieces)


def _asked(word: str, language: str, vocabulary: Vocabulary) -> AskedWord:
    """A word nobody has stands for those with the same key, else for those one mistake away."""
    rarity = vocabulary.rarity_of_word(word)
    if word in vocabulary or word.isdigit():
        return AskedWord(word, rarity)
    same = vocabulary.in_other_letters(word)
    if same:
        return AskedWord(word, rarity, tuple(Alternative(one.text, one.language, 1.0) for one in same[:4]))
    near = vocabulary.corrections(word, language)[:MOST_CORRECTIONS]
    return AskedWord(word, rarity, tuple(Alternative(one.text, one.language, CORRECTION) for one in near))


def _is_other_letters(word: AskedWord) -> bool:
    """Whether the word was found in another script than it was typed in (marks left out are nothing special)."""
    scripts = {is_cyrillic(other.word) for other in word.alternatives if other.boost == 1.0}
    return scripts == {not is_cyrillic(word.text)}


def _suggestion(text: str, asked: Iterable[AskedWord]) -> str:
    """The text with each mistyped word put right; empty when there is nothing to put right."""
    asked = list(asked)
    if not any(_is_mistyped(word) for word in asked):
        return ""
    better = {word.text: word.alternatives[0].word for word in asked if word.alternatives}
    return " ".join(better.get(word, word) for word in words(text))


def _is_mistyped(word: AskedWord) -> bool:
    return bool(word.alternatives) and word.alternatives[0].boost == CORRECTION


def _with_synonyms(asked: list[AskedWord], language: str, vocabulary: Vocabulary, lists: WordLists) -> list[AskedWord]:
    """Each synonym is looked for by the word of it that tells most: its common words stand everywhere."""
    found = list(asked)
    for at, term in lists.alternatives([word.text for word in asked], language):
        telling = max(term.words, key=vocabulary.rarity_of_known)
        found[at] = replace(
            found[at], alternatives=(*found[at].alternatives, Alternative(telling, term.language, SYNONYM))
        )
    return found


def _weight(field_language: str, language: str) -> float:
    return 1.0 if field_language == language else OTHER_LANGUAGES


def _stem_clauses(word: AskedWord, language: str, known: Vocabulary | None) -> list[Clause]:
    """One clause a language and stem, with the best boost it has for any reason."""
    boosts: dict[tuple[str, str], float] = {(code, stem(word.text, code)): 1.0 for code in LANGUAGES}
    for other in word.alternatives:
        for code in (other.language,) if other.language else LANGUAGES:
            where = code, stem(other.word, code)
            boosts[where] = max(boosts.get(where, 0.0), other.boost)
    return [
        Clause(STEMS, code, token, boost * _weight(code, language))
        for (code, token), boost in boosts.items()
        if known is None or known.has_stem(token, code)
    ]


def _pieces(question: Question) -> dict[str, int]:
    """The pieces of the words and of their corrections, each with the number of the word it belongs to."""
    owners: dict[str, int] = {}
    for number, word in enumerate(question.words):
        spellings = [word.text, *(other.word for other in word.alternatives if other.boost == CORRECTION)]
        for spelling in spellings:
            for gram in grams(key(spelling)):
                owners.setdefault(gram, number)
    return owners


def _gram_parts(pieces: Mapping[str, int], language: str, vocabulary: Vocabulary, *, is_public: bool) -> list[Part]:
    """The rarest of the pieces that documents have: more of them where that costs little."""
    ranked = sorted(((vocabulary.rarity(gram), gram) for gram in pieces), key=lambda row: (-row[0], row[1]))
    return [
        Part(
            tuple(
                Clause(GRAMS, code, gram, GRAM_SHARE * _weight(code, language))
                for code in (vocabulary.languages_of(gram) if is_public else LANGUAGES)
            ),
            pieces[gram],
            is_gram=True,
            weight=rarity,
        )
        for rarity, gram in _affordable(ranked, vocabulary)
    ]


def _affordable(ranked: Sequence[tuple[float, str]], vocabulary: Vocabulary) -> Iterator[tuple[float, str]]:
    places = 0
    for number, (rarity, gram) in enumerate(ranked[:MOST_GRAMS]):
        places += vocabulary.places_of(gram)
        if rarity <= 0 or (number >= FEWEST_GRAMS and places > PLACES):
            return
        yield rarity, gram
