"""Changes of synonyms, crisis words and pinned answers: live at once, and each can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model

from kb.models import CrisisWord, PinnedAnswer, Synonym, WordChange
from portal.core import audit, clock
from portal.core.models import User

FIELDS: dict[type[Model], tuple[str, ...]] = {
    Synonym: ("terms", "is_active"),
    CrisisWord: ("language", "text"),
    PinnedAnswer: ("language", "words", "kind", "code"),
}
TABLES = {model._meta.model_name or "": model for model in FIELDS}
Terms = Mapping[str, Iterable[str]]


class ChangedSince(RuntimeError):
    """Somebody changed the row after the change that was to be taken back."""


@transaction.atomic
def keep_group(pk: int | None, terms: Terms, *, is_active: bool = True, by: User) -> Synonym:
    """Words that mean the same: a new group, or this one with other words."""
    kept = {code: cleaned for code, texts in terms.items() if (cleaned := _clean(texts))}
    group = Synonym.objects.select_for_update().get(pk=pk) if pk else Synonym()

    def change() -> Synonym:
        group.terms, group.is_active = kept, is_active
        group.save()
        return group

    _noted(group if pk else None, change, by=by)
    return group


@transaction.atomic
def drop(row: Synonym | CrisisWord | PinnedAnswer, *, by: User) -> None:
    """It counts no more; taking that back brings it in again."""

    def change() -> None:
        row.delete()

    _noted(row, change, by=by)


@transaction.atomic
def keep_crisis(language: str, phrases: Iterable[str], *, by: User) -> int:
    """These are the crisis phrases of a language. Returns how many came or went."""
    wanted = _clean(phrases)
    known = {row.text: row for row in CrisisWord.objects.filter(language=language)}
    gone = [row for text, row in known.items() if text not in wanted]
    fresh = [text for text in wanted if text not in known]
    for row in gone:
        drop(row, by=by)
    for text in fresh:
        _made(CrisisWord(language=language, text=text), by=by)
    return len(gone) + len(fresh)


@transaction.atomic
def pin(language: str, words: str, kind: str, code: str, *, by: User) -> PinnedAnswer:
    """Whoever asks in these words finds this first; pinning twice is pinning once."""
    wanted = {"language": language, "words": " ".join(words.split())[:120], "kind": kind, "code": code}
    known = PinnedAnswer.objects.filter(**wanted).first()
    if known:
        return known
    made = PinnedAnswer(**wanted)
    _made(made, by=by)
    return made


@transaction.atomic
def take_back(change: WordChange, *, by: User) -> None:
    """Make the row what it was before. Raises ChangedSince when it is no longer what the change has made of it."""
    model = TABLES[change.table]
    row = model._default_manager.filter(pk=change.row).first()
    if change.taken_back_at or _facts(row) != change.after:
        raise ChangedSince
    if change.before is None and row is not None:
        row.delete()
    elif change.before is not None:
        model(pk=change.row, **change.before).save()
    change.taken_back_at = clock.now()
    change.save(update_fields=["taken_back_at"])
    audit.record("words.taken_back", change, by=by)


def _made(row: Model, *, by: User) -> None:
    def change() -> Model:
        row.save()
        return row

    _noted(None, change, by=by)


def _noted(row: Model | None, change: Callable[[], Model | None], *, by: User) -> None:
    """Do it, with what was there before and after."""
    fresh = type(row)._default_manager.get(pk=row.pk) if row is not None else None
    before, pk = _facts(fresh), row.pk if row is not None else None
    after = change()
    about: Any = after if after is not None else row
    if before == _facts(after):
        return
    noted = WordChange.objects.create(
        at=clock.now(), by=by, table=about._meta.model_name, row=pk or about.pk, before=before, after=_facts(after)
    )
    audit.record("words.changed", noted, by=by)


def _facts(row: Model | None) -> dict[str, Any] | None:
    return None if row is None else {name: getattr(row, name) for name in FIELDS[type(row)]}


def _clean(texts: Iterable[str]) -> list[str]:
    tidied = (" ".join(text.split())[:80] for text in texts)
    return list(dict.fromkeys(text for text in tidied if text))
