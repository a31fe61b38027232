"""Rich text in one place: cleaned with nh3 when saved and again when shown, whichever way it came."""

from __future__ import annotations

import re
from collections.abc import Sequence

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.core.blocks import arrange
from portal.core.languages import Localised
from portal.core.references import SCHEMES as REFERENCES
from portal.core.references import References

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
# Besides these: the names of entries of ours, which become addresses when a text is shown.
SCHEMES = {"http", "https", "mailto", "tel", *REFERENCES}
_CLEANER = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


_BOLD = re.compile(r"<(/?)b\b(?=[ >])")
_ITALIC = re.compile(r"<(/?)i\b(?=[ >])")


# How Wagtail's editor writes a link to a page of its tree.
_PAGE_LINK = re.compile(r'<a (?=[^>]*\blinktype="page")[^>]*?\bid="(\d+)"[^>]*>')


def clean(html: str | None) -> SafeString:
    """`html` with only the tags a text needs; scripts, styles and foreign addresses are gone."""
    if not html:
        return SafeString("")
    if "linktype" in html:
        html = _PAGE_LINK.sub(r'<a href="page:id-\1">', html)
    cleaned = _CLEANER.clean(html)
    if "<b" in cleaned or "<i" in cleaned:  # the editor writes <b>, files write <strong>: one way, else they differ
        cleaned = _ITALIC.sub(r"<\1em", _BOLD.sub(r"<\1strong", cleaned))
    return mark_safe(cleaned)  # noqa: S308  (this is the one place where it becomes safe)


def show(texts: Sequence[Localised]) -> list[SafeString]:
    """Rich texts of one page as they are shown: cleaned, links and sums looked up together, `lang` on foreign ones."""
    found = References.of(texts)
    return [shown(text, found) for text in texts]


def shown(text: Localised, found: References) -> SafeString:
    """One of the texts that `found` was looked up for."""
    html = mark_safe(found.html(arrange(clean(text.text)), text.language))  # noqa: S308  (cleaned; what is put in is escaped)
    return format_html('<div lang="{}">{}</div>', text.language, html) if text.is_fallback else html
