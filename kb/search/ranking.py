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
    pieces = plan.present
    ordered = sorted(
        (_moved(hit, plan, pieces) for hit in merged[:RERANKED]),
        key=lambda row: (-row[0], row[1].kind, row[1].code),
    )
    enough = ENOUGH * min(1.0, SHORT / max(1, len(plan.words)))
    answering = [(score, hit) for score, hit in ordered if coverage(hit, plan) >= enough]
    if not answering:
        return []
    least = FAR_BELOW * answering[0][0]
    near = [_ranked(hit, score, audiences) for score, hit in answering if score >= least]
    lowest = near[-1].score
    behind = [hit for hit in merged[RERANKED:] if hit.score >= lowest and coverage(hit, plan) >= enough]
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


def coverage(hit: EngineHit, plan: Plan) -> float:
    """Which share of what the words tell is in this hit; of a word that is not there, the share of its pieces."""
    there: dict[int, float] = {}
    pieces: dict[int, float] = {}
    for number in hit.parts:
        part = plan.parts[number]
        if part.is_gram:
            pieces[part.word] = pieces.get(part.word, 0.0) + part.weight
        else:
            there[part.word] = part.trust
    for word, found in pieces.items():
        there[word] = max(there.get(word, 0.0), found / plan.pieces[word])
    return sum(plan.words[word].weight * share for word, share in there.items()) / plan.total


def _moved(hit: EngineHit, plan: Plan, pieces: float) -> tuple[float, EngineHit]:
    present = sum(plan.parts[number].weight for number in hit.parts if plan.parts[number].is_gram)
    return hit.score * (FLOOR + BY_SHARE * (present / pieces if pieces else 1.0)), hit


def _merged(hits: Iterable[EngineHit]) -> list[EngineHit]:
    """One hit a thing: a note and the public text of one article are one answer, the better place counts."""
    found: dict[tuple[str, str], EngineHit] = {}
    for hit in hits:
        found.setdefault((hit.kind, hit.code), hit)
    return list(found.values())
