"""Facts of a page for machines: a block of schema.org data in its head."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from portal.core.languages import Localised

_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def block(data: Mapping[str, Any]) -> SafeString:
    """A block for the page's head; nothing in it can end the block or be run. Empty values are left out."""
    whole = {"@context": "https://schema.org", **_filled(data)}
    said = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{said}</script>')  # noqa: S308  (every sign is escaped above)


def plain(html: str) -> str:
    """Clean HTML as one line of text."""
    return " ".join(unescape(strip_tags(html)).split())


def words(text: Localised) -> str | dict[str, str]:
    """A text; one in another language than the page's says in which."""
    return {"@value": text.text, "@language": text.language} if text.is_fallback and text else text.text


def _filled(value: Any) -> Any:
    """Without what is empty; a thing of which only its type is left is empty, too."""
    if isinstance(value, Mapping):
        found = {key: inner for key, part in value.items() if (inner := _filled(part)) not in (None, "", [], {})}
        return found if set(found) - {"@type"} else {}
    if isinstance(value, list | tuple):
        return [inner for part in value if (inner := _filled(part)) not in (None, "", [], {})]
    return value
