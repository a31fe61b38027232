"""One key for one question, in whatever words and language it was asked.

Little words go; what stands in an editor's group of synonyms counts as the group, so that *šildymas* and *отопление*
are one; of every other word the stem in the script-neutral key is taken. Order does not matter. Two keys that share
most of their parts are the same question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.models import Synonym
from kb.search.analysis import is_stop_word, key, stem, words

LONGEST = 200
ALIKE = 0.6
Parts = frozenset[str]


@dataclass(frozen=True, slots=True)
class Concepts:
    """The editors' groups: for each language and first stem the terms that begin with it, the longest first."""

    terms: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Concepts:
        """The groups in use now. A word that stands in several belongs to the oldest of them."""
        terms: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for pk, groups in Synonym.objects.filter(is_active=True).order_by("pk").values_list("pk", "terms"):
            for language, texts in groups.items():
                for text in texts:
                    stems = tuple(stem(word, language) for word in telling(text, language))
                    if stems:
                        terms[language, stems[0]].append((stems, f"={pk}"))
        for row in terms.values():
            row.sort(key=lambda term: -len(term[0]))
        return cls(dict(terms))

    def parts(self, text: str, language: str) -> Parts:
        """What a question is about, as a set."""
        found, stems = set(), [stem(word, language) for word in telling(text, language)]
        at = 0
        while at < len(stems):
            for term, concept in self.terms.get((language, stems[at]), ()):
                if tuple(stems[at : at + len(term)]) == term:
                    found.add(concept)
                    at += len(term)
                    break
            else:
                found.add(key(stems[at]))
                at += 1
        return frozenset(found)


def telling(text: str, language: str) -> list[str]:
    """The words of a text without its little ones, unless it has no others."""
    found = words(text)
    return [word for word in found if not is_stop_word(word, language)] or found


def as_key(parts: Parts) -> str:
    """A set as the text it is kept under."""
    return " ".join(sorted(parts))[:LONGEST]


def parts_of(kept: str) -> Parts:
    return frozenset(kept.split())


def nearest(parts: Parts, known: Iterable[tuple[int, Parts]]) -> int | None:
    """The known question that shares most of its parts with this one, if it is most of both."""
    best, found = ALIKE, None
    for pk, others in known:
        shared = len(parts & others) / len(parts | others) if parts | others else 0.0
        if shared >= best and (shared > best or found is None):
            best, found = shared, pk
    return found
