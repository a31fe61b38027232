"""Questions in one language, the answer only in another: all pairs, with editors' words and without them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bench.search import ground
from tests.bench.search.judged import Judged, JudgedSet
from tests.relevance.measures import mean, reciprocal_rank


@dataclass(frozen=True, slots=True)
class Row:
    """One pair of languages. `mrr10_without_words`: by the pipeline alone, no synonym and glossary pair."""

    source: str
    target: str
    data: str
    engine: str
    queries: int
    mrr10: float
    mrr10_without_words: float


def measure(given: Sequence[JudgedSet], engine: str) -> list[Row]:
    """All pairs of the families of sets, then of the golden questions on the demonstration city."""
    ground.load_city()
    families: defaultdict[str, list[JudgedSet]] = defaultdict(list)
    for judged in given:
        families[judged.family].append(judged)
    rows: list[Row] = []
    for family, members in families.items():
        rows += _family(family, members, engine)
    return rows + list(_golden(engine))


def _family(family: str, members: list[JudgedSet], engine: str) -> Iterator[Row]:
    for target in members:
        ground.index(target.documents)
        codes = {one.code for one in target.documents}
        for source in members:
            questions = [one for one in source.questions if one.right & codes]
            if source is not target and questions:
                yield _row(family, engine, questions, target.documents[0].language)


def _golden(engine: str) -> Iterator[Row]:
    from portal.core.languages import LANGUAGES

    for target in LANGUAGES:
        ground.index_city(target)
        for source in LANGUAGES:
            if source != target:
                yield _row("golden", engine, list(golden(source)), target)


def golden(language: str) -> Iterator[Judged]:
    """Our own questions on the demonstration city; codes with their kind."""
    from tests.relevance.golden import answers_by_service, questions, right

    answers = answers_by_service()
    for row in questions(language):
        yield Judged(language, row["ask"], frozenset(right(row, answers)))


def _row(data: str, engine: str, questions: list[Judged], target: str) -> Row:
    source = questions[0].language
    with_words = _mrr(questions)
    with ground.without_words():
        without = _mrr(questions)
    return Row(source, target, data, engine, len(questions), with_words, without)


def _mrr(questions: list[Judged]) -> float:
    found = [ground.found(one.text, one.language) for one in questions]
    return round(mean([reciprocal_rank(codes, one.right) for codes, one in zip(found, questions, strict=True)]), 4)
