"""The knowledge base: topics, articles, the words people use, and what was looked for."""

from kb.models.article import Article
from kb.models.pinned_answer import PinnedAnswer
from kb.models.search_event import SearchEvent
from kb.models.synonym import CrisisWord, Synonym
from kb.models.topic import Topic
from kb.models.word_change import WordChange

__all__ = ["Article", "CrisisWord", "PinnedAnswer", "SearchEvent", "Synonym", "Topic", "WordChange"]
