"""Reading instruments: what residents may answer, and what editors work on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.core.compiled import compiled
from portal.core.languages import FALLBACKS, LANGUAGES, Localised
from portal.core.models import hash_of
from portal.core.translations import rows as plain
from portal.instruments.definition import Definition, Texts
from portal.instruments.models import State, Version
from portal.instruments.reading import read

_COLUMNS = (
    "id",
    "number",
    "state",
    "document",
    "source_language",
    "translated_from",
    "published_at",
    "instrument__code",
    "instrument__purpose",
    "instrument__icon",
    "instrument__topics",
    "instrument__is_sensitive",
)
# A list needs two of a document's texts, never the whole.
_CARD = (
    "source_language",
    "translated_from",
    "instrument__code",
    "instrument__purpose",
    "instrument__icon",
    "document__title",
    "document__lead",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A version as residents meet it."""

    id: int
    code: str
    purpose: str
    number: int
    state: str
    icon: str
    topics: tuple[str, ...]
    is_sensitive: bool
    definition: Definition
    languages: frozenset[str]
    outdated: frozenset[str]
    published_at: Any

    def said(self, texts: Texts, language: str) -> Localised:
        """A text for a reader of `language`, from the languages that may be read."""
        return _said(texts, self.languages, language)


_PUBLISHED = compiled(
    lambda purposes: (
        plain(Version)
        .filter(state=State.PUBLISHED, instrument__purpose__in=purposes)
        .order_by("-instrument__purpose", "instrument__order", "instrument__code")
        .values(*_CARD)
    )
)
_NAMED = compiled(
    lambda purpose, code: (
        plain(Version)
        .filter(state=State.PUBLISHED, instrument__purpose=purpose, instrument__code=code)
        .values(*_COLUMNS)
    )
)


@dataclass(frozen=True, slots=True)
class Card:
    """A published instrument in a list."""

    code: str
    purpose: str
    icon: str
    title: Localised
    lead: Localised


def published(language: str, *purposes: str) -> list[Card]:
    """What residents may answer, in its order. One query."""
    return [_card(row, language) for row in _PUBLISHED(purposes)]


def of_topic(topic: str, language: str) -> list[Card]:
    """Published instruments that help in a situation. One query."""
    rows = plain(Version).filter(state=State.PUBLISHED, instrument__topics__icontains=f'"{topic}"')
    return [_card(row, language) for row in rows.order_by("instrument__order").values(*_CARD)]


def _card(row: Mapping[str, Any], language: str) -> Card:
    readable = frozenset({row["source_language"], *(row["translated_from"] or {})})
    title, lead = (_said(row[f"document__{name}"] or {}, readable, language) for name in ("title", "lead"))
    return Card(row["instrument__code"], row["instrument__purpose"], row["instrument__icon"], title, lead)


def _said(texts: Texts, readable: frozenset[str], language: str) -> Localised:
    for code in FALLBACKS[language]:
        if code in readable and texts.get(code):
            return Localised(texts[code], code, code != language)
    return Localised("", language)


def current(purpose: str, code: str) -> Sheet | None:
    """The published version under this code."""
    return next((_sheet(row) for row in _NAMED(purpose, code)), None)


def begun(pk: int, purpose: str, code: str) -> Sheet | None:
    """The version somebody began with, while it was public – it may have been retired since."""
    return _one(purpose, code, pk, State.PUBLISHED, State.RETIRED)


def any_version(pk: int) -> Sheet | None:
    """A version in whatever state, for its editors."""
    return next((_sheet(row) for row in plain(Version).filter(pk=pk).values(*_COLUMNS)), None)


def _one(purpose: str, code: str, pk: int, *states: str) -> Sheet | None:
    rows = plain(Version).filter(pk=pk, state__in=states, instrument__purpose=purpose, instrument__code=code)
    return next((_sheet(row) for row in rows.values(*_COLUMNS)), None)


def texts_of(document: Any) -> list[Texts]:
    """Every text of a document, in its order: {language: text}."""
    if isinstance(document, list):
        return [text for one in document for text in texts_of(one)]
    if not isinstance(document, dict):
        return []
    if document and set(document) <= set(LANGUAGES):
        return [document]
    return [text for key, one in document.items() if key != "cases" for text in texts_of(one)]


def source_hash(document: Any, language: str) -> str:
    """What a document says in its source language, as a hash that translations remember."""
    return hash_of(texts.get(language) for texts in texts_of(document))


def untranslated(document: Any, source: str, language: str) -> int:
    """How many texts of the source language have none in `language`."""
    return sum(bool(texts.get(source)) and not texts.get(language) for texts in texts_of(document))


def _sheet(row: Mapping[str, Any]) -> Sheet:
    source, declared = row["source_language"], row["translated_from"] or {}
    source_words = source_hash(row["document"], source)
    return Sheet(
        id=row["id"],
        code=row["instrument__code"],
        purpose=row["instrument__purpose"],
        number=row["number"],
        state=row["state"],
        icon=row["instrument__icon"],
        topics=tuple(row["instrument__topics"] or ()),
        is_sensitive=row["instrument__is_sensitive"],
        definition=read(row["document"]),
        languages=frozenset({source, *declared}),
        outdated=frozenset(code for code, known in declared.items() if known != source_words),
        published_at=row["published_at"],
    )
