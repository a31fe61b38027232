"""The best answers to a question that is being asked, from the one search of the portal."""

from __future__ import annotations

from typing import Any

BEST = 3
SHORTEST = 8  # signs; with fewer nothing sensible is found


def best_for(words: str) -> list[Any]:
    """At most three hits for what was typed, in the page's language."""
    asked = " ".join(words.split())[:200]
    if len(asked) < SHORTEST:
        return []
    return []
