"""`python -m tests.bench.search DATA [--only relevance,cross,speed] [--seeds N] [--sizes 1000,10000,100000]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tests.bench.search import agreement, cross, ground, relevance, report, speed
from tests.bench.search.judged import JudgedSet, sets_of

PARTS = ("relevance", "cross", "speed")


def main() -> int:
    options = _options()
    given = sets_of(options.data)
    result = report.Result()
    if set(options.only) & {"relevance", "cross"}:
        ground.prepare()
        _judge(given, options, result)
    if "speed" in options.only:
        for size in options.sizes:
            result.speed += speed.measure(size, servers=options.servers)
    result.show()
    result.write()
    return 0


def _options() -> argparse.Namespace:
    def parts(text: str) -> list[str]:
        return text.split(",")

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", default="", help="folders of judged questions, parted by commas")
    parser.add_argument("--only", type=parts, default=PARTS, help=", ".join(PARTS))
    parser.add_argument("--engines", type=parts, default=ground.ENGINES, help=", ".join(ground.ENGINES))
    parser.add_argument("--seeds", type=int, default=len(relevance.SEEDS), help="of the made-up forms")
    sizes = parser.add_argument("--sizes", type=lambda text: [int(size) for size in parts(text)], default=speed.SIZES)
    sizes.help = "articles, parted by commas"
    parser.add_argument("--servers", type=parts, default=speed.SERVERS, help=", ".join(speed.SERVERS))
    return parser.parse_args()


def _judge(given: Sequence[JudgedSet], options: argparse.Namespace, result: report.Result) -> None:
    tops: dict[str, relevance.Tops] = {}
    for engine in ground.engines_here():
        if engine not in options.engines:
            continue
        with ground.engine(engine):
            if "relevance" in options.only:
                tops[engine] = {}
                result.relevance += _relevance(given, engine, relevance.SEEDS[: options.seeds], tops[engine])
            if "cross" in options.only:
                print(f"· languages crossed by {engine}", file=sys.stderr, flush=True)
                result.cross += cross.measure(given, engine)
    if len(tops) == len(ground.ENGINES):
        result.agreement = agreement.compare(*tops.values())


def _relevance(
    given: Sequence[JudgedSet], engine: str, seeds: Sequence[int], tops: relevance.Tops
) -> list[relevance.Row]:
    rows = []
    for judged in given:
        print(f"· {judged.name} by {engine}", file=sys.stderr, flush=True)
        rows += relevance.measure(judged, engine, seeds=seeds, tops=tops)
    return rows


if __name__ == "__main__":
    sys.exit(main())
