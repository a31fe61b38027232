"""Answers that changed after they were sent: what stood in them then, and what stands there now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chat.models import EventKind
from chat.transcript import StaffEvent
from kb.selectors import article_for_sending


@dataclass(frozen=True, slots=True)
class Change:
    """`difference` marks what went and what came; empty when the article is no longer published."""

    code: str
    title: str
    language: str
    difference: SafeString
    is_gone: bool


def since_sent(events: Sequence[StaffEvent], language: str) -> list[Change]:
    """One row an article whose published version is another than the one sent last. One query an article."""
    last = {event.article_code: event for event in events if event.kind == EventKind.ARTICLE and event.article_code}
    found = []
    for code, event in last.items():
        now = article_for_sending(code, language)
        title, answer = event.data.get("title", ""), event.data.get("answer", "")
        if now is None:
            found.append(Change(code, title, language, SafeString(""), is_gone=True))
        elif now.version != event.article_version and (now.title.text, now.short_answer.text) != (title, answer):
            words = f"{title}. {answer}", f"{now.title.text}. {now.short_answer.text}"
            found.append(Change(code, now.title.text, now.title.language, difference(*words), is_gone=False))
    return found


def difference(before: str, after: str) -> SafeString:
    """Word by word, as `<del>` and `<ins>`."""
    old, new = before.split(), after.split()
    parts: list[SafeString] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(format_html("{}", " ".join(old[a:b])))
        if what in {"delete", "replace"}:
            parts.append(format_html("<del>{}</del>", " ".join(old[a:b])))
        if what in {"insert", "replace"}:
            parts.append(format_html("<ins>{}</ins>", " ".join(new[c:d])))
    return format_html_join(" ", "{}", ((part,) for part in parts))
