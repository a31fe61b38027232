"""Search by a cluster, with another engine standing in while the cluster is away."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import BulkIndexError, streaming_bulk

from kb.search.documents import ArticleDocument, Audience
from kb.search.engines import engines
from kb.search.engines.base import (
    EngineAnswer,
    EngineDown,
    EngineQuery,
    IndexMissing,
    Progress,
    SearchEngine,
    check,
)
from kb.search.engines.breaker import Breaker
from kb.search.engines.elasticsearch import queries
from kb.search.engines.elasticsearch.schema import MAPPINGS, SETTINGS, Names, as_stored, identity

logger = logging.getLogger(__name__)
SEARCH_SECONDS = 0.5  # a resident waits no longer: the stand-in answers
WRITE_SECONDS = 30.0
MOST_WORDS = 60_000


class ElasticsearchEngine(SearchEngine):
    """`fallback`: alias of the engine that stands in; it gets every change too. `prefix`: of the indices' names.

    `seconds`: how long a search may take before the stand-in answers.
    """

    def __init__(
        self, *, url: str, fallback: str = "", prefix: str = "parama", seconds: float = SEARCH_SECONDS
    ) -> None:
        # No retries: a second try belongs to the breaker, not to somebody who waits.
        self._client = Elasticsearch(url, request_timeout=seconds, max_retries=0, retry_on_timeout=False)
        self._writing = self._client.options(request_timeout=WRITE_SECONDS)
        self._fallback = fallback
        self._names = Names(prefix)
        self._breaker = Breaker()
        self._changes = 0

    def search(self, query: EngineQuery) -> EngineAnswer:
        check(query)
        wants_rebuild = False
        if self._breaker.may_try():
            try:
                with _trouble_said():
                    hits = queries.run(self._client, self._names.read, query)
                self._breaker.succeeded()
                return EngineAnswer(hits)
            except IndexMissing:
                if not self._fallback:
                    raise
                wants_rebuild = True
            except EngineDown as trouble:
                self._breaker.failed()
                logger.warning("search: the cluster does not answer: %s", trouble)
        if not self._fallback:
            raise EngineDown("the cluster does not answer, and nobody stands in")
        stand_in = engines[self._fallback].search(query)
        return EngineAnswer(stand_in.hits, is_fallback=True, wants_rebuild=wants_rebuild)

    def put(self, kind: str, codes: Collection[str] | None, documents: Iterable[ArticleDocument]) -> None:
        documents = list(documents)
        if self._fallback:
            engines[self._fallback].put(kind, codes, documents)
        with _trouble_said():
            indices = list(self._writing.indices.get_alias(name=self._names.write))
            actions = [action for index in indices for action in self._actions(index, kind, codes, documents)]
            for done, row in streaming_bulk(self._writing, actions, raise_on_error=False, refresh="wait_for"):
                if not done and "delete" not in row:
                    raise EngineDown(f"the cluster refused a document: {row}")
        self._changes += 1

    def rebuild(self, documents: Iterable[ArticleDocument], *, progress: Progress | None = None) -> int:
        if self._fallback:
            engines[self._fallback].rebuild(documents)
        with _trouble_said():
            self._drop_unfinished()
            index = self._names.index(f"{time.strftime('%Y%m%d%H%M%S')}-{uuid.uuid4().hex[:6]}")
            # From here on changes go to both indices, so the new one misses none of them.
            aliases: dict[str, dict[str, Any]] = {self._names.write: {}}
            self._writing.indices.create(index=index, settings=SETTINGS, mappings=MAPPINGS, aliases=aliases)
            count = self._fill(index, documents, progress)
            self._writing.indices.refresh(index=index)
            self._switch(index)
        self._changes += 1
        return count

    def vocabulary(self, language: str) -> Mapping[str, int]:
        if self._fallback:
            try:
                return engines[self._fallback].vocabulary(language)
            except EngineDown:
                logger.warning("search: the stand-in has no words yet, the cluster is asked for them")
        with _trouble_said():
            return queries.words(self._writing, self._names.read, language, most=MOST_WORDS)

    def generation(self) -> str:
        """That of the stand-in, which sees every change; without one, our own changes and the minute."""
        if self._fallback:
            return engines[self._fallback].generation()
        return f"{self._changes}:{int(time.time() // 60)}"

    def count(self) -> int:
        with _trouble_said():
            return int(self._client.count(index=self._names.read)["count"])

    def _actions(
        self, index: str, kind: str, codes: Collection[str] | None, documents: Collection[ArticleDocument]
    ) -> Iterator[dict[str, Any]]:
        """What is gone goes, what is there comes."""
        kept = {identity(document.kind, document.code, document.audience) for document in documents}
        if codes is None:
            gone = queries.identities(self._writing, index, kind)
        else:
            gone = [identity(kind, code, audience) for code in codes for audience in Audience]
        for name in gone:
            if name not in kept:
                yield {"_op_type": "delete", "_id": name, "_index": index}
        for document in documents:
            yield self._action(document, index)

    def _action(self, document: ArticleDocument, index: str, *, op: str = "index") -> dict[str, Any]:
        name = identity(document.kind, document.code, document.audience)
        return {"_op_type": op, "_id": name, "_index": index, "_source": as_stored(document)}

    def _fill(self, index: str, documents: Iterable[ArticleDocument], progress: Progress | None) -> int:
        """Everything into a new index; what a change has put there meanwhile is newer and stays."""
        actions = (self._action(document, index, op="create") for document in documents)
        count = 0
        for count, (done, row) in enumerate(streaming_bulk(self._writing, actions, raise_on_error=False), 1):
            if not done and row["create"]["status"] != 409:
                raise EngineDown(f"the cluster refused a document: {row}")
            if progress:
                progress(count)
        return count

    def _switch(self, index: str) -> None:
        """The new index takes over in one step; the old ones go."""
        old = [name for name in self._writing.indices.get(index=self._names.all_indices) if name != index]
        actions: list[dict[str, Any]] = [{"add": {"index": index, "alias": self._names.read}}]
        actions += [{"remove_index": {"index": name}} for name in old]
        self._writing.indices.update_aliases(actions=actions)

    def _drop_unfinished(self) -> None:
        """Indices that a rebuild left behind when it was cut short."""
        known = self._writing.indices.get(index=self._names.all_indices)
        for name, facts in known.items():
            if self._names.read not in facts["aliases"]:
                self._writing.indices.delete(index=name)


@contextmanager
def _trouble_said() -> Iterator[None]:
    """Whatever the cluster or the line to it does – silence, refusal, nonsense – is EngineDown."""
    try:
        yield
    except NotFoundError as missing:
        raise IndexMissing("the cluster has no index of ours") from missing
    except (ApiError, TransportError, BulkIndexError) as trouble:
        raise EngineDown(type(trouble).__name__) from trouble
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise EngineDown(f"the cluster's answer makes no sense ({type(trouble).__name__})") from trouble
