"""What must be the same in every language: sums, phones and facts by reference, links, the shape of a rich text."""

from __future__ import annotations

import re
from collections import Counter

from django.utils.translation import gettext as _

_PLACES = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_LINKS = re.compile(r'href="([^"]*)"')
_TAGS = re.compile(r"<(p|ul|ol|li|h2|h3|h4|table|tr|blockquote)\b")


def mistakes(source: str, translation: str, *, is_rich: bool = False, longest: int | None = None) -> list[str]:
    """What is wrong with a translation, in sentences; empty when it can stand. An empty one is not looked at."""
    if not translation.strip():
        return []
    found = []
    missing, extra = _differ(_PLACES, source, translation)
    if missing:
        found.append(_("This reference of the source text is missing: %(what)s") % {"what": _braced(missing)})
    if extra:
        found.append(_("This reference does not stand in the source text: %(what)s") % {"what": _braced(extra)})
    missing, extra = _differ(_LINKS, source, translation)
    if missing:
        found.append(_("This link of the source text is missing: %(what)s") % {"what": ", ".join(missing)})
    if extra:
        found.append(_("This link does not stand in the source text: %(what)s") % {"what": ", ".join(extra)})
    if is_rich and _TAGS.findall(source) != _TAGS.findall(translation):
        found.append(_("Paragraphs, headings and lists do not follow each other as in the source text."))
    if longest is not None and len(translation) > longest:
        found.append(
            _("The text has %(length)s signs, at most %(most)s fit in.") % {"length": len(translation), "most": longest}
        )
    return found


def _differ(pattern: re.Pattern[str], source: str, translation: str) -> tuple[list[str], list[str]]:
    there, here = Counter(pattern.findall(source)), Counter(pattern.findall(translation))
    return sorted(there - here), sorted(here - there)


def _braced(names: list[str]) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in names)
