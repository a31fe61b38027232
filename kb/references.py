"""What texts name of the knowledge base: articles and topics as links."""

from __future__ import annotations

from collections.abc import Mapping

from kb.selectors import Reader, findable_articles
from kb.topics import published_topics
from portal.core.addresses import SLUG_COLUMNS, address
from portal.core.compiled import compiled
from portal.core.references import register_link_scheme

_ARTICLES = compiled(
    lambda codes: findable_articles(Reader.RESIDENT).filter(code__in=codes).values("code", *SLUG_COLUMNS)
)
_TOPICS = compiled(lambda codes: published_topics().filter(code__in=codes).values("code", *SLUG_COLUMNS))


def links_to_articles(codes: frozenset[str], language: str) -> Mapping[str, str]:
    """Addresses of the articles among `codes` that residents may read."""
    return {row["code"]: address("kb:article", row, language) for row in _ARTICLES(codes)}


def links_to_topics(codes: frozenset[str], language: str) -> Mapping[str, str]:
    """Addresses of the topics among `codes` that are public."""
    return {row["code"]: address("pages:topic", row, language) for row in _TOPICS(codes)}


register_link_scheme("article", links_to_articles)
register_link_scheme("topic", links_to_topics)
