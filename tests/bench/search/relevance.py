"""How well questions find their documents: as asked and as people type, beside the baseline, on each engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.bench.search import ground
from tests.bench.search.baseline import Baseline
from tests.bench.search.judged import Judged, JudgedSet
from tests.relevance.forms import DETERMINED, FORMS
from tests.relevance.measures import mean, recall, reciprocal_rank, success

SEEDS = (20261125, 20261126, 20261127, 20261128, 20261129)
Answer = tuple[list[str], frozenset[str]]
Tops = dict[tuple[str, str, int], tuple[str, ...]]
Find = Callable[[str, str], list[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One form of the questions of one set, answered one way. Figures of made-up forms are means over the seeds."""

    data: str
    form: str
    engine: str
    method: str
    queries: int
    mrr10: float
    recall10: float
    success3: float


def measure(judged: JudgedSet, engine: str, *, seeds: Sequence[int], tops: Tops) -> list[Row]:
    """All rows of a set, inside `ground.engine(engine)`; the three first of each question go into `tops`."""
    ground.index(judged.documents)
    plain = Baseline(judged.documents)
    ways: dict[str, Find] = {"pipeline": ground.found, "baseline": lambda text, language: plain.found(text)}
    rows = []
    for form, asked in forms_of(judged, seeds):
        for method, find in ways.items():
            answers = [(find(one.text, one.language), one.right) for round_ in asked for one in round_]
            rows.append(_row(judged.name, form, engine, method, len(asked[0]), answers))
            if method == "pipeline":
                tops |= {(judged.name, form, at): tuple(found[:3]) for at, (found, _) in enumerate(answers)}
    return rows


def forms_of(judged: JudgedSet, seeds: Sequence[int]) -> Iterator[tuple[str, list[list[Judged]]]]:
    """Each form with the questions in it, once a seed; forms nobody's language has are left out."""
    for name, (form, languages) in FORMS.items():
        questions = [one for one in judged.questions if one.language in languages]
        if not questions:
            continue
        chosen = seeds[:1] if name in DETERMINED else seeds
        yield name, [_disturbed(questions, form, Random(f"{seed} {judged.name} {name}")) for seed in chosen]


def _disturbed(questions: Sequence[Judged], form: Callable[[str, str, Random], str], chance: Random) -> list[Judged]:
    return [replace(one, text=form(one.text, one.language, chance)) for one in questions]


def _row(data: str, form: str, engine: str, method: str, queries: int, answers: list[Answer]) -> Row:
    return Row(
        data,
        form,
        engine,
        method,
        queries=queries,
        mrr10=round(mean([reciprocal_rank(found, right) for found, right in answers]), 4),
        recall10=round(mean([recall(found, right) for found, right in answers]), 4),
        success3=round(mean([success(found, right) for found, right in answers]), 4),
    )


def means(rows: Sequence[Row]) -> list[Row]:
    """The sets together, weighted by their questions."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.form, row.engine, row.method), []).append(row)
    return [_mean(form, engine, method, of) for (form, engine, method), of in groups.items()]


def _mean(form: str, engine: str, method: str, rows: list[Row]) -> Row:
    total = sum(row.queries for row in rows)

    def weighted(value: Callable[[Row], float]) -> float:
        return round(sum(value(row) * row.queries for row in rows) / total, 4)

    mrr, recalled = weighted(lambda row: row.mrr10), weighted(lambda row: row.recall10)
    return Row("all", form, engine, method, total, mrr, recalled, weighted(lambda row: row.success3))
