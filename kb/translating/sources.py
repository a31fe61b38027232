"""Every source text is kept under its hash: a translator sees what has changed since the one they translated."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from kb.models import SourceText
from kb.translating import wishes
from kb.translating.kinds import kind_of, kinds
from portal.core.languages import column
from portal.core.models import TranslatedContent


def remember(content: TranslatedContent) -> None:
    """Keep the source text as it stands; one that is known stays."""
    texts = {name: getattr(content, column(name, content.source_language)) or "" for name in content.SOURCE_FIELDS}
    SourceText.objects.get_or_create(digest=content.source_hash(), defaults={"texts": texts})


def seen(content: TranslatedContent, language: str) -> dict[str, str]:
    """The source text that the translation into `language` was made from; empty where nobody knows it."""
    digest = content.translated_from.get(language)
    found = SourceText.objects.filter(digest=digest).first() if digest else None
    return dict(found.texts) if found else {}


def _saved(sender: type[Any], instance: Any, raw: bool = False, **_: Any) -> None:
    if raw or not issubclass(sender, TranslatedContent):
        return
    remember(instance)
    ready = [code for code in instance.translated_from if instance.translation_state(code) == "current"]
    if ready:
        transaction.on_commit(partial(wishes.tell, kind_of(instance), instance.pk, ready))


def watch() -> None:
    """Listen to everything that is translated."""
    for kind, model in kinds().items():
        post_save.connect(_saved, sender=model, dispatch_uid=f"source-text-{kind}")
