"""Rich text in one place: cleaned with nh3 when saved and again when shown, whichever way it came."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe

TAGS = {
    "p",
    "br",
    "strong",
    "b",
    "em",
    "i",
    "ul",
    "ol",
    "li",
    "h2",
    "h3",
    "h4",
    "a",
    "hr",
    "blockquote",
    "table",
}
TAGS |= {"thead", "tbody", "tr", "th", "td", "abbr"}
ATTRIBUTES = {
    "a": {"href", "hreflang", "lang"},
    "abbr": {"title"},
    "th": {"scope"},
    "*": {"lang"},
}
# The last four name entries of ours; they become addresses when a text is shown.
SCHEMES = {"http", "https", "mailto", "tel", "service", "article", "institution", "page"}


def clean(html: str | None) -> SafeString:
    """`html` with only the tags a text needs; scripts, styles and foreign addresses are gone."""
    if not html:
        return SafeString("")
    return mark_safe(  # noqa: S308  (this is the one place where it becomes safe)
        nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    )
