"""What to offer while somebody types: titles and words that led others to an answer."""

from __future__ import annotations

import datetime as dt
import time
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from kb.models import SearchEvent
from kb.search.analysis import is_stop_word, key, words
from kb.search.documents import sources
from kb.search.engines import engines
from kb.search.engines.base import EngineDown
from kb.search.renewed import Renewed
from portal.core import clock
from portal.core.languages import LANGUAGES

MOST = 8
LONGEST = 60
FREQUENT = 5  # different people; fewer could tell of one of them
DAYS = 30
MOST_FREQUENT = 200
REFRESHED = 600.0
STARTS = (2, 3, 4, 6)  # signs of a key by which titles are found
MOST_OF_A_START = 1000  # the first by rank
OFTEN = "often"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words to search for. `kind`: of the thing with this title, or OFTEN."""

    text: str
    kind: str


Entry = tuple[int, str, str, str]  # rank, text, kind, keys of its words, each after a space


class Suggestions:
    """One language's titles and frequent words, found by how their words begin."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = sorted(entries)
        by_start: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, (_, _, _, keys) in enumerate(self._entries):
            for start in {one[:size] for one in keys.split() for size in STARTS if len(one) >= size}:
                if len(by_start[start]) < MOST_OF_A_START:
                    by_start[start].append(number)
        self._by_start = dict(by_start)

    def of(self, typed: list[str]) -> list[Suggestion]:
        """Those in which every typed word begins some word; first those that begin with what was typed."""
        beginnings = [f" {word}" for word in typed]
        longest = max(typed, key=len)
        start = longest[: max(size for size in STARTS if size <= len(longest))]
        near = self._by_start.get(start, ())
        found = [entry for entry in (self._entries[number] for number in near) if _has(entry, beginnings)]
        found.sort(key=lambda entry: not entry[3].startswith(beginnings[0]))  # a stable sort: the rank decides within
        return list(dict.fromkeys(Suggestion(text, kind) for _, text, kind, _ in found))[:MOST]


def _has(entry: Entry, beginnings: Iterable[str]) -> bool:
    return all(beginning in entry[3] for beginning in beginnings)


def suggest(text: str, *, language: str) -> list[Suggestion]:
    """At most eight; none for less than two letters."""
    found = words(text[:LONGEST])
    telling = [word for word in found[:-1] if not is_stop_word(word, language)] + found[-1:]
    typed = [one for one in map(key, telling) if one]
    if not typed or len(typed[-1]) < STARTS[0]:
        return []
    try:
        generation = engines.default.generation()
    except EngineDown:
        generation = ""
    return _kept.of(engines.default, (generation, int(time.monotonic() // REFRESHED)))[language].of(typed)


def _read() -> dict[str, Suggestions]:
    """Made anew when the index has changed, and every ten minutes for what people search."""
    entries: dict[str, list[Entry]] = {language: [] for language in LANGUAGES}
    for kind, source in sources().items():
        for title in source.titles():
            for language, text in title.texts.items():
                if text:
                    entries[language].append(_entry(text, kind, title.rank))
    for language, text, count in _frequent():
        entries[language].append(_entry(text, OFTEN, 100 - min(count, 99)))
    return {language: Suggestions(entry for entry in found if entry[3]) for language, found in entries.items()}


def _entry(text: str, kind: str, rank: int) -> Entry:
    return rank, text, kind, "".join(f" {key(word)}" for word in words(text))


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


_kept = Renewed(_read)
