"""The knowledge beside a conversation: found by the resident's last words until the consultant types their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from kb.search import facets, finder
from kb.search.results import SearchHit, SearchResults
from kb.selectors import Reader, findable_articles
from portal.core import references, rich_text
from portal.core.languages import Localised
from portal.core.translations import columns_of, text

AT_ONCE = 6
NOTHING_CHOSEN: facets.Chosen = {}
_NO_BODY = SafeString()


@dataclass(frozen=True, slots=True)
class Found:
    """What the pane shows. `by_itself`: looked up by the resident's words, not by the consultant's."""

    words: str
    by_itself: bool
    results: SearchResults | None
    hits: tuple[Hit, ...] = ()
    choices: Sequence[facets.Facet] = ()
    key: UUID = field(default_factory=uuid4)

    @property
    def is_narrowed(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer, with what may be done with it.

    `note`: for the consultant's eyes; `body`: the whole answer, to read here; `key`: of its sending.
    """

    found: SearchHit
    note: str
    is_sent: bool
    body: SafeString
    key: UUID = field(default_factory=uuid4)

    @property
    def can_be_sent(self) -> bool:
        return self.found.kind == "article" and not self.found.is_draft


def look_up(
    typed: str, *, said: str, language: str, sent: Collection[str] = (), chosen: facets.Chosen = NOTHING_CHOSEN
) -> Found:
    """Answers in the resident's `language`; `sent`: codes of articles that are in the conversation already."""
    words = (typed or said)[:200]
    if not words.strip():
        return Found("", by_itself=True, results=None)
    only = facets.narrowing(chosen)
    results = finder.find(words, language=language, reader=Reader.STAFF, limit=AT_ONCE, only=only)
    whole = _bodies(results, language)
    hits = tuple(
        Hit(hit, _plain(hit), hit.kind == "article" and hit.code in sent, whole.get(hit.code, _NO_BODY))
        for hit in results.hits
    )
    choices = facets.of(results, chosen, facets.STAFF)
    return Found(words, by_itself=not typed, results=results, hits=hits, choices=choices)


def _bodies(results: SearchResults, language: str) -> dict[str, SafeString]:
    """The whole answers of the found articles, by code: one query."""
    codes = [hit.code for hit in results.hits if hit.kind == "article"]
    rows = findable_articles(Reader.STAFF).filter(code__in=codes).values("code", *columns_of(("body",)))
    said = {row["code"]: text(row, "body", language) for row in rows}
    return dict(zip(said, rich_text.show(list(said.values())), strict=True))


def _plain(hit: SearchHit) -> str:
    return strip_tags(str(references.fill([hit.note])[0])).strip() if hit.note else ""


def phone_forms(found: Found, language: str) -> dict[str, Localised]:
    """How to say the found articles aloud, by code: one query."""
    codes = [hit.found.code for hit in found.hits if hit.found.kind == "article"]
    rows = findable_articles(Reader.STAFF).filter(code__in=codes).values("code", *columns_of(("phone_form",)))
    said = {row["code"]: text(row, "phone_form", language) for row in rows}
    filled = references.fill(list(said.values()))
    return {code: words for code, words in zip(said, filled, strict=True) if words}
