"""Search by tantivy: tokens come ready, the engine only counts and sorts."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy

from kb.search.documents import ArticleDocument
from kb.search.engines.base import EngineAnswer, EngineDown, EngineQuery, IndexMissing, Progress, SearchEngine, check
from kb.search.engines.embedded import queries
from kb.search.engines.embedded.reader import Reader
from kb.search.engines.embedded.schema import SCHEMA, as_stored, key_of
from kb.search.engines.embedded.store import Store

logger = logging.getLogger(__name__)
HEAP = 15_000_000  # the least tantivy takes, for one thread
REBUILD_HEAP = 60_000_000


class EmbeddedEngine(SearchEngine):
    """`directory`: where the index lies. Safe for many threads; one process writes at a time, many read."""

    def __init__(self, *, directory: str) -> None:
        self._store = Store(Path(directory))
        self._lock = threading.Lock()
        self._reader: Reader | None = None

    def search(self, query: EngineQuery) -> EngineAnswer:
        check(query)
        reader = self._open()
        with _damage_said():
            return EngineAnswer(queries.run(reader, query))

    def put(self, kind: str, codes: Collection[str] | None, documents: Iterable[ArticleDocument]) -> None:
        with self._store.writing(), _damage_said():
            index = tantivy.Index.open(str(self._store.current()))
            with _writer(index, HEAP) as writer:
                gone = [("kind", kind)] if codes is None else [("key", key_of(kind, code)) for code in codes]
                for name, value in gone:
                    writer.delete_documents_by_term(name, value)
                for document in documents:
                    writer.add_document(as_stored(document))

    def rebuild(self, documents: Iterable[ArticleDocument], *, progress: Progress | None = None) -> int:
        with self._store.writing(), self._store.fresh() as path, _trouble_said():
            index = tantivy.Index(SCHEMA, path=str(path))
            count = 0
            with _writer(index, REBUILD_HEAP) as writer:
                for count, document in enumerate(documents, 1):
                    writer.add_document(as_stored(document))
                    if progress:
                        progress(count)
            self._store.switch(path)
        return count

    def vocabulary(self, language: str) -> Mapping[str, int]:
        reader = self._open()
        with _damage_said():
            return dict(reader.searcher.terms_with_prefix(f"words_{language}", ""))

    def generation(self) -> str:
        return ":".join(map(str, self._store.state()))

    def count(self) -> int:
        return int(self._open().searcher.num_docs)

    def _open(self) -> Reader:
        """A reader of the index as it stands now: a commit of any process is seen by the next search."""
        state = self._store.state()
        reader = self._reader
        if reader is not None and reader.state == state:
            return reader
        with self._lock, _damage_said():
            if self._reader is None or self._reader.state != state:
                self._reader = Reader(self._store.current(), state)
            return self._reader


@contextmanager
def _writer(index: Any, heap: int) -> Iterator[Any]:
    """A writer that commits at the end, waits for its merges and lets go of the index."""
    writer = index.writer(heap_size=heap, num_threads=1)
    yield writer
    writer.commit()
    writer.wait_merging_threads()


@contextmanager
def _trouble_said() -> Iterator[None]:
    """An index that can't be written – a full disk, a folder that is not ours – is EngineDown; the old one stays."""
    try:
        yield
    except (OSError, ValueError) as trouble:  # tantivy says both of these, whatever was the matter
        logger.exception("search: the new index can't be written")
        raise EngineDown(f"the index can't be written: {trouble}") from trouble


@contextmanager
def _damage_said() -> Iterator[None]:
    """What tantivy says of broken files becomes IndexMissing (a panic in it is not even an Exception)."""
    try:
        yield
    except (EngineDown, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as trouble:
        logger.exception("search: the embedded index can't be read")
        raise IndexMissing(f"the embedded index is damaged ({type(trouble).__name__})") from trouble
