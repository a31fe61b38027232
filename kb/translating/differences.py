"""What has changed between two texts, word by word, as <ins> and <del>."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe

_BLOCK_ENDS = re.compile(r"</(?:p|li|h[2-4]|tr)>|<br\s*/?>")
_PIECES = re.compile(r"\s+|\w+|[^\w\s]")
LONGEST = 20_000


def as_lines(text: str) -> str:
    """A rich text as plain lines, so that it can be compared and read."""
    return re.sub(r"\n\s*\n+", "\n", strip_tags(_BLOCK_ENDS.sub("\n", text))).strip()


def marked(before: str, after: str) -> SafeString:
    """`after` with what was put in and taken out since `before`; everything is escaped."""
    old, new = _PIECES.findall(as_lines(before)[:LONGEST]), _PIECES.findall(as_lines(after)[:LONGEST])
    parts = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if what == "equal":
            parts.append(format_html("{}", come))
            continue
        if gone.strip():
            parts.append(format_html("<del>{}</del>", gone))
        if come:
            parts.append(format_html("<ins>{}</ins>", come) if come.strip() else format_html("{}", come))
    return format_html_join(mark_safe(""), "{}", ((part,) for part in parts))


def is_changed(before: str, after: str) -> bool:
    return as_lines(before).split() != as_lines(after).split()
