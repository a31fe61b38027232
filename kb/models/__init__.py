"""The knowledge base: topics, articles, the words people use, what was looked for, and the work it makes."""

from kb.models.article import Article, ArticleState, Audience, in_state
from kb.models.fact import Citation, Fact, FactKind, LegalAct, Review, ReviewCause
from kb.models.gap import UNSETTLED, Gap, GapSign, GapState, Remedy, SignKind
from kb.models.moved import MovedAddress
from kb.models.pinned_answer import PinnedAnswer
from kb.models.remark import OPEN_REMARKS, Remark, RemarkState
from kb.models.search_event import SearchEvent
from kb.models.synonym import CrisisWord, Synonym
from kb.models.topic import Topic
from kb.models.translating import SourceText, TranslationWish, TranslationWork
from kb.models.word_change import WordChange

__all__ = [
    "OPEN_REMARKS",
    "UNSETTLED",
    "Article",
    "ArticleState",
    "Audience",
    "Citation",
    "CrisisWord",
    "Fact",
    "FactKind",
    "Gap",
    "GapSign",
    "GapState",
    "LegalAct",
    "MovedAddress",
    "PinnedAnswer",
    "Remark",
    "RemarkState",
    "Remedy",
    "Review",
    "ReviewCause",
    "SearchEvent",
    "SignKind",
    "SourceText",
    "Synonym",
    "Topic",
    "TranslationWish",
    "TranslationWork",
    "WordChange",
    "in_state",
]
