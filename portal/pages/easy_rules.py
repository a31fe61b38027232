"""The rules for easy-to-read texts that a machine can check; the others need a person, and readers who test."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

MOST_WORDS = 14
_PLACEHOLDER = re.compile(r"\{\{[^}]*\}\}")


def broken(text: str) -> list[tuple[str, str]]:
    """(line, which rule it breaks) for each line that breaks one."""
    return [(line, rule) for line in text.splitlines() if (rule := _broken_by(line))]


def _broken_by(line: str) -> str:
    said = _PLACEHOLDER.sub("0", line)
    if len(said.split()) > MOST_WORDS:
        return _("the sentence is too long, say one thought a line")
    if re.search(r"[()\[\]/;*&]", said):
        return _("leave out brackets and signs")
    if "%" in said:
        return _("leave out per cent, say “half” or “1 of 10”")
    if any(after[1].isupper() for after in re.finditer(r"[.!?…] +(\w)", said)):
        return _("one sentence a line")
    if any(word.isupper() and word.isalpha() and len(word) > 2 for word in re.split(r"[\W_]+", said)):
        return _("leave out capitals and abbreviations")
    return ""
