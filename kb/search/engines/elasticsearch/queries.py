"""A query in Elasticsearch's words. No query strings: every token stands in a clause of its own."""

from __future__ import annotations

from typing import Any

from elasticsearch.dsl import Q, Search

from kb.search.documents import About, Audience
from kb.search.engines.base import Clause, EngineHit, EngineQuery

MOST_OF_A_KIND = 10_000  # the cluster's own limit of one answer


def run(client: Any, index: str, query: EngineQuery) -> tuple[EngineHit, ...]:
    """The best hits, sorted, each with the numbers of the parts it has (they are the clauses' names)."""
    if not any(query.parts):
        return ()
    search = Search(using=client, index=index).query(
        Q(
            "bool",
            filter=_filters(query),
            # a part without clauses is left out: an empty condition is one that everything fulfils
            should=[_part(number, part) for number, part in enumerate(query.parts) if part],
            minimum_should_match=1,
        )
    )
    search = search.source(False).extra(size=query.limit, track_total_hits=False, docvalue_fields=list(About._fields))
    rows = search.execute().to_dict()["hits"]["hits"]
    return tuple(sorted(map(_hit, rows), key=lambda hit: (-hit.score, hit.kind, hit.code)))


def identities(client: Any, index: str, kind: str) -> list[str]:
    """All documents of one kind. A thing with thousands of siblings is brought up to date by its code."""
    search = Search(using=client, index=index).filter("term", kind=kind).source(False).extra(size=MOST_OF_A_KIND)
    return [row["_id"] for row in search.execute().to_dict()["hits"]["hits"]]


def words(client: Any, index: str, language: str, *, most: int) -> dict[str, int]:
    """The words of one language with their numbers of documents."""
    search = Search(using=client, index=index).extra(size=0, track_total_hits=False)
    search.aggs.bucket("words", "terms", field=f"words_{language}", size=most)
    buckets = search.execute().to_dict()["aggregations"]["words"]["buckets"]
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def _part(number: int, part: tuple[Clause, ...]) -> Any:
    return Q("bool", should=[_clause(clause) for clause in part], _name=str(number))


def _clause(clause: Clause) -> Any:
    return Q("match", **{clause.column: {"query": clause.token, "boost": clause.boost}})


def _filters(query: EngineQuery) -> list[Any]:
    filters = [Q("terms", audience=sorted(query.audiences))]
    if query.kinds is not None:
        filters.append(Q("terms", kind=sorted(query.kinds)))
    filters += [Q("terms", **{name: sorted(values)}) for name, values in query.about.items()]
    return filters


def _hit(row: dict[str, Any]) -> EngineHit:
    kind, code, audience = row["_id"].split(" ")
    parts = sum(1 << int(name) for name in set(row.get("matched_queries", ())))
    fields = row.get("fields", {})
    about = About(*(tuple(fields.get(name, ())) for name in About._fields))
    return EngineHit(kind, code, Audience(audience), row["_score"], parts, about)
