"""What search sets up once all apps are there: sources, listeners, its part of the health page."""

from __future__ import annotations

from kb.search import documents, indexing, sources, synonyms  # noqa: F401  (sources: they register themselves)
from kb.search.engines.base import EngineDown
from kb.search.state import state
from portal.core import health


def start() -> None:
    documents.watch(indexing.watch)
    synonyms.watch()
    health.register("search", _health, needed=False)


def _health() -> str:
    """What is in the index, and what stands in its way; raises EngineDown when nobody answers."""
    now = state()
    if now.trouble:
        raise EngineDown(now.trouble)
    waiting = f", {now.waiting} changes wait" if now.waiting else ""
    trouble = f", the last rebuild failed: {now.rebuild.trouble}" if now.rebuild and now.rebuild.trouble else ""
    return f"{now.documents} documents{waiting}{trouble}"
