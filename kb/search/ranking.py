"""From what an engine returned to what is shown: put in order once more, and cut where it no longer answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.search.engines.base import EngineHit
from kb.search.query import Plan

RERANKED = 50
FLOOR, BY_SHARE = 0.7, 0.3
ENOUGH = 0.35  # of the question's telling words
PIECES = 0.6  # of a word's pieces stand for the word
FAR_BELOW = 0.12  # of the best score


@dataclass(frozen=True, slots=True)
class Ranked:
    """A thing found: for staff the better of its public text and its note."""

    kind: str
    code: str
    score: float


def rank(hits: Iterable[EngineHit], plan: Plan) -> list[Ranked]:
    """The first fifty by score × (0.7 + 0.3 × share of the question's pieces present), the others behind them."""
    merged = _merged(hits)
    pieces = plan.present
    ordered = sorted(
        (_moved(hit, plan, pieces) for hit in merged[:RERANKED]),
        key=lambda row: (-row[0], row[1].kind, row[1].code),
    )
    answering = [(score, hit) for score, hit in ordered if coverage(hit, plan) >= ENOUGH]
    if not answering:
        return []
    least = FAR_BELOW * answering[0][0]
    near = [Ranked(hit.kind, hit.code, score) for score, hit in answering if score >= least]
    lowest = near[-1].score
    behind = [hit for hit in merged[RERANKED:] if hit.score >= lowest and coverage(hit, plan) >= ENOUGH]
    return near + [Ranked(hit.kind, hit.code, hit.score) for hit in behind]


def coverage(hit: EngineHit, plan: Plan) -> float:
    """Which share of what the words tell is in this hit; a word counts when it or most of its pieces are there."""
    there: set[int] = set()
    pieces: dict[int, float] = {}
    for number in hit.parts:
        part = plan.parts[number]
        if part.is_gram:
            pieces[part.word] = pieces.get(part.word, 0.0) + part.weight
        else:
            there.add(part.word)
    there |= {word for word, found in pieces.items() if found >= PIECES * plan.pieces[word]}
    return sum(plan.words[word].weight * plan.words[word].trust for word in there) / plan.total


def _moved(hit: EngineHit, plan: Plan, pieces: float) -> tuple[float, EngineHit]:
    present = sum(plan.parts[number].weight for number in hit.parts if plan.parts[number].is_gram)
    return hit.score * (FLOOR + BY_SHARE * (present / pieces if pieces else 1.0)), hit


def _merged(hits: Iterable[EngineHit]) -> list[EngineHit]:
    """One hit a thing: a note and the public text of one article are one answer, the better place counts."""
    found: dict[tuple[str, str], EngineHit] = {}
    for hit in hits:
        found.setdefault((hit.kind, hit.code), hit)
    return list(found.values())
