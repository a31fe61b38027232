"""`python -m tests.bench.search.crowd N [--no-index]`: a prepared portal gets N made-up articles in four languages.

No two are alike: each has a name of its own and rare words beside the frequent ones of the language.
The same N gives the same articles everywhere. Prints what building the index took, as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

import django

SEED = 20261125
BATCH = 500
RARE = 400  # made-up words a language, times the root of the number of articles
TITLE, ANSWER, BODY = 6, 14, 40  # words


class Language:
    """Words as frequent as in the portal's own texts, and rare ones made of halves of them."""

    def __init__(self, code: str, counts: Counter[str], articles: int) -> None:
        random = Random(f"{SEED} {code}")
        known = sorted(counts)
        long = [word for word in known if len(word) >= 6 and word.isalpha()]
        made = {random.choice(long)[:-3] + random.choice(long)[2:] for _ in range(round(RARE * articles**0.5))}
        self.rare = sorted(made - set(known))
        self._words = sorted(known, key=lambda word: (-counts[word], word))
        self._weights = list(accumulate(counts[word] for word in self._words))

    def text(self, count: int, random: Random) -> list[str]:
        """`count` words, one in six of them rare."""
        rare = count // 6
        words = random.choices(self._words, cum_weights=self._weights, k=count - rare) + random.choices(
            self.rare, k=rare
        )
        random.shuffle(words)
        return words


def languages(articles: int) -> dict[str, Language]:
    """What the demonstration city's own texts speak."""
    from kb.search.analysis import words
    from kb.search.documents import Everything
    from portal.core.languages import LANGUAGES

    counts: dict[str, Counter[str]] = {code: Counter() for code in LANGUAGES}
    for document in Everything():
        if document.code.startswith("X-"):
            continue
        for code, text in document.texts.items():
            counts[code].update(words(text.weighted))
    return {code: Language(code, counted, articles) for code, counted in counts.items()}


def titles(number: int, spoken: dict[str, Language]) -> dict[str, list[str]]:
    """The title of one article in each language; a name that no other has ends it."""
    random = Random(f"{SEED} title {number}")
    return {code: [*language.text(TITLE, random), f"n{number}"] for code, language in spoken.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("--no-index", action="store_true")
    options = parser.parse_args()
    django.setup()
    from kb.models import Article

    made: list[Any] = []
    for one in _articles(options.articles):
        made.append(one)
        if len(made) == BATCH:
            Article.objects.bulk_create(made)
            made = []
    Article.objects.bulk_create(made)
    json.dump({} if options.no_index else _index(), sys.stdout)


def _articles(count: int) -> Iterator[Any]:
    from kb.models import Article

    spoken = languages(count)
    for number in range(count):
        random = Random(f"{SEED} text {number}")
        fields: dict[str, str] = {}
        for code, title in titles(number, spoken).items():
            language = spoken[code]
            fields |= {
                f"title_{code}": _said(title),
                f"slug_{code}": f"x-{number}-{code}",
                f"short_answer_{code}": _said(language.text(ANSWER, random)),
                f"body_{code}": f"<p>{_said(language.text(BODY, random))}</p>",
            }
        made = Article(code=f"X-{number}", live=True, **fields)
        for code in ("ru", "en", "uk"):
            made.declare_translated(code)
        yield made


def _said(words: Sequence[str]) -> str:
    return " ".join(words).capitalize()[: 200 if len(words) < ANSWER else 400]


def _index() -> dict[str, float]:
    from django.conf import settings

    from kb.search import indexing

    began = time.process_time()
    indexing.rebuild()
    engine: Any = settings.SEARCH["default"]
    folder = Path(engine["OPTIONS"]["directory"])
    current = folder / (folder / "current").read_text().strip()
    size = sum(file.stat().st_size for file in current.iterdir())
    return {"build_s": round(time.process_time() - began, 1), "index_mb": round(size / 1e6, 1)}


if __name__ == "__main__":
    main()
