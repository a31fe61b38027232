"""A document as the tokens every engine stores: the same lists for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.search.analysis import analyse
from kb.search.documents import ArticleDocument, Audience
from kb.search.engines.base import GRAMS, PRESENT, STEMS
from portal.core.languages import LANGUAGES


@dataclass(frozen=True, slots=True)
class TokenisedDocument:
    """`columns`: tokens of each text field; `words`: what a public document adds to each language's vocabulary."""

    columns: Mapping[str, list[str]]
    words: Mapping[str, frozenset[str]]


def tokenise(document: ArticleDocument) -> TokenisedDocument:
    """All text fields of a document, the mark of presence included."""
    columns: dict[str, list[str]] = {}
    words: dict[str, frozenset[str]] = {}
    for language in LANGUAGES:
        text = document.texts.get(language)
        tokens = analyse(text.weighted, language) if text else None
        columns[f"{STEMS}_{language}"] = [PRESENT, *(tokens.stems if tokens else ())]
        columns[f"{GRAMS}_{language}"] = [PRESENT, *(tokens.grams if tokens else ())]
        # what stands in a note for staff must not come back as "did you mean"
        is_public = document.audience == Audience.PUBLIC
        words[language] = tokens.words if tokens and is_public else frozenset()
    return TokenisedDocument(columns, words)
