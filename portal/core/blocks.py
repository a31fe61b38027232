"""Blocks inside a rich text, marked by words in braces so that every language column, file and editor can hold them.

`{{warning}}` at the start of a paragraph makes it a warning; `{{steps}}` or `{{documents}}` alone before a list makes
it steps or a list of papers; `{{more}}` at the start of a heading folds what follows it, up to the next heading.
What comes from a table of ours (a contact card, a live standard) is a paragraph of its own: see `references`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.templatetags.static import static

from portal.core.references import Filled, register_placeholder

MARKS = ("warning", "steps", "documents", "more")
_MARK = re.compile(rf"\{{\{{\s*(?:{'|'.join(MARKS)})\s*\}}\}}")
_WARNING = re.compile(r"<p>\s*\{\{\s*warning\s*\}\}\s*(.*?)</p>", re.DOTALL)
_STEPS = re.compile(r"<p>\s*\{\{\s*steps\s*\}\}\s*</p>\s*<ol>(.*?)</ol>", re.DOTALL)
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_PAPERS = re.compile(r"<p>\s*\{\{\s*documents\s*\}\}\s*</p>\s*<ul>")
_FOLDED = re.compile(r"<h([23])>\s*\{\{\s*more\s*\}\}\s*(.*?)</h\1>(.*?)(?=<h[23]>|\Z)", re.DOTALL)
_EMPTY = re.compile(r"<p>\s*</p>")


def arrange(html: str) -> str:
    """Cleaned HTML with its marked blocks in their form; a mark that marks nothing goes."""
    if "{{" not in html or not _MARK.search(html):
        return html
    html = _WARNING.sub(_warning, html)
    html = _STEPS.sub(lambda found: f'<ol class="steps" role="list">{_wrapped(found[1])}</ol>', html)
    html = _PAPERS.sub('<ul class="papers">', html)
    html = _FOLDED.sub(r"<details><summary>\2</summary>\3</details>", html)
    return _EMPTY.sub("", _MARK.sub("", html))


def _warning(found: re.Match[str]) -> str:
    icon = (
        '<svg class="icon" width="24" height="24" aria-hidden="true" focusable="false">'
        f'<use href="{static("icons.svg")}#warn"/></svg>'
    )
    return f'<div class="notice notice--care">{icon}<p>{found[1]}</p></div>'


def _wrapped(items: str) -> str:
    """Each step's words together: the grid of `.steps` has one place for them."""
    return _ITEM.sub(r"<li><div>\1</div></li>", items)


def _nothing(insides: frozenset[str], language: str) -> Mapping[str, Filled]:
    return dict.fromkeys(insides, Filled(""))


register_placeholder("|".join(MARKS), _nothing)
