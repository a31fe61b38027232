"""`python -m tests.bench.search DATA [--seeds N] [--only relevance,cross,agreement,speed] [--sizes 1000,10000]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tests.bench.search import ground, relevance, report
from tests.bench.search.judged import JudgedSet, sets_of

PARTS = ("relevance",)


def main() -> int:
    options = _options()
    ground.prepare()
    given = sets_of(options.data)
    result = report.Result()
    for engine in ground.engines_here():
        with ground.engine(engine):
            if "relevance" in options.only:
                result.relevance += _relevance(given, engine, relevance.SEEDS[: options.seeds])
    result.show()
    result.write()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", default="", help="folders of judged questions, parted by commas")
    parser.add_argument("--seeds", type=int, default=len(relevance.SEEDS), help="of the made-up forms")
    parser.add_argument("--only", type=lambda text: text.split(","), default=PARTS, help=", ".join(PARTS))
    return parser.parse_args()


def _relevance(given: Sequence[JudgedSet], engine: str, seeds: Sequence[int]) -> list[relevance.Row]:
    rows = []
    for judged in given:
        print(f"· {judged.name} by {engine}", file=sys.stderr, flush=True)
        rows += relevance.measure(judged, engine, seeds=seeds)
    return rows


if __name__ == "__main__":
    sys.exit(main())
