"""The only door to search: a text in, what answers it out – for one reader, in one language.

A resident never gets a draft, a note for consultants, or a word of one: the engine is asked for public documents
only, and every hit is read again from the database for this reader before it is shown.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from django.urls import NoReverseMatch, reverse

from kb.search import suggestions
from kb.search.documents import Audience, Card, sources
from kb.search.engines import engines
from kb.search.engines.base import MOST, EngineAnswer, EngineDown, EngineQuery, IndexMissing
from kb.search.highlights import Marker, snippet
from kb.search.indexing import ask_for_rebuild
from kb.search.query import Plan, Question, plan, read, tidy
from kb.search.ranking import Ranked, rank
from kb.search.results import Lookup, SearchHit, SearchResults
from kb.search.suggestions import Suggestion
from kb.search.synonyms import word_lists
from kb.search.vocabulary import vocabulary
from kb.selectors import Reader
from portal.core import references
from portal.core.receipts import read_reference

logger = logging.getLogger(__name__)
AUDIENCES = {
    Reader.RESIDENT: frozenset({Audience.PUBLIC}),
    Reader.STAFF: frozenset({Audience.PUBLIC, Audience.STAFF}),
}
LOOKUPS = {"K": "chat:resume"}
OTHER_LOOKUPS = "cases:start"


def find(
    text: str,
    *,
    language: str,
    reader: Reader,
    kinds: Collection[str] | None = None,
    limit: int = 20,
    offset: int = 0,
) -> SearchResults:
    """What answers `text`. Never raises for what was typed; `is_down` when no engine can answer now.

    At most MOST hits can be reached: `offset + limit` beyond it gives what is left.
    """
    limit, offset = max(1, min(limit, MOST)), max(0, min(offset, MOST))
    typed = tidy(text)
    lookup = _lookup(typed)
    words = vocabulary()
    question = read(typed, language, words, word_lists())
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
        found, counts, is_fallback = _ranked(plan(question, words, is_public=reader == Reader.RESIDENT), reader, kinds)
    except EngineDown as trouble:
        logger.warning("search: no engine answers: %s", trouble)
        if isinstance(trouble, IndexMissing):
            ask_for_rebuild()
        return replace(nothing, is_down=True)
    hits = _shown(found[offset : min(offset + limit, MOST)], question, reader, offset)
    return replace(nothing, hits=hits, total=len(found), kinds=counts, is_fallback=is_fallback)


def suggest(text: str, *, language: str) -> list[Suggestion]:
    """At most eight texts that may be meant, for somebody who is still typing."""
    return suggestions.suggest(text, language=language)


def _ranked(asked: Plan, reader: Reader, kinds: Collection[str] | None) -> tuple[list[Ranked], Counter[str], bool]:
    """What answers, of the wanted kinds; how many there are of every kind; whether a stand-in answered."""
    answer = _ask(asked, reader, None)
    if answer.wants_rebuild:
        ask_for_rebuild()
    everything = rank(answer.hits, asked)
    counts = Counter(row.kind for row in everything)
    if kinds is None:
        return everything, counts, answer.is_fallback
    if len(answer.hits) < MOST:
        return [row for row in everything if row.kind in kinds], counts, answer.is_fallback
    return rank(_ask(asked, reader, kinds).hits, asked), counts, answer.is_fallback


def _ask(asked: Plan, reader: Reader, kinds: Collection[str] | None) -> EngineAnswer:
    wanted = None if kinds is None else frozenset(kinds)
    return engines.default.search(EngineQuery(asked.clauses, AUDIENCES[reader], wanted))


def _shown(found: Sequence[Ranked], question: Question, reader: Reader, offset: int) -> tuple[SearchHit, ...]:
    """Hits with their cards; one without a card for this reader is left out."""
    cards = _cards(found, question.language, reader)
    there = [(at, row, cards[row.kind, row.code]) for at, row in enumerate(found) if (row.kind, row.code) in cards]
    answers = references.fill([card.answer for _, _, card in there])
    marker = Marker(question)
    hits = []
    for (at, row, card), answer in zip(there, answers, strict=True):
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
