"""What a search gives back: hits ready to be shown, and what to say beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from kb.search.documents import Card
from portal.core.languages import Localised
from portal.core.readable import Readable


@dataclass(frozen=True, slots=True)
class SearchHit(Readable):
    """One thing found. `title_html` and `snippet_html` carry <mark>; `note` is only ever there for staff."""

    kind: str
    code: str
    card: Card
    snippet: Localised
    title_html: SafeString
    snippet_html: SafeString
    position: int
    score: float
    is_pinned: bool = False

    @property
    def title(self) -> Localised:
        return self.card.title

    @property
    def url(self) -> str:
        return self.card.url

    @property
    def languages(self) -> tuple[str, ...]:
        return self.card.languages

    @property
    def checked_on(self) -> dt.date | None:
        return self.card.checked_on

    @property
    def is_draft(self) -> bool:
        return self.card.is_draft

    @property
    def note(self) -> Localised:
        return self.card.note


@dataclass(frozen=True, slots=True)
class Lookup:
    """A receipt or case number was typed: where to look it up."""

    reference: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchResults(Readable):
    """One page of hits. `total` counts all that were found, `facets` how many each choice leaves.

    `suggestion` is offered, never applied. `is_down`: nobody could be asked; `is_busy`: since too many ask at once.
    """

    typed: str
    text: str
    language: str
    hits: tuple[SearchHit, ...] = ()
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suggestion: str = ""
    rewritten: str = "no"
    is_crisis: bool = False
    is_down: bool = False
    is_fallback: bool = False
    is_busy: bool = False
    lookup: Lookup | None = None
    limit: int = 20
    offset: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.hits and not self.is_down and bool(self.typed)
