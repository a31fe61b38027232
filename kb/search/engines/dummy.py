"""The engine that needs nothing: documents in memory, BM25 written out. The measure for the real ones."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kb.search.documents import ArticleDocument
from kb.search.engines.base import (
    K1,
    B,
    Clause,
    EngineAnswer,
    EngineHit,
    EngineQuery,
    Progress,
    SearchEngine,
    check,
)
from kb.search.engines.tokens import TokenisedDocument, tokenise


@dataclass(frozen=True, slots=True)
class _Kept:
    document: ArticleDocument
    tokens: TokenisedDocument
    counts: Mapping[str, Counter[str]]


class DummyEngine(SearchEngine):
    """For tests, and to show what the others promise. Forgets everything when the process ends."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, str], _Kept] = {}
        self._changes = 0

    def search(self, query: EngineQuery) -> EngineAnswer:
        check(query)
        weights = {clause: self._weight(clause) for part in query.parts for clause in part}
        hits = (self._hit(kept, query, weights) for kept in self._kept.values() if _is_wanted(kept, query))
        found = sorted((hit for hit in hits if hit), key=lambda hit: (-hit.score, hit.kind, hit.code))
        return EngineAnswer(tuple(found[: query.limit]))

    def put(self, kind: str, codes: Collection[str] | None, documents: Iterable[ArticleDocument]) -> None:
        gone = [key for key in self._kept if key[0] == kind and (codes is None or key[1] in codes)]
        for key in gone:
            del self._kept[key]
        self._add(documents)

    def rebuild(self, documents: Iterable[ArticleDocument], *, progress: Progress | None = None) -> int:
        self._kept = {}
        self._add(documents)
        if progress:
            progress(len(self._kept))
        return len(self._kept)

    def vocabulary(self, language: str) -> Mapping[str, int]:
        return Counter(word for kept in self._kept.values() for word in kept.tokens.words[language])

    def generation(self) -> str:
        return str(self._changes)

    def count(self) -> int:
        return len(self._kept)

    def _add(self, documents: Iterable[ArticleDocument]) -> None:
        for document in documents:
            tokens = tokenise(document)
            counts = {column: Counter(found) for column, found in tokens.columns.items()}
            self._kept[document.kind, document.code, document.audience] = _Kept(document, tokens, counts)
        self._changes += 1

    def _weight(self, clause: Clause) -> float:
        """Inverse document frequency, as Lucene and tantivy have it."""
        having = sum(clause.token in kept.counts[clause.column] for kept in self._kept.values())
        return math.log(1 + (len(self._kept) - having + 0.5) / (having + 0.5))

    def _hit(self, kept: _Kept, query: EngineQuery, weights: Mapping[Clause, float]) -> EngineHit | None:
        score, parts = 0.0, 0
        for number, part in enumerate(query.parts):
            for clause in part:
                count = kept.counts[clause.column][clause.token]
                if count:
                    parts |= 1 << number
                    score += clause.boost * weights[clause] * self._saturated(count, clause.column, kept)
        document = kept.document
        if not parts:
            return None
        return EngineHit(document.kind, document.code, document.audience, score, parts, document.about)

    def _saturated(self, count: int, column: str, kept: _Kept) -> float:
        average = sum(len(one.tokens.columns[column]) for one in self._kept.values()) / len(self._kept)
        length = _rounded(len(kept.tokens.columns[column]))
        return count * (K1 + 1) / (count + K1 * (1 - B + B * length / average))


def _is_wanted(kept: _Kept, query: EngineQuery) -> bool:
    document = kept.document
    return (
        document.audience in query.audiences
        and (query.kinds is None or document.kind in query.kinds)
        and all(wanted & set(getattr(document.about, name)) for name, wanted in query.about.items())
    )


def _rounded(length: int) -> int:
    """A field's length as real engines keep it in one byte: exact to 40, then with four significant bits."""
    if length < 24:
        return length
    over = length - 24
    shift = max(0, over.bit_length() - 4)
    return 24 + (over >> shift << shift)
