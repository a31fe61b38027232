"""The embedded engine: an index of files in DATA_DIR, made of the database and lost without harm."""

from kb.search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
