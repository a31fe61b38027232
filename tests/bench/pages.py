"""`make bench-pages`: what each page costs beside the empty view, uncached and kept ready, and its queries.

On PostgreSQL with the demonstration city, over HTTP, in turns, so that a busy machine slows all alike.
Writes build/bench/pages.json; exit status 1 when a page is over its limit. `--times N`: requests per page (1,000).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.server import Gunicorn, variables
from tests.site import ROOT

ROUNDS = 20
MOST_QUERIES = 12
LIMITS = {"uncached": 20.0, "cached": 4.0}
SEARCH_LIMIT = 25.0
RESULT = ROOT / "build" / "bench" / "pages.json"


@dataclass(frozen=True)
class Row:
    """One page in one state."""

    page: str
    state: str
    cpu_ms: float
    ratio: float
    queries: int

    @property
    def limit(self) -> float:
        return SEARCH_LIMIT if (self.page, self.state) == ("search", "uncached") else LIMITS[self.state]

    @property
    def is_over(self) -> bool:
        return self.ratio > self.limit or self.queries > MOST_QUERIES


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1000)
    arguments = parser.parse_args()
    database = os.environ.get("POSTGRES_URL", "")
    if not database:
        print("POSTGRES_URL is empty: run `make bench-pages`, it starts a PostgreSQL of its own.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="parama-bench-") as folder:
        rows, missing = measure(Path(folder), database, times=arguments.times)
    _report(rows, missing)
    return 1 if not rows or any(row.is_over for row in rows) else 0


def measure(folder: Path, database: str, *, times: int) -> tuple[list[Row], list[str]]:
    """Rows of the pages that are there, and names of those that are not."""
    first = folder / "uncached"
    env = variables(first, DATABASE_URL=database, DJANGO_SETTINGS_MODULE="tests.bench.settings")
    subprocess.run([sys.executable, "-m", "portal.project.prepare"], cwd=ROOT, env=env, check=True)
    facts = json.loads(subprocess.check_output([sys.executable, "-m", "tests.bench.facts"], cwd=ROOT, env=env))
    shutil.copytree(first, folder / "cached")
    with ExitStack() as servers:

        def serve(name: str, application: str, **given: str) -> Gunicorn:
            own = variables(folder / name, DATABASE_URL=database, **given)
            log = RESULT.with_name(f"{name}.log")
            return servers.enter_context(Gunicorn(application, log=log, env=own))

        RESULT.parent.mkdir(parents=True, exist_ok=True)
        empty = serve("empty", "tests.bench.empty:application")
        product = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
        uncached = serve("uncached", "portal.project.wsgi:application", BENCH_UNCACHED="1", **product)
        cached = serve("cached", "portal.project.wsgi:application", **product)
        costs = _in_turns(empty, {"uncached": uncached, "cached": cached}, facts["pages"], times=times)
    return _rows(costs, facts["queries"]), facts["missing"]


Costs = dict[tuple[str, str], float]
EMPTY = ("empty view", "")


def _in_turns(empty: Gunicorn, servers: dict[str, Gunicorn], pages: dict[str, str], *, times: int) -> Costs:
    """Milliseconds per request of the empty view and of every page in every state."""
    each = -(-times // ROUNDS)
    costs: Costs = {}
    for _ in range(ROUNDS):
        turns = [(EMPTY, empty, "/")]
        turns += [
            ((page, state), servers["cached" if page == "search" else state], _kept(url) if state == "cached" else url)
            for page, url in pages.items()
            for state in servers
        ]
        for key, server, url in turns:
            costs[key] = costs.get(key, 0.0) + server.cost(url, each)
    return {key: seconds * 1000 / (each * ROUNDS) for key, seconds in costs.items()}


def _kept(url: str) -> str:
    """Results for typed words are never kept, for anybody; of the search only the page without words is.

    So both are asked of the server that keeps pages: words of the facets are kept there, as everywhere in use.
    """
    return url.partition("?q=")[0]


def _rows(costs: Costs, queries: dict[str, int]) -> list[Row]:
    empty = costs.pop(EMPTY)
    print(f"\nThe empty view costs {empty:.3f} ms.\n")
    return [
        Row(page, state, round(cost, 3), round(cost / empty, 1), queries[page] if state == "uncached" else 0)
        for (page, state), cost in sorted(costs.items(), key=lambda item: (item[0][1], item[0][0]), reverse=True)
    ]


def _report(rows: list[Row], missing: list[str]) -> None:
    RESULT.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    print(f"{'page':<12} {'state':<9} {'CPU ms':>8} {'× empty':>8} {'limit':>6} {'queries':>8}")
    for row in rows:
        figures = f"{row.cpu_ms:>8.2f} {row.ratio:>8.1f} {row.limit:>6.0f} {row.queries:>8}"
        print(f"{row.page:<12} {row.state:<9} {figures}{'  OVER' if row.is_over else ''}")
    for name in missing:
        print(f"NOT MEASURED: {name.upper()} – there is no such page yet")
    print(f"\nWritten to {RESULT.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
