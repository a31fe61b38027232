"""Whether the engines that are set up answer alike: the first three hits of what people really asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count

from kb.models import SearchEvent
from kb.search.documents import Audience, sources
from kb.search.engines import engines
from kb.search.engines.base import EngineDown, EngineQuery
from kb.search.query import plan, read
from kb.search.ranking import rank
from kb.search.synonyms import word_lists
from kb.search.vocabulary import vocabulary
from portal.core.languages import LANGUAGES

MOST = 500
LEAST = 0.98
Question = tuple[str, str]  # language, words


@dataclass(frozen=True, slots=True)
class Comparison:
    """`differing`: questions whose three first are not the same things, with what each engine gave."""

    engines: tuple[str, ...]
    asked: int
    differing: Sequence[tuple[Question, Sequence[Sequence[str]]]]

    @property
    def same(self) -> float:
        return 1 - len(self.differing) / self.asked if self.asked else 1.0

    @property
    def is_well(self) -> bool:
        return self.same >= LEAST


def questions() -> list[Question]:
    """What was asked most; titles where nobody has asked anything yet."""
    kept = SearchEvent.objects.exclude(words="").exclude(words__contains="[").values_list("language", "words")
    asked = [(language, words) for language, words, _ in kept.annotate(count=Count("pk")).order_by("-count")[:MOST]]
    return asked or list(_titles())[:MOST]


def _titles() -> Iterable[Question]:
    for source in sources().values():
        for title in source.titles():
            yield from ((code, text) for code, text in title.texts.items() if code in LANGUAGES and text)


def compare(asked: Iterable[Question] | None = None) -> Comparison:
    """Ask every engine of the setting SEARCH. Raises EngineDown when one does not answer."""
    aliases = _distinct_engines()
    asked = list(questions() if asked is None else asked)
    differing = []
    for language, words in asked:
        found = [first_three(words, language, alias) for alias in aliases]
        if any(set(one) != set(found[0]) for one in found):
            differing.append(((language, words), found))
    return Comparison(tuple(aliases), len(asked), differing)


def first_three(text: str, language: str, alias: str) -> list[str]:
    known = vocabulary()
    asked = plan(read(text, language, known, word_lists()), known, is_public=True)
    answer = engines[alias].search(EngineQuery(asked.clauses, frozenset({Audience.PUBLIC})))
    if answer.is_fallback:
        raise EngineDown(f"{alias}: another engine stands in for it")
    return [f"{row.kind}:{row.code}" for row in rank(answer.hits, asked)[:3]]


def _distinct_engines() -> list[str]:
    """Aliases of the setting, those left out that name the same engine once more."""
    return list({str(row): alias for alias, row in reversed(settings.SEARCH.items())}.values())[::-1]
