"""Tables for people, and `build/bench/search.json` for programs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.bench.search import agreement, cross, relevance, speed
from tests.site import ROOT

RESULT = ROOT / "build" / "bench" / "search.json"
NAMES = {"source": "from", "target": "to"}


@dataclass
class Result:
    """Everything one run has measured."""

    relevance: list[relevance.Row] = field(default_factory=list)
    cross: list[cross.Row] = field(default_factory=list)
    agreement: list[agreement.Row] = field(default_factory=list)
    speed: list[speed.Row] = field(default_factory=list)

    def show(self) -> None:
        if self.relevance:
            _relevance([*self.relevance, *relevance.means(self.relevance)])
        _cross(self.cross)
        _agreement(self.agreement)
        _speed(self.speed)

    def write(self) -> None:
        """What this run did not measure stays as the run before has left it."""
        kept = json.loads(RESULT.read_text()) if RESULT.exists() else {}
        for name, rows in asdict(self).items():
            if rows:
                kept[name] = [{NAMES.get(key, key): value for key, value in row.items()} for row in rows]
        RESULT.parent.mkdir(parents=True, exist_ok=True)
        RESULT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
        print(f"\nWritten to {RESULT.relative_to(ROOT)}")


def _relevance(rows: list[relevance.Row]) -> None:
    print(f"\n{'MRR@10, recall@10, success@3':28}{'pipeline':>22}{'baseline':>22}")
    pairs: dict[tuple[str, str, str], dict[str, relevance.Row]] = {}
    for row in rows:
        pairs.setdefault((row.data, row.engine, row.form), {})[row.method] = row
    before = ("", "")
    for (data, engine, form), methods in pairs.items():
        if (data, engine) != before:
            print(f"\n{data}, {engine}, {methods['pipeline'].queries} questions")
            before = (data, engine)
        both = (methods["pipeline"], methods["baseline"])
        figures = "".join(f"{row.mrr10:10.3f}{row.recall10:6.2f}{row.success3:6.2f}" for row in both)
        print(f"  {form:26}{figures}")


def _cross(rows: list[cross.Row]) -> None:
    if rows:
        print(f"\n{'MRR@10, languages crossed':28}{'pair':>8}{'queries':>9}{'with words':>12}{'without':>9}")
    for row in rows:
        pair = f"{row.source}→{row.target}"
        label = f"{row.data}, {row.engine}"
        print(f"  {label:26}{pair:>8}{row.queries:9d}{row.mrr10:12.3f}{row.mrr10_without_words:9.3f}")


def _agreement(rows: list[agreement.Row]) -> None:
    if rows:
        print(f"\n{'The same three first':28}{'queries':>9}{'share':>9}   (least {agreement.LEAST})")
    for row in rows:
        print(f"  {row.data:26}{row.queries:9d}{row.same_top3:9.4f}")


def _speed(rows: list[speed.Row]) -> None:
    if rows:
        heads = ("articles", "server", "what", "p50 ms", "p95 ms", "CPU ms", "memory MB", "index MB", "built s")
        print("\n" + "".join(f"{head:>13}" for head in heads))
    for row in rows:
        figures: tuple[Any, ...] = (row.articles, row.server, row.what, row.p50_ms, row.p95_ms, row.cpu_ms)
        print("".join(f"{value:>13}" for value in (*figures, row.memory_mb, row.index_mb, row.build_s)))
