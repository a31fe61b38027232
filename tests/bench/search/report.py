"""Tables for people, and `build/bench/search.json` for programs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from tests.bench.search import relevance
from tests.site import ROOT

RESULT = ROOT / "build" / "bench" / "search.json"


@dataclass
class Result:
    """Everything one run has measured."""

    relevance: list[relevance.Row] = field(default_factory=list)

    def show(self) -> None:
        if self.relevance:
            _relevance([*self.relevance, *relevance.means(self.relevance)])

    def write(self) -> None:
        """What this run did not measure stays as the run before has left it."""
        kept = json.loads(RESULT.read_text()) if RESULT.exists() else {}
        measured = {name: rows for name, rows in asdict(self).items() if rows}
        RESULT.parent.mkdir(parents=True, exist_ok=True)
        RESULT.write_text(json.dumps(kept | measured, indent=1, ensure_ascii=False) + "\n")
        print(f"\nWritten to {RESULT.relative_to(ROOT)}")


def _relevance(rows: list[relevance.Row]) -> None:
    print(f"\n{'MRR@10, recall@10, success@3':46}{'pipeline':>22}{'baseline':>22}")
    pairs: dict[tuple[str, str, str], dict[str, relevance.Row]] = {}
    for row in rows:
        pairs.setdefault((row.data, row.engine, row.form), {})[row.method] = row
    before = ("", "")
    for (data, engine, form), methods in pairs.items():
        if (data, engine) != before:
            print(f"\n{data}, {engine}, {methods['pipeline'].queries} questions")
            before = (data, engine)
        figures = "".join(
            f"{row.mrr10:10.3f}{row.recall10:6.2f}{row.success3:6.2f}"
            for row in (methods["pipeline"], methods["baseline"])
        )
        print(f"  {form:44}{figures}")
