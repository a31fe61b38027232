"""Codes of new articles: the next number after the highest there is."""

from __future__ import annotations

import re

from kb.models import Article

_NUMBERED = re.compile(r"A-(\d+)")


def next_code() -> str:
    """`A-071` where `A-070` was the last; a code never comes back."""
    found = (_NUMBERED.fullmatch(code) for code in Article.objects.values_list("code", flat=True))
    last = max((int(match[1]) for match in found if match), default=0)
    return f"A-{last + 1:03}"
