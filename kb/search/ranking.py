"""From what an engine returned to what is shown: put in order once more, and cut where it no longer answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kb.search.documents import About, Audience
from kb.search.engines.base import EngineHit
from kb.search.query import Plan

RERANKED = 50
FLOOR, BY_SHARE = 0.7, 0.3
ENOUGH = 0.2  # of what the words of a short question tell
SHORT = 3  # words; of a longer one a smaller share is as much
FAR_BELOW = 0.12  # of the best score


class Ranked(NamedTuple):
    """A thing found: for staff the better of its public text and its note. `audiences`: whose texts were found."""

    kind: str
    code: str
    score: float
    audiences: tuple[Audience, ...] = (Audience.PUBLIC,)
    about: About = About()
    is_pinned: bool = False


def rank(hits: Iterable[EngineHit], plan: Plan) -> list[Ranked]:
    """The first fifty by score × (0.7 + 0.3 × share of the question's pieces present), the others behind them."""
    hits = list(hits)
    merged = _merged(hits)
    audiences = _audiences(hits)
    told = Told(plan)
    moved = [(hit.score * (FLOOR + BY_SHARE * told.present(hit.parts)), hit) for hit in merged[:RERANKED]]
    moved.sort(key=lambda row: (-row[0], row[1].kind, row[1].code))
    enough = ENOUGH * min(1.0, SHORT / max(1, len(plan.words)))
    answering = [(score, hit) for score, hit in moved if told.covered(hit.parts) >= enough]
    if not answering:
        return []
    least = FAR_BELOW * answering[0][0]
    near = [_ranked(hit, score, audiences) for score, hit in answering if score >= least]
    lowest = near[-1].score
    behind = [hit for hit in merged[RERANKED:] if hit.score >= lowest and told.covered(hit.parts) >= enough]
    return near + [_ranked(hit, hit.score, audiences) for hit in behind]


def _ranked(hit: EngineHit, score: float, audiences: Mapping[tuple[str, str], tuple[Audience, ...]]) -> Ranked:
    return Ranked(hit.kind, hit.code, score, audiences[hit.kind, hit.code], hit.about)


def _audiences(hits: Iterable[EngineHit]) -> dict[tuple[str, str], tuple[Audience, ...]]:
    found: dict[tuple[str, str], tuple[Audience, ...]] = {}
    for hit in hits:
        known = found.get((hit.kind, hit.code), ())
        if hit.audience not in known:
            found[hit.kind, hit.code] = (*known, hit.audience)
    return found


class Told:
    """How much of a question a hit has. By its parts alone, so what one hit has is reckoned once for all like it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._pieces = [(1 << at, part.word, part.weight) for at, part in enumerate(plan.parts) if part.is_gram]
        self._words = [(1 << at, part.word, part.trust) for at, part in enumerate(plan.parts) if not part.is_gram]
        self._covered: dict[int, float] = {}

    def present(self, parts: int) -> float:
        """Which share of what all pieces tell that documents have."""
        if not self._plan.present:
            return 1.0
        return sum(weight for bit, _, weight in self._pieces if parts & bit) / self._plan.present

    def covered(self, parts: int) -> float:
        """Which share of what the words tell; of a word that is not there, the share of its pieces."""
        known = self._covered.get(parts)
        if known is None:
            known = self._covered[parts] = self._reckoned(parts)
        return known

    def _reckoned(self, parts: int) -> float:
        there = {word: trust for bit, word, trust in self._words if parts & bit}
        pieces: dict[int, float] = {}
        for bit, word, weight in self._pieces:
            if parts & bit:
                pieces[word] = pieces.get(word, 0.0) + weight
        for word, found in pieces.items():
            there[word] = max(there.get(word, 0.0), found / self._plan.pieces[word])
        return sum(self._plan.words[word].weight * share for word, share in there.items()) / self._plan.total


def _merged(hits: Iterable[EngineHit]) -> list[EngineHit]:
    """One hit a thing: a note and the public text of one article are one answer, the better place counts."""
    found: dict[tuple[str, str], EngineHit] = {}
    for hit in hits:
        found.setdefault((hit.kind, hit.code), hit)
    return list(found.values())
