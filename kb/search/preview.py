"""What a group of words would change, tried on what people really asked, before anybody meets it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count

from kb.models import SearchEvent, Synonym
from kb.search.analysis import words
from kb.search.finder import find
from kb.search.results import SearchHit
from kb.search.synonyms import WordLists, groups_of, word_lists
from kb.selectors import Reader

MOST_LOGGED = 2000
SHOWN = 8
FIRST = 3
Terms = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Tried:
    """One question with the first hits as they are and as they would be. `times`: how often it was asked."""

    language: str
    words: str
    times: int
    before: tuple[SearchHit, ...]
    after: tuple[SearchHit, ...]

    @property
    def is_changed(self) -> bool:
        return [hit.code for hit in self.before] != [hit.code for hit in self.after]


def tried(terms: Terms, *, pk: int | None = None) -> list[Tried]:
    """The most frequent logged questions that hold one of these terms; the terms themselves when nobody asked so."""
    now = word_lists()
    others = Synonym.objects.filter(is_active=True).exclude(pk=pk or 0).order_by("pk").values_list("terms", flat=True)
    then = replace(now, groups=groups_of([*others, terms]))
    asked = _logged(terms) or [(code, texts[0], 0) for code, texts in terms.items() if texts]
    return [_tried(language, text, times, now, then) for language, text, times in asked[:SHOWN]]


def _logged(terms: Terms) -> list[tuple[str, str, int]]:
    alone = WordLists(groups_of([terms]), {})
    kept = SearchEvent.objects.exclude(words="").exclude(words__contains="[").values_list("language", "words")
    rows = kept.annotate(count=Count("pk")).order_by("-count", "words")[:MOST_LOGGED]
    return [(language, text, count) for language, text, count in rows if alone.alternatives(words(text), language)]


def _tried(language: str, text: str, times: int, now: WordLists, then: WordLists) -> Tried:
    before, after = (
        find(text, language=language, reader=Reader.RESIDENT, limit=FIRST, lists=lists).hits for lists in (now, then)
    )
    return Tried(language, text, times, before, after)
