"""The form of the cluster's index: the same fields as the embedded one, tokens parted by spaces."""

from __future__ import annotations

from typing import Any

from kb.search.documents import About, ArticleDocument, Audience
from kb.search.engines.base import VERSION, text_columns
from kb.search.engines.tokens import tokenise
from portal.core.languages import LANGUAGES

# One shard: counts of documents are exact, so scores are those of the formula.
SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
_TOKENS = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    "properties": {
        "kind": {"type": "keyword"},
        "audience": {"type": "keyword"},
        **{name: {"type": "keyword"} for name in About._fields},
        **dict.fromkeys(text_columns(), _TOKENS),
        **{f"words_{language}": {"type": "keyword"} for language in LANGUAGES},
    },
}


class Names:
    """Index and aliases of one portal. `read`: what is searched; `write`: where changes go, two while one is built."""

    def __init__(self, prefix: str) -> None:
        self.read = f"{prefix}-search-v{VERSION}-read"
        self.write = f"{prefix}-search-v{VERSION}-write"
        self._index = f"{prefix}-search-v{VERSION}-index"

    @property
    def all_indices(self) -> str:
        return f"{self._index}-*"

    def index(self, stamp: str) -> str:
        return f"{self._index}-{stamp}"


def identity(kind: str, code: str, audience: Audience) -> str:
    return f"{kind} {code} {audience}"


def as_stored(document: ArticleDocument) -> dict[str, Any]:
    """The document as the cluster takes it."""
    tokens = tokenise(document)
    return {
        "kind": document.kind,
        "audience": document.audience,
        **document.about._asdict(),
        **{column: " ".join(found) for column, found in tokens.columns.items()},
        **{f"words_{language}": sorted(words) for language, words in tokens.words.items()},
    }
