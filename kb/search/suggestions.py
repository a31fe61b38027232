"""What to offer while somebody types: titles and words that led others to an answer."""

from __future__ import annotations

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from kb.models import SearchEvent
from kb.search.analysis import is_stop_word, key, words
from kb.search.documents import sources
from kb.search.engines import engines
from kb.search.engines.base import EngineDown
from portal.core import clock
from portal.core.languages import LANGUAGES

MOST = 8
LONGEST = 60
FREQUENT = 5  # different people; fewer could tell of one of them
DAYS = 30
MOST_FREQUENT = 200
REFRESHED = 600.0
START = 2  # signs of a key by which titles are found
OFTEN = "often"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words to search for. `kind`: of the thing with this title, or OFTEN."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Entry:
    suggestion: Suggestion
    keys: tuple[str, ...]
    rank: int


class Suggestions:
    """One language's titles and frequent words, found by how their words begin."""

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self._by_start: defaultdict[str, list[_Entry]] = defaultdict(list)
        for entry in entries:
            for start in dict.fromkeys(one[:START] for one in entry.keys):
                self._by_start[start].append(entry)

    def of(self, typed: list[str]) -> list[Suggestion]:
        """Those in which every typed word begins some word; first those that begin with what was typed."""
        near = self._by_start.get(typed[-1][:START], ())
        found = [entry for entry in near if all(any(one.startswith(word) for one in entry.keys) for word in typed)]
        found.sort(key=lambda entry: (not entry.keys[0].startswith(typed[0]), entry.rank, entry.suggestion.text))
        return list(dict.fromkeys(entry.suggestion for entry in found))[:MOST]


def suggest(text: str, *, language: str) -> list[Suggestion]:
    """At most eight; none for less than two letters."""
    found = words(text[:LONGEST])
    telling = [word for word in found[:-1] if not is_stop_word(word, language)] + found[-1:]
    typed = [one for one in map(key, telling) if one]
    if not typed or len(typed[-1]) < START:
        return []
    return _keeper.of(language).of(typed)


class _Keeper:
    """Made anew when the index has changed, and every ten minutes for what people search."""

    def __init__(self) -> None:
        self._state: tuple[str, int] | None = None
        self._kept: dict[str, Suggestions] = {}

    def of(self, language: str) -> Suggestions:
        try:
            generation = engines.default.generation()
        except EngineDown:
            generation = ""
        state = generation, int(time.monotonic() // REFRESHED)
        if state != self._state:
            self._kept = _read()
            self._state = state
        return self._kept[language]


_keeper = _Keeper()


def _read() -> dict[str, Suggestions]:
    entries: dict[str, list[_Entry]] = {language: [] for language in LANGUAGES}
    for kind, source in sources().items():
        for title in source.titles():
            for language, text in title.texts.items():
                if text:
                    entries[language].append(_entry(text, kind, title.rank))
    for language, text, count in _frequent():
        entries[language].append(_entry(text, OFTEN, 100 - min(count, 99)))
    return {language: Suggestions(entry for entry in found if entry.keys) for language, found in entries.items()}


def _entry(text: str, kind: str, rank: int) -> _Entry:
    return _Entry(Suggestion(text, kind), tuple(map(key, words(text))), rank)


def _frequent() -> list[tuple[str, str, int]]:
    """Words that several people searched for lately, and opened something found; masked ones never."""
    lately = (
        SearchEvent.objects.filter(
            at__gte=clock.now() - dt.timedelta(days=DAYS), opened_at__isnull=False, results__gt=0, reader="resident"
        )
        .exclude(words="")
        .exclude(asker="")
    )
    rows = (
        lately.exclude(words__contains="[")
        .values_list("language", "words")
        .annotate(count=Count("asker", distinct=True))
    )
    return list(rows.filter(count__gte=FREQUENT).order_by("-count", "words")[:MOST_FREQUENT])
