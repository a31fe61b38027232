"""The search page's parts: what was asked in the address, facets, page links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from kb.search.documents import sources
from kb.search.engines.base import MOST
from kb.search.results import SearchHit, SearchResults

SIZE = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """The words, the kinds to show and the page, as the address says; what makes no sense in it is left out."""

    text: str
    kinds: tuple[str, ...] = ()
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        given = query.get("page", "1")
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1
        known = sources()
        return cls(
            text=query.get("q", ""),
            kinds=tuple(kind for kind in dict.fromkeys(query.getlist("kind")) if kind in known),
            page=max(1, min(number, MOST // SIZE)),
        )

    @property
    def offset(self) -> int:
        return (self.page - 1) * SIZE

    def url(self, *, text: str | None = None, page: int = 1) -> str:
        """This page with other words or another number; the kinds stay."""
        query: list[tuple[str, str | int]] = [("q", self.text if text is None else text)]
        query += [("kind", kind) for kind in self.kinds]
        query += [("page", page)] if page > 1 else []
        return f"{reverse('kb:search')}?{urlencode(query)}"


@dataclass(frozen=True, slots=True)
class Facet:
    """One kind with the number of things found."""

    kind: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    number: int
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit with the word for its kind and the link that says where it was found."""

    hit: SearchHit
    label: str
    url: str


def context(results: SearchResults, asked: Asked) -> dict[str, Any]:
    """Everything the template shows."""
    pages = page_links(results, asked)
    return {
        "results": results,
        "asked": asked,
        "shown": shown(results),
        "facets": facets(results.kinds, asked),
        "pages": pages,
        "next_url": asked.url(page=asked.page + 1) if asked.page < len(pages) else "",
        "suggestion_url": asked.url(text=results.suggestion) if results.suggestion else "",
        "reset_url": Asked(asked.text).url(),
    }


def shown(results: SearchResults) -> list[Shown]:
    labels = {kind: str(source.label) for kind, source in sources().items()}
    return [Shown(hit, labels[hit.kind], hit.url) for hit in results.hits]


def facets(kinds: Mapping[str, int], asked: Asked) -> list[Facet]:
    """Kinds with something in them; none when there is nothing to choose."""
    found = [
        Facet(kind, str(source.plural), kinds.get(kind, 0), kind in asked.kinds)
        for kind, source in sources().items()
        if kinds.get(kind) or kind in asked.kinds
    ]
    return found if len(found) > 1 or asked.kinds else []


def page_links(results: SearchResults, asked: Asked) -> list[PageLink]:
    last = -(-min(results.total, MOST) // SIZE)
    if last < 2:
        return []
    return [PageLink(number, asked.url(page=number), number == asked.page) for number in range(1, last + 1)]
