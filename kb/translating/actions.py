"""A translator takes an entry, keeps what is done so far, and says when the translation is complete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kb.keeping import keep
from kb.models import Review, TranslationWork
from kb.reviews import done
from kb.translating.checks import mistakes
from kb.translating.kinds import fields_of, is_rich, kind_of
from portal.core import audit, clock
from portal.core.languages import column
from portal.core.models import TranslatedContent, User
from portal.core.rich_text import clean


class NotComplete(ValueError):
    """The translation cannot be declared complete; `wrong` says why, by field."""

    def __init__(self, wrong: Mapping[str, list[str]]) -> None:
        super().__init__(str(dict(wrong)))
        self.wrong = wrong


class TakenByAnother(PermissionError):
    """A colleague is translating it."""

    def __init__(self, who: User) -> None:
        super().__init__(str(who))
        self.who = who


@transaction.atomic
def begin(content: TranslatedContent, language: str, *, by: User) -> TranslationWork:
    """From now on it is in work by `by`. Raises TakenByAnother."""
    work, _created = TranslationWork.objects.get_or_create(
        kind=kind_of(content), entry=content.pk, language=language, defaults={"by": by, "since": clock.now()}
    )
    if work.by_id != by.pk:
        raise TakenByAnother(work.by)
    return work


def release(content: TranslatedContent, language: str) -> None:
    """Nobody works on it now."""
    TranslationWork.objects.filter(kind=kind_of(content), entry=content.pk, language=language).delete()


@transaction.atomic
def save(content: TranslatedContent, language: str, texts: Mapping[str, str], *, by: User) -> None:
    """Keep what is done so far; a language that was not shown is not shown by it."""
    begin(content, language, by=by)
    keep(content, _columns(content, language, texts), by=by)
    audit.record("translation.saved", content, by=by, language=language)


@transaction.atomic
def complete(content: TranslatedContent, language: str, texts: Mapping[str, str], *, by: User) -> None:
    """ "This says what the source text says now." Readers see it, reviews of it are done, nobody works on it any more.

    Raises NotComplete, TakenByAnother.
    """
    columns = _columns(content, language, texts)
    for name, value in columns.items():
        setattr(content, name, value)
    wrong = mistakes_of(content, language)
    if wrong:
        raise NotComplete(wrong)
    begin(content, language, by=by)
    content.declare_translated(language)
    keep(content, {**columns, "translated_from": content.translated_from}, by=by)
    release(content, language)
    for review in Review.objects.filter(
        kind=kind_of(content), entry=content.pk, language=language, done_at__isnull=True
    ):
        done(review, by=by)
    audit.record("translation.completed", content, by=by, language=language)


def mistakes_of(content: TranslatedContent, language: str) -> dict[str, list[str]]:
    """What is wrong with a translation as it stands, by field."""
    model = type(content)
    found: dict[str, list[str]] = {}
    for name in fields_of(model):
        if name == "slug":
            continue
        source = str(getattr(content, column(name, content.source_language)) or "")
        text = str(getattr(content, column(name, language)) or "")
        longest = getattr(model._meta.get_field(column(name, language)), "max_length", None)
        is_checked = name in model.SOURCE_FIELDS
        wrong = mistakes(source, text, is_rich=is_rich(model, name), longest=longest) if is_checked else []
        if is_checked and source.strip() and not text.strip():
            wrong = [_("The text is missing.")]
        if wrong:
            found[name] = wrong
    return found


def _columns(content: TranslatedContent, language: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """Texts by column, rich ones cleaned; what is no text of this kind is left out."""
    model = type(content)
    found: dict[str, Any] = {}
    for name in fields_of(model):
        if name in texts:
            value: Any = texts[name].strip()
            if is_rich(model, name):
                value = str(clean(value))
            found[column(name, language)] = (value or None) if name == "slug" else value
    return found
