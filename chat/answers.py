"""The best answers to a question that is being asked, from the one search of the portal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.search import finder
from kb.search.results import SearchHit
from kb.selectors import Reader
from portal.core import languages

BEST = 3
SHORTEST = 8  # signs; with fewer nothing sensible is found


@dataclass(frozen=True, slots=True)
class Answers:
    """At most three hits; `is_crisis`: words of danger stand in the question."""

    hits: Sequence[SearchHit] = ()
    is_crisis: bool = False


def best_for(words: str) -> Answers:
    """What answers the words typed so far, in the page's language."""
    asked = " ".join(words.split())[:200]
    if len(asked) < SHORTEST:
        return Answers()
    found = finder.find(asked, language=languages.current(), reader=Reader.RESIDENT, limit=BEST)
    return Answers(found.hits, found.is_crisis)
