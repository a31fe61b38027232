"""The only door to search: a text in, what answers it out – for one reader, in one language.

A resident never gets a draft, a note for consultants, or a word of one: the engine is asked for public documents
only, and every hit is read again from the database for this reader before it is shown.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import NoReverseMatch, reverse

from kb.search import narrowing, suggestions
from kb.search.documents import Audience, Card, sources
from kb.search.engines import engines
from kb.search.engines.base import MOST, EngineAnswer, EngineDown, EngineQuery, IndexMissing
from kb.search.highlights import Marker, snippet
from kb.search.indexing import ask_for_rebuild
from kb.search.liking import settled
from kb.search.narrowing import Narrowing
from kb.search.pins import pinned
from kb.search.query import Plan, Question, plan, read, tidy
from kb.search.ranking import Ranked, rank
from kb.search.results import Lookup, SearchHit, SearchResults
from kb.search.suggestions import Suggestion
from kb.search.synonyms import WordLists, word_lists
from kb.search.there import there
from kb.search.vocabulary import vocabulary
from kb.selectors import Reader
from portal.core import references
from portal.core.receipts import read_reference

logger = logging.getLogger(__name__)
AUDIENCES = {
    Reader.RESIDENT: frozenset({Audience.PUBLIC}),
    Reader.STAFF: frozenset({Audience.PUBLIC, Audience.STAFF}),
}
EVERYTHING = Narrowing()
LOOKUPS = {"K": "chat:resume"}
OTHER_LOOKUPS = "cases:start"


def find(
    text: str,
    *,
    language: str,
    reader: Reader,
    only: Narrowing = EVERYTHING,
    limit: int = 20,
    offset: int = 0,
    lists: WordLists | None = None,
) -> SearchResults:
    """What answers `text`. Never raises for what was typed; `is_down` when no engine can answer now.

    At most MOST hits can be reached: `offset + limit` beyond it gives what is left. `lists`: other words of editors
    than those in use, to see what they would change.
    """
    limit, offset = max(1, min(limit, MOST)), max(0, min(offset, MOST))
    typed = tidy(text)
    lookup = _lookup(typed)
    words, lists = vocabulary(), lists or word_lists()
    question = read(typed, language, words, lists)
    nothing = SearchResults(
        typed=typed,
        text=question.text,
        language=language,
        suggestion=question.suggestion,
        rewritten=str(question.rewritten),
        is_crisis=question.is_crisis,
        lookup=lookup,
        limit=limit,
        offset=offset,
    )
    if lookup or not question:
        return nothing
    try:
        asked = plan(question, words, is_public=reader == Reader.RESIDENT)
        answer = _answer(asked, reader, only)
    except EngineDown as trouble:
        logger.warning("search: no engine answers: %s", trouble)
        if isinstance(trouble, IndexMissing):
            ask_for_rebuild()
        return replace(nothing, is_down=True)
    everything = _readable([*pinned(question, lists), *answer.rows], reader)
    found = [row for row in everything if only.admits(row)][:MOST]
    return replace(
        nothing,
        hits=_shown(found[offset : offset + limit], question, reader, offset),
        total=len(found),
        facets=narrowing.counts(everything, only),
        is_fallback=answer.is_fallback,
    )


def busy(text: str, *, language: str) -> SearchResults:
    """The words given back without looking for anything."""
    typed = tidy(text)
    return SearchResults(typed=typed, text=typed, language=language, is_down=True, is_busy=True)


def suggest(text: str, *, language: str) -> list[Suggestion]:
    """At most eight texts that may be meant, for somebody who is still typing."""
    return suggestions.suggest(text, language=language)


@dataclass(frozen=True, slots=True)
class _Answer:
    """Hits of every kind in order. `is_fallback`: a stand-in has answered."""

    rows: list[Ranked]
    is_fallback: bool


def _answer(asked: Plan, reader: Reader, only: Narrowing) -> _Answer:
    """What answers. Of so many hits that the wanted ones may not be among them, those are asked for as well."""
    answer = _ask(asked, reader, EVERYTHING)
    if answer.wants_rebuild:
        ask_for_rebuild()
    rows = _weighed(rank(answer.hits, asked))
    if only and len(answer.hits) >= MOST:
        known = {(row.kind, row.code) for row in rows}
        more = _weighed(rank(_ask(asked, reader, only).hits, asked))
        rows += [row for row in more if (row.kind, row.code) not in known]
    return _Answer(rows, answer.is_fallback)


def _weighed(rows: list[Ranked]) -> list[Ranked]:
    """In order once more where kinds weigh differently: news of a thing behind the answer about it."""
    weights = {kind: getattr(source, "weight", 1.0) for kind, source in sources().items()}
    if all(weights.get(row.kind, 1.0) == 1.0 for row in rows):
        return rows
    weighed = [row._replace(score=row.score * weights.get(row.kind, 1.0)) for row in rows]
    return sorted(weighed, key=lambda row: (-row.score, row.kind, row.code))


def _ask(asked: Plan, reader: Reader, only: Narrowing) -> EngineAnswer:
    audiences = only.audiences(AUDIENCES[reader])
    return engines.default.search(EngineQuery(asked.clauses, audiences, only.kinds, about=only.about))


def _readable(rows: Iterable[Ranked], reader: Reader) -> list[Ranked]:
    """Each thing once, and only what the reader may find as things stand now; at most one query a kind."""
    once: dict[tuple[str, str], Ranked] = {}
    for row in rows:
        known = once.setdefault((row.kind, row.code), row)
        if known.is_pinned and not row.is_pinned:  # only the index knows what a pinned answer is about
            once[row.kind, row.code] = row._replace(is_pinned=True)
    checked = there(once, reader)
    return settled([row for name, row in once.items() if name in checked], checked)


def _shown(found: Sequence[Ranked], question: Question, reader: Reader, offset: int) -> tuple[SearchHit, ...]:
    """Hits with their cards; one without a card for this reader is left out."""
    cards = _cards(found, question.language, reader)
    ready = [(at, row, cards[row.kind, row.code]) for at, row in enumerate(found) if (row.kind, row.code) in cards]
    answers = references.fill([card.answer for _, _, card in ready])
    marker = Marker(question)
    hits = []
    for (at, row, card), answer in zip(ready, answers, strict=True):
        said = snippet(answer)
        hits.append(
            SearchHit(
                kind=row.kind,
                code=row.code,
                card=card,
                snippet=said,
                title_html=marker.marked(card.title),
                snippet_html=marker.marked(said),
                position=offset + at + 1,
                score=row.score,
                is_pinned=row.is_pinned,
            )
        )
    return tuple(hits)


def _cards(found: Sequence[Ranked], language: str, reader: Reader) -> dict[tuple[str, str], Card]:
    """One query a kind."""
    cards: dict[tuple[str, str], Card] = {}
    for kind, source in sources().items():
        codes = [row.code for row in found if row.kind == kind]
        if codes:
            given = source.cards(codes, language=language, reader=reader)
            cards |= {(kind, code): card for code, card in given.items()}
    return cards


def _lookup(typed: str) -> Lookup | None:
    """Where to look up the receipt that was typed, when somebody serves such a page."""
    reference = read_reference(typed)
    if reference is None:
        return None
    try:
        return Lookup(reference, reverse(LOOKUPS.get(reference[0], OTHER_LOOKUPS)))
    except NoReverseMatch:
        return None
