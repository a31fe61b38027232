"""What search sets up once all apps are there: sources, listeners, its part of the health page."""

from __future__ import annotations

from kb.search import documents, indexing, sources, synonyms  # noqa: F401  (sources: they register themselves)
from kb.search.engines import engines
from portal.core import health


def start() -> None:
    documents.watch(indexing.watch)
    synonyms.watch()
    health.register("search", _health, needed=False)


def _health() -> str:
    return f"{engines.default.count()} documents"
