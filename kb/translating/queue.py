"""The translators' queue: for each language what is missing, in work, outdated – how long, and how often asked for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from kb.models import SourceText, TranslationWish, TranslationWork
from kb.translating.kinds import kinds, shown_columns
from portal.core import clock
from portal.core.languages import LANGUAGES, column
from portal.core.models import TranslationState, hash_of
from portal.core.readable import Readable

IN_WORK = "in_work"
LABELS = {
    TranslationState.MISSING: _("missing"),
    IN_WORK: _("in work"),
    TranslationState.OUTDATED: _("outdated"),
    TranslationState.CURRENT: _("current"),
    TranslationState.SOURCE: _("source text"),
}


@dataclass(frozen=True, slots=True)
class Waiting(Readable):
    """One entry in one language. `days`: since its source text says what it says now; None where nobody noted it."""

    kind: str
    kind_label: str
    entry: int
    code: str
    title: str
    source_language: str
    language: str
    state: str
    days: int | None
    asked: int
    by: str

    @property
    def state_label(self) -> Any:
        return LABELS[self.state]


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands beside the entries themselves: who works, who asked, since when the source is as it is."""

    work: dict[tuple[str, int, str], str]
    wishes: dict[tuple[str, int, str], int]
    since: dict[str, dt.datetime]

    @classmethod
    def read(cls) -> _Known:
        work = TranslationWork.objects.select_related("by")
        asked = TranslationWish.objects.filter(told_at=None).values_list("kind", "entry", "language")
        return cls(
            {(row.kind, row.entry, row.language): str(row.by) for row in work},
            {(kind, entry, language): n for kind, entry, language, n in asked.annotate(n=Count("pk"))},
            dict(SourceText.objects.values_list("digest", "since")),
        )


def state_of(row: dict[str, Any], fields: tuple[str, ...], language: str) -> tuple[str, str]:
    """(state, hash of the source text) of a plain row."""
    source = row["source_language"]
    digest = hash_of(row[column(name, source)] for name in fields)
    if language == source:
        return TranslationState.SOURCE, digest
    known = (row["translated_from"] or {}).get(language)
    if not known or not row[column(fields[0], language)]:
        return TranslationState.MISSING, digest
    return (TranslationState.CURRENT if known == digest else TranslationState.OUTDATED), digest


def queue(language: str, *, kind: str = "", state: str = "") -> list[Waiting]:
    """What is to be done in `language`: most asked for first, then outdated before missing, then the oldest."""
    known = _Known.read()
    found = [
        waiting
        for label, model in kinds().items()
        if not kind or label == kind
        for row in model._default_manager.order_by("pk").values(*shown_columns(model))
        if row.get("live", True) and (waiting := _waiting(label, model, row, language, known))
    ]
    order = {TranslationState.OUTDATED: 0, IN_WORK: 1, TranslationState.MISSING: 2}
    chosen = [row for row in found if row.state == state] if state else found
    return sorted(chosen, key=lambda row: (-row.asked, order[row.state], -(row.days or 0), row.code))


def _waiting(kind: str, model: Any, row: dict[str, Any], language: str, known: _Known) -> Waiting | None:
    state, digest = state_of(row, model.SOURCE_FIELDS, language)
    if state in {TranslationState.SOURCE, TranslationState.CURRENT}:
        return None
    key = (kind, row["pk"], language)
    since = known.since.get(digest)
    return Waiting(
        kind=kind,
        kind_label=str(model._meta.verbose_name),
        entry=row["pk"],
        code=row.get("code") or str(row["pk"]),
        title=row[column(model.SOURCE_FIELDS[0], row["source_language"])] or "",
        source_language=row["source_language"],
        language=language,
        state=IN_WORK if key in known.work else state,
        days=(clock.now() - since).days if since else None,
        asked=known.wishes.get(key, 0),
        by=known.work.get(key, ""),
    )


def counts() -> list[tuple[str, Counter[str]]]:
    """For each language how many entries are in which state, those in work counted as such."""
    work = {(row.kind, row.entry, row.language) for row in TranslationWork.objects.all()}
    found: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    for kind, model in kinds().items():
        for row in model._default_manager.order_by("pk").values(*shown_columns(model)):
            if not row.get("live", True):
                continue
            for language in LANGUAGES:
                state, _digest = state_of(row, model.SOURCE_FIELDS, language)
                is_open = state in {TranslationState.MISSING, TranslationState.OUTDATED}
                found[language][IN_WORK if is_open and (kind, row["pk"], language) in work else str(state)] += 1
    return list(found.items())
