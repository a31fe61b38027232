"""What search would be without this project: folded words of title and text in one field, BM25, no stop words."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

from tests.bench.search.judged import Document

K1, B = 1.2, 0.75
_WORD = re.compile(r"\w+")


def folded(text: str) -> list[str]:
    """Lower-case words without marks."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return _WORD.findall(bare.lower())


class Baseline:
    """BM25 written out; it needs no engine and is the same beside each."""

    def __init__(self, documents: Sequence[Document]) -> None:
        texts: defaultdict[str, list[str]] = defaultdict(list)
        for one in documents:
            texts[one.code] += folded(f"{one.title} {one.text}")
        self._lengths = {code: len(words) for code, words in texts.items()}
        self._average = sum(self._lengths.values()) / max(1, len(texts))
        self._places: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for code, words in texts.items():
            for word, count in Counter(words).items():
                self._places[word].append((code, count))

    def found(self, text: str, *, limit: int = 10) -> list[str]:
        """Codes in order of their score; equal scores by code."""
        scores: defaultdict[str, float] = defaultdict(float)
        for word in folded(text):
            having = self._places.get(word, ())
            weight = math.log(1 + (len(self._lengths) - len(having) + 0.5) / (len(having) + 0.5))
            for code, count in having:
                length = 1 - B + B * self._lengths[code] / self._average
                scores[code] += weight * count * (K1 + 1) / (count + K1 * length)
        return sorted(scores, key=lambda code: (-scores[code], code))[:limit]
