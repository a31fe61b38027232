"""Rich text as plain words, for the index and for snippets."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<[^>]*>")
_PLACE = re.compile(r"\{\{[^{}]*\}\}")
_SPACE = re.compile(r"\s+")


def plain(text: str | None) -> str:
    """`text` without tags and placeholders, one space between words."""
    if not text:
        return ""
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", text))
    return _SPACE.sub(" ", _PLACE.sub(" ", text)).strip()
