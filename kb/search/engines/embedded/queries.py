"""A query in tantivy's words, and which of its parts each hit has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tantivy import Occur, Query

from kb.search.engines.base import Clause, EngineHit, EngineQuery
from kb.search.engines.embedded.reader import Reader

BITS = 24  # a score is a float of 32 bits: it counts exactly to 2**24


def run(reader: Reader, query: EngineQuery) -> tuple[EngineHit, ...]:
    """The best hits, sorted, with their parts."""
    should = [(Occur.Should, _boosted(reader, clause)) for part in query.parts for clause in part]
    if not should:
        return ()
    wanted = [(Occur.Must, Query.boolean_query(should)), *_filters(reader, query)]
    found = reader.searcher.search(Query.boolean_query(wanted), limit=query.limit, count=False).hits
    addresses = [address for _, address in found]
    numbers = reader.numbers(addresses)
    parts = _parts(reader, query.parts, numbers)
    hits = []
    for (score, address), number in zip(found, numbers, strict=True):
        kind, code, audience, about = reader.identity(number, address)
        hits.append(EngineHit(kind, code, audience, score, parts[number], about))
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.kind, hit.code)))


def _parts(reader: Reader, parts: Sequence[tuple[Clause, ...]], numbers: list[int]) -> dict[int, int]:
    """Which parts each document has: each part scores its own power of two, so a score names them all."""
    having = dict.fromkeys(numbers, 0)
    if not numbers:
        return having
    among = (Occur.Must, _one_of(reader, "number", numbers))
    for first in range(0, len(parts), BITS):
        chosen = parts[first : first + BITS]
        bits = [(Occur.Should, Query.const_score_query(_any(reader, part), 2.0**at)) for at, part in enumerate(chosen)]
        query = Query.boolean_query([among, *bits])
        found = reader.searcher.search(query, limit=len(numbers), count=False).hits
        for number, (score, _) in zip(reader.numbers([address for _, address in found]), found, strict=True):
            having[number] |= round(score) << first
    return having


def _filters(reader: Reader, query: EngineQuery) -> Iterable[tuple[Any, Any]]:
    yield Occur.Must, _one_of(reader, "audience", sorted(query.audiences))
    if query.kinds is not None:
        yield Occur.Must, _one_of(reader, "kind", sorted(query.kinds))
    for name, values in query.about.items():
        yield Occur.Must, _one_of(reader, name, sorted(values))


def _one_of(reader: Reader, name: str, values: Sequence[str | int]) -> Any:
    """A condition that adds nothing to the score. Terms one by one: making tantivy's set of them costs twice that."""
    terms = [(Occur.Should, Query.term_query(reader.schema, name, value, index_option="basic")) for value in values]
    return Query.const_score_query(Query.boolean_query(terms), 0.0)


def _any(reader: Reader, part: tuple[Clause, ...]) -> Any:
    return Query.boolean_query([(Occur.Should, _term(reader, clause)) for clause in part])


def _boosted(reader: Reader, clause: Clause) -> Any:
    return Query.boost_query(_term(reader, clause), clause.boost)


def _term(reader: Reader, clause: Clause) -> Any:
    return Query.term_query(reader.schema, clause.column, clause.token, index_option="freq")
