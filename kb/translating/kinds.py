"""Everything that is translated: the models, their texts, and how an entry is called."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models
from modeltranslation.translator import translator

from portal.core.languages import LANGUAGES, column, pick_field
from portal.core.models import TranslatedContent


@lru_cache(maxsize=1)
def kinds() -> dict[str, type[TranslatedContent]]:
    """The models by label, whichever package they belong to."""
    return {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, TranslatedContent)}


def kind_of(content: models.Model) -> str:
    return content._meta.label_lower


def fields_of(model: type[TranslatedContent]) -> list[str]:
    """All texts of an entry that exist in four languages; those that decide its state come first."""
    options: Any = translator.get_options_for_model(model)
    every = list(options.fields)
    return [*model.SOURCE_FIELDS, *(name for name in every if name not in model.SOURCE_FIELDS)]


def is_rich(model: type[TranslatedContent], field: str) -> bool:
    return field in getattr(model, "RICH_FIELDS", ())


def find(kind: str, entry: int) -> TranslatedContent | None:
    """One entry, or None where there is none of the kind."""
    model = kinds().get(kind)
    return model._default_manager.filter(pk=entry).first() if model else None


def title_of(content: Any) -> str:
    """How it is called in its source language."""
    name = content.SOURCE_FIELDS[0]
    return pick_field(content, name, content.source_language).text or str(content.pk)


def shown_columns(model: type[TranslatedContent]) -> list[str]:
    """The columns `queue` reads of every row."""
    names = [column(name, language) for name in model.SOURCE_FIELDS for language in LANGUAGES]
    has = {field.name for field in model._meta.get_fields()}
    return ["pk", "source_language", "translated_from", *(name for name in ("code", "live") if name in has), *names]
