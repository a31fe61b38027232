"""What texts name of the knowledge base: articles and topics as links."""

from __future__ import annotations

from collections.abc import Mapping

from kb.selectors import Reader, findable_articles
from kb.topics import published_topics
from portal.core.addresses import SLUG_COLUMNS, address
from portal.core.references import register_link_scheme


def links_to_articles(codes: frozenset[str], language: str) -> Mapping[str, str]:
    """Addresses of the articles among `codes` that residents may read."""
    rows = findable_articles(Reader.RESIDENT).filter(code__in=codes).values("code", *SLUG_COLUMNS)
    return {row["code"]: address("kb:article", row, language) for row in rows}


def links_to_topics(codes: frozenset[str], language: str) -> Mapping[str, str]:
    """Addresses of the topics among `codes` that are public."""
    rows = published_topics().filter(code__in=codes).values("code", *SLUG_COLUMNS)
    return {row["code"]: address("pages:topic", row, language) for row in rows}


register_link_scheme("article", links_to_articles)
register_link_scheme("topic", links_to_topics)
