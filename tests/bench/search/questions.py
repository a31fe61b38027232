"""Questions for measuring speed: words of the made-up articles' titles as people type them. Printed as JSON."""

from __future__ import annotations

import json
import sys
from random import Random

import django

COUNT = 700  # the first hundred warm up and are not counted


def main(articles: int) -> None:
    django.setup()
    from tests.bench.search.crowd import SEED, languages, titles
    from tests.relevance.forms import one_typo

    spoken, random = languages(articles), Random(f"{SEED} questions {articles}")
    asked: dict[tuple[str, str], None] = {}
    started: dict[tuple[str, str], None] = {}
    while len(asked) < COUNT or len(started) < COUNT:
        code = random.choice(sorted(spoken))
        words = titles(random.randrange(articles), spoken)[code]
        question = " ".join(random.sample(words[:-1], random.randint(2, 5)))
        asked[code, one_typo(question, code, random) if random.random() < 0.2 else question] = None
        first = random.choice(words[:-1])
        started[code, first[: random.randint(2, 7)]] = None
    json.dump({"search": list(asked)[:COUNT], "suggest": list(started)[:COUNT]}, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]))
