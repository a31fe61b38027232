"""Statuses in plain words, and what is expected of the resident in each; unknown ones get a sensible word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from portal.cases import words
from portal.cases.models import StatusWords
from portal.cases.registries.facts import CaseState, KnownStatus, Status
from portal.core import clock
from portal.core.languages import LANGUAGES, Localised, column, current, pick

_FIELDS = ("words", "expected")
_COLUMNS = [column(field, code) for field in _FIELDS for code in LANGUAGES]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words there are, by case type and status; asked once for a page."""

    rows: Mapping[tuple[str, str], Mapping[str, Any]]
    language: str

    def name(self, meaning: Status, *, kind: str = "", code: str = "") -> Localised:
        """What the status is called: the type's own words, those of any type, those of its meaning."""
        return self._said("words", meaning, kind, code) or Localised(str(words.STATUS[meaning]), self.language)

    def expected(self, meaning: Status, *, kind: str = "", code: str = "") -> Localised:
        """What the resident is to do now; empty where nobody has written it."""
        return self._said("expected", meaning, kind, code)

    def _said(self, field: str, meaning: Status, kind: str, code: str) -> Localised:
        for key in ((kind, code), ("", code), (kind, str(meaning)), ("", str(meaning))):
            row = self.rows.get(key)
            if row is not None:
                return pick({code: row[column(field, code)] for code in LANGUAGES}, self.language)
        return Localised("", self.language)


def vocabulary(kinds: Collection[str] = ()) -> Vocabulary:
    """Words for the reader of this page, of these case types and of all; one query."""
    rows = StatusWords.objects.filter(kind__in={"", *kinds}, is_written=True).values("kind", "code", *_COLUMNS)
    return Vocabulary({(row["kind"], row["code"]): row for row in rows}, current())


def on_its_way() -> Localised:
    """What a request is called that the registry does not have yet."""
    return Localised(str(words.ON_ITS_WAY), current())


def meet(state: CaseState) -> None:
    """Statuses of a case that nobody has words for yet are put on the list of those that need them. One query."""
    told = {step.code: KnownStatus(step.code, step.status) for step in state.steps if step.code}
    if told:
        note(state.kind, told.values())


def note(kind: str, statuses: Iterable[KnownStatus]) -> int:
    """Put what is not known yet on the list; returns how many these were."""
    told = {one.code: one.meaning for one in statuses}
    known = set(StatusWords.objects.filter(kind__in=("", kind), code__in=told).values_list("code", flat=True))
    fresh = [
        StatusWords(kind=kind, code=code, meaning=meaning, met_at=clock.now())
        for code, meaning in told.items()
        if code not in known
    ]
    StatusWords.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def without_words() -> QuerySet[StatusWords]:
    """Statuses that residents read in general words only, the oldest first."""
    return StatusWords.objects.filter(Q(is_written=False)).order_by("met_at", "kind", "code")
