"""The article for machines: a question with its answer, as search engines read it (schema.org)."""

from __future__ import annotations

import json
from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from kb.selectors import ArticlePage

_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def faq(page: ArticlePage) -> SafeString:
    """A block of data for the page's head; nothing in it can end the block or be run."""
    answer = f"{page.short_answer} {unescape(strip_tags(str(page.body)))}"
    data = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": page.title.language,
        "mainEntity": [
            {
                "@type": "Question",
                "name": str(page.title),
                "acceptedAnswer": {"@type": "Answer", "text": " ".join(answer.split())[:1500]},
            }
        ],
    }
    if page.checked_on:
        data["dateModified"] = page.checked_on.isoformat()
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{said}</script>')  # noqa: S308  (every sign is escaped above)
