"""The best answers to a question that is being asked, from the one search of the portal."""

from __future__ import annotations

from collections.abc import Sequence

from kb.search import finder
from kb.search.results import SearchHit
from kb.selectors import Reader
from portal.core import languages

BEST = 3
SHORTEST = 8  # signs; with fewer nothing sensible is found


def best_for(words: str) -> Sequence[SearchHit]:
    """At most three hits for what was typed, in the page's language."""
    asked = " ".join(words.split())[:200]
    if len(asked) < SHORTEST:
        return ()
    return finder.find(asked, language=languages.current(), reader=Reader.RESIDENT, limit=BEST).hits
