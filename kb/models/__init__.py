"""The knowledge base: topics, articles, the words people use, and what was looked for."""

from kb.models.article import Article
from kb.models.search_event import SearchEvent
from kb.models.synonym import CrisisWord, Synonym
from kb.models.topic import Topic

__all__ = ["Article", "CrisisWord", "SearchEvent", "Synonym", "Topic"]
