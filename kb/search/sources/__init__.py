"""What kb itself makes findable; upper packages register their own sources."""

from kb.search.sources import articles, commitments, institutions, services

__all__ = ["articles", "commitments", "institutions", "services"]
