"""`make bench-search FOLDER=…`: how well and how fast search answers judged questions.

FOLDER holds `docs.jsonl` ({id, lang, title?, text}) and `queries.jsonl` ({id, lang, text, rel}), or folders that do.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import django

SEED = 20261125


@dataclass(frozen=True)
class Judged:
    """A question with the ids of the documents that answer it."""

    language: str
    text: str
    right: frozenset[str]


def main(folders: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    found = [folder for name in folders for folder in _judged_folders(Path(name))]
    if not found:
        print(__doc__)
        return 1
    for folder in found:
        _report(folder)
    return 0


def _judged_folders(folder: Path) -> Iterator[Path]:
    if (folder / "queries.jsonl").exists():
        yield folder
    else:
        yield from sorted(path.parent for path in folder.glob("*/queries.jsonl"))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _text(row: dict[str, Any]) -> Any:
    from kb.search.documents import DocumentText

    return DocumentText(row.get("title", ""), body=row["text"])


def _code(identity: str) -> str:
    return identity.replace(" ", "_")


def _engines(folder: str) -> Iterator[tuple[str, Any]]:
    from kb.search.engines.elasticsearch import ElasticsearchEngine
    from kb.search.engines.embedded import EmbeddedEngine

    yield "embedded", EmbeddedEngine(directory=folder)
    if url := os.environ.get("ELASTICSEARCH_URL"):
        yield "elasticsearch", ElasticsearchEngine(url=url, prefix=f"bench-{uuid.uuid4().hex[:8]}", seconds=30)


def _report(folder: Path) -> None:
    from kb.search.documents import ArticleDocument

    documents = [
        ArticleDocument("article", _code(row["id"]), {row["lang"]: _text(row)}) for row in _rows(folder / "docs.jsonl")
    ]
    judged = [
        Judged(row["lang"], row["text"], frozenset(map(_code, row["rel"]))) for row in _rows(folder / "queries.jsonl")
    ]
    print(f"\n{folder.name}: {len(documents)} documents, {len(judged)} questions")
    with tempfile.TemporaryDirectory() as place:
        for name, engine in _engines(place):
            began = time.process_time()
            engine.rebuild(documents)
            print(f"  {name}: built in {time.process_time() - began:.1f} s CPU")
            _measure(engine, judged)


def _measure(engine: Any, judged: list[Judged]) -> None:
    from kb.search.vocabulary import Vocabulary
    from portal.core.languages import LANGUAGES
    from tests.relevance.forms import FORMS
    from tests.relevance.measures import mean, reciprocal_rank

    words = Vocabulary({code: engine.vocabulary(code) for code in LANGUAGES}, engine.count())
    print(f"  {'MRR@10':28}{'plain':>8}{'whole':>8}{'rewritten':>11}{'ms p50':>8}{'p95':>7}")
    for name, (form, languages) in FORMS.items():
        rows = [one for one in judged if one.language in languages]
        if not rows:
            continue
        chance = random.Random(SEED)
        asked = [replace(one, text=form(one.text, one.language, chance)) for one in rows]
        plain = [reciprocal_rank(_plain(engine, one, words), one.right) for one in asked]
        whole, times, rewritten = [], [], 0
        for one in asked:
            began = time.process_time()
            found, was_rewritten = _whole(engine, one, words)
            times.append((time.process_time() - began) * 1000)
            whole.append(reciprocal_rank(found, one.right))
            rewritten += was_rewritten
        slow = statistics.quantiles(times, n=20)[-1]
        print(
            f"  {name:28}{mean(plain):8.3f}{mean(whole):8.3f}{rewritten:11d}{statistics.median(times):8.2f}{slow:7.2f}"
        )


def _whole(engine: Any, one: Judged, words: Any) -> tuple[list[str], bool]:
    """The way of a resident: reading, corrections, ranking, cut."""
    from kb.search.engines.base import EngineQuery
    from kb.search.query import plan, read
    from kb.search.ranking import rank
    from kb.search.synonyms import WordLists

    question = read(one.text, one.language, words, WordLists({}, {}))
    asked = plan(question, words, is_public=True)
    hits = engine.search(EngineQuery(asked.clauses)).hits
    return [row.code for row in rank(hits, asked)], question.rewritten == "layout"


def _plain(engine: Any, one: Judged, words: Any) -> list[str]:
    """Stems and pieces of what was typed, in the engine's order: no reading, no corrections, no ranking."""
    from kb.search import analysis
    from kb.search.engines.base import EngineQuery
    from kb.search.query import AskedWord, Question, plan

    telling = [word for word in analysis.words(one.text) if not analysis.is_stop_word(word, one.language)]
    asked = tuple(AskedWord(word, words.rarity_of_word(word)) for word in dict.fromkeys(telling))
    question = Question(one.text, one.text, one.language, asked)
    return [hit.code for hit in engine.search(EngineQuery(plan(question, words, is_public=True).clauses)).hits]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
