"""What texts name of the knowledge base: articles and topics as links."""

from __future__ import annotations

from collections.abc import Mapping

from kb.models import Article
from kb.selectors import Reader, findable_articles
from kb.topics import published_topics
from portal.core.addresses import SLUG_COLUMNS, address
from portal.core.compiled import compiled
from portal.core.references import register_link_scheme
from portal.core.translations import rows as plain

_ARTICLES = compiled(
    lambda codes: findable_articles(Reader.RESIDENT).filter(code__in=codes).values("code", *SLUG_COLUMNS)
)
_TOPICS = compiled(lambda codes: published_topics().filter(code__in=codes).values("code", *SLUG_COLUMNS))


_MERGED = compiled(
    lambda codes: (
        plain(Article)
        .filter(code__in=codes, merged_into__live=True)
        .values("code", *(f"merged_into__{name}" for name in SLUG_COLUMNS))
    )
)


def links_to_articles(codes: frozenset[str], language: str) -> Mapping[str, str]:
    """Addresses of the articles among `codes` that residents may read; of a merged one, where it went."""
    found = {row["code"]: address("kb:article", row, language) for row in _ARTICLES(codes)}
    if missing := codes - found.keys():
        found |= {row["code"]: address("kb:article", row, language, prefix="merged_into__") for row in _MERGED(missing)}
    return found


def links_to_topics(codes: frozenset[str], language: str) -> Mapping[str, str]:
    """Addresses of the topics among `codes` that are public."""
    return {row["code"]: address("pages:topic", row, language) for row in _TOPICS(codes)}


register_link_scheme("article", links_to_articles)
register_link_scheme("topic", links_to_topics)
