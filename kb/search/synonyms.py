"""Editors' words that mean the same, applied when somebody searches: live at once, taken back at once."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save

from kb.models import CrisisWord, PinnedAnswer, Synonym
from kb.search.analysis import is_stop_word, stem, words
from portal.core.languages import LANGUAGES

GENERATION = "search:words"
MOST_PER_QUERY = 32
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a group: its words, and their stems in its language."""

    language: str
    words: Phrase
    stems: Phrase


@dataclass(frozen=True, slots=True)
class WordLists:
    """Synonyms and crisis phrases by language and first stem, so that a question meets only the few it may hold.

    `pins`: (kind, code) of pinned answers by language and the stems of their words.
    """

    groups: dict[str, list[tuple[Term, tuple[Term, ...]]]]
    crisis: dict[str, list[Term]]
    pins: dict[tuple[str, frozenset[str]], list[tuple[str, str]]] = field(default_factory=dict)

    def alternatives(self, typed: Sequence[str], language: str) -> list[tuple[int, Term]]:
        """(number of its first word, another term for it) for every term that stands in the typed words."""
        found: dict[Phrase, tuple[int, Term]] = {}
        stems = {code: [stem(word, code) for word in typed] for code in LANGUAGES}
        for at in range(len(typed)):
            for code, of_code in stems.items():
                for term, others in self.groups.get(f"{code}:{of_code[at]}", ()):
                    if term.stems == tuple(of_code[at : at + len(term.stems)]):
                        for other in others:
                            found.setdefault((other.language, *other.stems), (at, other))
        return sorted(found.values(), key=lambda row: row[1].language != language)[:MOST_PER_QUERY]

    def is_crisis(self, typed: Sequence[str]) -> bool:
        """Whether a crisis phrase stands in the typed words, its words one after another."""
        return any(
            term.stems == tuple(of_code[at : at + len(term.stems)])
            for code in LANGUAGES
            for of_code in [[stem(word, code) for word in typed]]
            for at in range(len(typed))
            for term in self.crisis.get(f"{code}:{of_code[at]}", ())
        )


def _term(text: str, language: str) -> Term:
    """A term without its little words, unless it has no others."""
    found = words(text)
    telling = [word for word in found if not is_stop_word(word, language)] or found
    return Term(language, tuple(telling), tuple(stem(word, language) for word in telling))


def _exact(text: str, language: str) -> Term:
    found = words(text)
    return Term(language, tuple(found), tuple(stem(word, language) for word in found))


def groups_of(all_terms: Iterable[Mapping[str, Sequence[str]]]) -> dict[str, list[tuple[Term, tuple[Term, ...]]]]:
    """Groups as questions meet them."""
    groups: dict[str, list[tuple[Term, tuple[Term, ...]]]] = {}
    for terms_by_language in all_terms:
        terms = [_term(text, code) for code, texts in terms_by_language.items() for text in texts]
        terms = [term for term in terms if term.stems]
        for term in terms:
            others = tuple(other for other in terms if other != term)
            groups.setdefault(f"{term.language}:{term.stems[0]}", []).append((term, others))
    return groups


def _read() -> WordLists:
    groups = groups_of(Synonym.objects.filter(is_active=True).order_by("pk").values_list("terms", flat=True))
    return WordLists(groups, crisis_of(CrisisWord.objects.values_list("language", "text")), _pins())


def crisis_of(phrases: Iterable[tuple[str, str]]) -> dict[str, list[Term]]:
    """Crisis phrases (language, text) as questions meet them."""
    crisis: dict[str, list[Term]] = {}
    for code, text in phrases:
        term = _exact(text, code)
        if term.stems:
            crisis.setdefault(f"{code}:{term.stems[0]}", []).append(term)
    return crisis


def _pins() -> dict[tuple[str, frozenset[str]], list[tuple[str, str]]]:
    """Pinned answers by the language and stems of their words."""
    pins: dict[tuple[str, frozenset[str]], list[tuple[str, str]]] = {}
    for code, text, kind, thing in PinnedAnswer.objects.order_by("pk").values_list("language", "words", "kind", "code"):
        stems = frozenset(_term(text, code).stems)
        if stems:
            pins.setdefault((code, stems), []).append((kind, thing))
    return pins


_kept: tuple[object, WordLists] | None = None


def word_lists() -> WordLists:
    """The lists as they stand; read again after an editor changed them."""
    global _kept
    generation = cache.get(GENERATION)
    if generation is None:
        generation = time.time_ns()  # never one that was there before the cache forgot it
        cache.add(GENERATION, generation, None)
        _kept = None
    if _kept is None or _kept[0] != generation:
        _kept = (generation, _read())
    return _kept[1]


def _changed(**_: object) -> None:
    try:
        cache.incr(GENERATION)
    except ValueError:
        cache.set(GENERATION, time.time_ns(), None)


def watch() -> None:
    for model in (Synonym, CrisisWord, PinnedAnswer):
        post_save.connect(_changed, sender=model, dispatch_uid=f"search-words-saved-{model.__name__}")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"search-words-deleted-{model.__name__}")
