"""The article for machines: a question with its answer, as search engines read it (schema.org)."""

from __future__ import annotations

from django.conf import settings
from django.utils.safestring import SafeString

from kb.selectors import ArticlePage
from portal.core import markup
from portal.core.languages import current

LONGEST = 1500


def faq(page: ArticlePage) -> SafeString:
    """The question of this page with its answer."""
    answer = f"{page.short_answer} {markup.plain(str(page.body))}".strip()
    data = {
        "@type": "FAQPage",
        "url": f"{settings.SITE_URL}{page.url(current())}",
        "inLanguage": page.title.language,
        "dateModified": page.checked_on.isoformat() if page.checked_on else "",
        "mainEntity": [
            {
                "@type": "Question",
                "name": page.title.text,
                "acceptedAnswer": {"@type": "Answer", "text": answer[:LONGEST]},
            }
        ],
    }
    return markup.block(data)
