"""The port of search engines. They know documents and tokens, never models or languages' rules."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.search.documents import About, ArticleDocument, Audience
from portal.core.languages import LANGUAGES

STEMS, GRAMS = "stems", "grams"
K1, B = 1.2, 0.75
# Every text field of every document has one more token than its text. So every document has every field, and
# engines that count documents of a field agree with those that count all documents.
PRESENT = "\u00b7"
MOST = 200
VERSION = 2  # of the index's form; another one is built anew
Progress = Callable[[int], object]


class EngineDown(RuntimeError):
    """The engine can't answer now. The text says what is done about it."""


class IndexMissing(EngineDown):
    """The index was never built, is of another form, or is damaged: building it anew helps."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One token looked for in one language's stems or grams."""

    field: str
    language: str
    token: str
    boost: float

    @property
    def column(self) -> str:
        return f"{self.field}_{self.language}"


@dataclass(frozen=True, slots=True)
class EngineQuery:
    """The score of a document is the sum over all clauses of boost × BM25.

    `about` names fields of About, each with the values of which a document must have one.
    `parts` groups clauses that say the same thing; each hit tells which parts it has.
    """

    parts: tuple[tuple[Clause, ...], ...]
    audiences: frozenset[Audience] = frozenset({Audience.PUBLIC})
    kinds: frozenset[str] | None = None
    limit: int = MOST
    about: Mapping[str, frozenset[str]] = field(default_factory=dict)


class EngineHit(NamedTuple):
    """A document with its score. `parts`: a bit for each of the query's parts found in it, 1 for the first."""

    kind: str
    code: str
    audience: Audience
    score: float
    parts: int
    about: About = About()


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """`is_fallback`: another engine than the configured one answered; `wants_rebuild`: for want of an index."""

    hits: tuple[EngineHit, ...]
    is_fallback: bool = False
    wants_rebuild: bool = False


class SearchEngine(ABC):
    """Keeps documents and finds them. Every method may raise EngineDown."""

    @abstractmethod
    def search(self, query: EngineQuery) -> EngineAnswer:
        """Best first; equal scores by kind and code. At most `query.limit`, which is at most MOST."""

    @abstractmethod
    def put(self, kind: str, codes: Collection[str] | None, documents: Iterable[ArticleDocument]) -> None:
        """`documents` are all there is of `codes` (None: of everything) of this kind now; earlier ones go.

        The next search sees it.
        """

    @abstractmethod
    def rebuild(self, documents: Iterable[ArticleDocument], *, progress: Progress | None = None) -> int:
        """Index everything anew; searches go on with the old index until the new one takes over at once.

        `documents` may be gone through twice.
        """

    @abstractmethod
    def vocabulary(self, language: str) -> Mapping[str, int]:
        """Words of public documents in `language`, with the number of documents that have them."""

    @abstractmethod
    def generation(self) -> str:
        """Changes whenever what `vocabulary` answers may have changed."""

    @abstractmethod
    def count(self) -> int:
        """How many documents there are."""


def check(query: EngineQuery) -> None:
    """Raises ValueError for a query no engine must be asked."""
    if not 0 < query.limit <= MOST:
        raise ValueError(f"limit {query.limit} is not between 1 and {MOST}")


def text_columns() -> tuple[str, ...]:
    return tuple(f"{field}_{language}" for field in (STEMS, GRAMS) for language in LANGUAGES)
