"""The form of the embedded index: tokens as they come, parted by spaces; which document; the words it has."""

from __future__ import annotations

import hashlib
from typing import Any

import tantivy

from kb.search.documents import About, ArticleDocument
from kb.search.engines.base import text_columns
from kb.search.engines.tokens import tokenise
from portal.core.languages import LANGUAGES

PARTED = "whitespace"  # tantivy's own name of "the tokens are ready"


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("identity", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("key", "kind", "audience"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in About._fields:
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("number", indexed=True, fast=True)
    for column in text_columns():
        builder.add_text_field(column, tokenizer_name=PARTED, index_option="freq")
    for language in LANGUAGES:
        builder.add_text_field(f"words_{language}", tokenizer_name=PARTED, index_option="basic")
    return builder.build()


SCHEMA = _schema()


def key_of(kind: str, code: str) -> str:
    """What all documents of one thing share."""
    return f"{kind} {code}"


def as_stored(document: ArticleDocument) -> Any:
    """The document as tantivy takes it."""
    identity = f"{document.kind} {document.code} {document.audience}"
    tokens = tokenise(document)
    stored = tantivy.Document()
    stored.add_text("identity", identity)
    stored.add_text("key", key_of(document.kind, document.code))
    stored.add_text("kind", document.kind)
    stored.add_text("audience", document.audience)
    stored.add_unsigned("number", _number(identity))
    for name, values in document.about._asdict().items():
        for value in values:
            stored.add_text(name, value)
    for column, found in tokens.columns.items():
        stored.add_text(column, " ".join(found))
    for language, words in tokens.words.items():
        stored.add_text(f"words_{language}", " ".join(words))
    return stored


def _number(identity: str) -> int:
    """A number of 63 bits that is the same in every process; two documents never share it in practice."""
    return int.from_bytes(hashlib.blake2b(identity.encode(), digest_size=8).digest()) >> 1
