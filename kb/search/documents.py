"""What can be found: sources give documents to the index, and cards to whoever shows a hit.

A source belongs to the package that owns the things it gives; an upper package registers its own:

    @register
    class Pages:
        kind = "page"
        label, plural = gettext_lazy("Page"), gettext_lazy("Pages")
        models = (InformationPage,)
        def documents(self, codes=None): ...
        def findable(self, codes, *, reader): ...
        def cards(self, codes, *, language, reader): ...
        def titles(self): ...
        def code_of(self, instance): ...

The index is a copy and may lag: the database is asked which hits the reader may find before they are counted, and
a card is read when one is shown. So nothing unpublished is ever seen or counted, however old the index is.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeVar

from django.db.models import Model

from kb.selectors import Reader
from portal.core.languages import Localised
from portal.core.readable import Readable


class Audience(enum.StrEnum):
    """Whose eyes a document is for."""

    PUBLIC = "public"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class DocumentText:
    """One language of a document, plain text. `words`: how residents say it."""

    title: str
    answer: str = ""
    body: str = ""
    words: str = ""

    @property
    def weighted(self) -> str:
        """The text as it is indexed: the title counts twice (a field of its own loses)."""
        return "\n".join((self.title, self.title, self.answer, self.body, self.words))


class About(NamedTuple):
    """By what a list can be narrowed besides the kind. `languages`: in which a resident can read it."""

    topics: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleDocument:
    """The engine-neutral copy of one thing in all its languages; only languages a reader may see are in `texts`."""

    kind: str
    code: str
    texts: Mapping[str, DocumentText]
    audience: Audience = Audience.PUBLIC
    topics: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()

    @property
    def about(self) -> About:
        return About(self.topics, self.institutions, tuple(sorted(self.texts)))


@dataclass(frozen=True, slots=True)
class Card(Readable):
    """What is shown of a hit, as it stands in the database now. `note`: only ever for staff."""

    title: Localised
    answer: Localised
    url: str
    languages: tuple[str, ...] = ()
    icon: str = "info"
    checked_on: dt.date | None = None
    topics: tuple[str, ...] = ()
    is_draft: bool = False
    note: Localised = field(default=Localised("", "lt"))


@dataclass(frozen=True, slots=True)
class Title:
    """A title to suggest; `rank`: the smaller the earlier among equals."""

    code: str
    texts: Mapping[str, str]
    rank: int = 100


class Source(Protocol):
    """Things of one kind that can be found. `models`: whose changes reach its documents.

    A source may have a `weight` below 1: what tells of something stands behind what answers.
    """

    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> Any: ...
    @property
    def plural(self) -> Any: ...
    @property
    def models(self) -> tuple[type[Model], ...]: ...

    def documents(self, codes: Collection[str] | None = None) -> Iterable[ArticleDocument]:
        """All documents, or those of `codes`; what may no longer be found is simply not among them."""
        ...

    def findable(self, codes: Collection[str], *, reader: Reader) -> Mapping[str, dt.date | None]:
        """Those of `codes` that `reader` may find, with the day of their last check if they have one; one query."""
        ...

    def cards(self, codes: Collection[str], *, language: str, reader: Reader) -> Mapping[str, Card]:
        """Cards by code of those of `codes` that `reader` may find; a bounded number of queries."""
        ...

    def titles(self) -> Iterable[Title]:
        """Titles residents may be offered while typing."""
        ...

    def code_of(self, instance: Any) -> str:
        """The code of the document that a change of `instance` reaches."""
        ...


_sources: dict[str, Source] = {}
_watchers: list[Callable[[Source], None]] = []
S = TypeVar("S", bound=type[Any])


def register(source: S) -> S:
    """Class decorator: what this source gives can be found from now on."""
    made: Source = source()
    _sources[made.kind] = made
    for watcher in _watchers:
        watcher(made)
    return source


def watch(watcher: Callable[[Source], None]) -> None:
    """`watcher` is told of every source: those that are there and those still to come."""
    _watchers.append(watcher)
    for source in _sources.values():
        watcher(source)


def sources() -> dict[str, Source]:
    """All sources by kind, in the order their facets are shown."""
    return _sources


class Everything:
    """All documents of all sources, read from the database each time they are gone through."""

    def __iter__(self) -> Iterator[ArticleDocument]:
        for source in _sources.values():
            yield from source.documents()
