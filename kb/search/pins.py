"""Pinned answers: what editors put first for certain words, whatever their order, endings and letters."""

from __future__ import annotations

import math

from kb.search.analysis import stem
from kb.search.query import Question
from kb.search.ranking import Ranked
from kb.search.synonyms import WordLists
from portal.core.languages import LANGUAGES


def pinned(question: Question, lists: WordLists) -> list[Ranked]:
    """Those whose words are the telling words of the question, as typed or as they were meant."""
    if not lists.pins:
        return []
    typed = [word.text for word in question.words]
    meant = [word.alternatives[0].word if word.alternatives else word.text for word in question.words]
    found: dict[tuple[str, str], None] = {}
    for words in (typed, meant):
        for code in LANGUAGES:
            stems = frozenset(stem(word, code) for word in words)
            found |= dict.fromkeys(lists.pins.get((code, stems), ()))
    return [Ranked(kind, code, math.inf, is_pinned=True) for kind, code in found]
