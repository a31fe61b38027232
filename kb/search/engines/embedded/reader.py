"""One look at the index: a searcher that stays as it is while others write."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tantivy

from kb.search.documents import About, Audience

Identity = tuple[str, str, Audience, About]


class Reader:
    """`state`: of the store, when it was opened."""

    def __init__(self, path: Path, state: tuple[int, ...]) -> None:
        self.state = state
        self._index = tantivy.Index.open(str(path))
        self.schema = self._index.schema
        self.searcher: Any = self._index.searcher()
        self._identities: dict[int, Identity] = {}

    def numbers(self, addresses: Sequence[Any]) -> list[int]:
        """The documents' numbers, read in one go."""
        return list(self.searcher.fast_field_values("number", list(addresses)))

    def identity(self, number: int, address: Any) -> Identity:
        """(kind, code, audience, about) of a document; read from the file once."""
        known = self._identities.get(number)
        if known is None:
            stored = self.searcher.doc(address)
            kind, code, audience = stored.get_first("identity").split(" ")
            about = About(*(tuple(stored.get_all(name)) for name in About._fields))
            known = self._identities[number] = (kind, code, Audience(audience), about)
        return known
