"""Reading translated content as plain rows: columns in, texts in the reader's language out – no model instances.

A language counts only when somebody declared it a translation (`translated_from`); what was begun and not declared
stays unseen. Every function takes a mapping as `.values()` gives it, with an optional prefix for joined tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from portal.core.languages import FALLBACKS, LANGUAGES, Localised, column, columns
from portal.core.models import hash_of

STATE_COLUMNS = ("source_language", "translated_from")


def rows(model: type[models.Model]) -> models.QuerySet[Any]:
    """All rows of a model, without what modeltranslation and Wagtail add to each query: it doubles its cost."""
    return models.QuerySet(model)


def columns_of(fields: Iterable[str], *, prefix: str = "") -> list[str]:
    """Everything `.values()` must ask for so that `text` can answer for these fields."""
    return [prefix + name for name in (*STATE_COLUMNS, *columns(fields))]


def shown_languages(row: Mapping[str, Any], *, prefix: str = "") -> list[str]:
    """Languages of this row that a resident may read."""
    source = row[f"{prefix}source_language"]
    if source is None:
        return []
    declared = row[f"{prefix}translated_from"] or {}
    return [code for code in LANGUAGES if code == source or code in declared]


def text(row: Mapping[str, Any], field: str, language: str, *, prefix: str = "") -> Localised:
    """`field` for a reader of `language`, from the languages that may be read."""
    source = row[f"{prefix}source_language"]
    declared = row[f"{prefix}translated_from"] or {}
    for code in FALLBACKS[language] if source else ():
        if (code == source or code in declared) and (found := row[f"{prefix}{field}_{code}"]):
            return Localised(found, code, code != language)
    return Localised("", language)


def is_outdated(row: Mapping[str, Any], source_fields: Iterable[str], language: str, *, prefix: str = "") -> bool:
    """Whether the source text has changed since `language` was translated; False for the source itself."""
    source = row[f"{prefix}source_language"]
    declared = (row[f"{prefix}translated_from"] or {}).get(language)
    if language == source or not declared:
        return False
    return bool(declared != hash_of(row[prefix + column(name, source)] for name in source_fields))
