"""The search page's parts: what was asked in the address, facets, page links."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from charter import catalogue
from kb.search import facets, log
from kb.search.documents import sources
from kb.search.engines.base import MOST
from kb.search.narrowing import Narrowing
from kb.search.results import SearchHit, SearchResults
from portal.core.readable import Readable

SIZE = 10
MOST_POPULAR = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """The words, what to narrow to and the page, as the address says; what makes no sense in it is left out."""

    text: str
    chosen: facets.Chosen = field(default_factory=dict)
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        given = query.get("page", "1")
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1
        return cls(
            text=query.get("q", ""),
            chosen=facets.chosen_in(query),
            page=max(1, min(number, MOST // SIZE)),
        )

    @property
    def offset(self) -> int:
        return (self.page - 1) * SIZE

    @property
    def only(self) -> Narrowing:
        return facets.narrowing(self.chosen)

    def url(self, *, text: str | None = None, page: int = 1) -> str:
        """This page with other words or another number; what was chosen stays."""
        return f"{reverse('kb:search')}?{self.query(text=text, page=page)}"

    def query(self, *, text: str | None = None, page: int = 1) -> str:
        query: list[tuple[str, str | int]] = [("q", self.text if text is None else text)]
        query += [(name, value) for name, values in self.chosen.items() for value in values]
        query += [("page", page)] if page > 1 else []
        return urlencode(query)


@dataclass(frozen=True, slots=True)
class PageLink(Readable):
    number: int
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Shown(Readable):
    """A hit with the word for its kind and the link that says where it was found."""

    hit: SearchHit
    label: str
    url: str


def context(results: SearchResults, asked: Asked, number: int | None) -> dict[str, Any]:
    """Everything the template shows. `number`: of the remembered search, None when there is none."""
    pages = page_links(results, asked)
    return {
        "results": results,
        "asked": asked,
        "shown": shown(results, number),
        "facets": facets.of(results, asked.chosen),
        "pages": pages,
        "next_url": asked.url(page=asked.page + 1) if asked.page < len(pages) else "",
        "suggestion_url": asked.url(text=results.suggestion) if results.suggestion else "",
        "reset_url": Asked(asked.text).url(),
        "popular": () if results.hits else popular_services(results.language),
        "mark": log.sign_event(number) if number else "",
        "write_query": f"?{urlencode(_carried(results, number))}" if results.typed and not results.lookup else "",
    }


def _carried(results: SearchResults, number: int | None) -> dict[str, str | int]:
    """What goes along to a consultant, so that nobody says it twice."""
    words: dict[str, str | int] = {"words": results.typed}
    return words | ({"search": number} if number else {})


def shown(results: SearchResults, number: int | None) -> list[Shown]:
    labels = {kind: str(source.label) for kind, source in sources().items()}
    return [Shown(hit, labels[hit.kind], _link(hit, number)) for hit in results.hits]


def _link(hit: SearchHit, number: int | None) -> str:
    """The address of a hit with the mark of where it was found; the anchor stays last."""
    if not hit.url or number is None:
        return hit.url
    address, sign, anchor = hit.url.partition("#")
    return f"{address}?{log.PARAMETER}={log.sign(number, hit.position, hit.kind, hit.code)}{sign}{anchor}"


def popular_services(language: str) -> list[catalogue.ServiceCard]:
    """What most people come for: where nothing was found, nobody stands before a wall."""
    return catalogue.popular_services(language, limit=MOST_POPULAR)


def page_links(results: SearchResults, asked: Asked) -> list[PageLink]:
    last = -(-min(results.total, MOST) // SIZE)
    if last < 2:
        return []
    place = reverse("kb:search")
    return [
        PageLink(number, f"{place}?{asked.query(page=number)}", number == asked.page) for number in range(1, last + 1)
    ]
