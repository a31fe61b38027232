"""Which of the things found a reader may find as they stand now, and when each was last checked.

For residents an answer of the database holds as long as a page is kept: until something is published or taken back,
a minute at most. A card is read anew each time all the same, so what is shown never rests on this; counts do.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Mapping

from django.conf import settings

from kb.search.documents import sources
from kb.selectors import Reader
from portal.core import caching

MOST_KEPT = 20_000
Name = tuple[str, str]  # kind, code
Checked = dt.date | None


class _Kept:
    """What the database answered since something was last published; of codes that may not be found too."""

    def __init__(self) -> None:
        self._since: tuple[int, float] = (-1, 0.0)
        self._answers: dict[str, dict[str, tuple[Checked, bool]]] = {}

    def answers(self) -> dict[str, dict[str, tuple[Checked, bool]]]:
        """By kind and code, empty when they are out of date: whoever holds the old ones fills those in vain."""
        generation, now = caching.generation(), time.monotonic()
        known_of, since = self._since
        is_full = sum(map(len, self._answers.values())) > MOST_KEPT
        if known_of != generation or now - since > caching.SECONDS or is_full:
            self._since, self._answers = (generation, now), {}
        return self._answers


_kept = _Kept()


def there(names: Collection[Name], reader: Reader) -> dict[Name, Checked]:
    """Those that `reader` may find, with the day of their last check; at most one query a kind."""
    by_kind: dict[str, list[str]] = {}
    for kind, code in names:
        by_kind.setdefault(kind, []).append(code)
    ask = _remembered if reader == Reader.RESIDENT and settings.PAGE_CACHE else _asked
    found: dict[Name, Checked] = {}
    for kind in sources():
        if kind in by_kind:
            found |= {(kind, code): day for code, day in ask(kind, by_kind[kind], reader).items()}
    return found


def _asked(kind: str, codes: Collection[str], reader: Reader) -> Mapping[str, Checked]:
    return sources()[kind].findable(codes, reader=reader)


def _remembered(kind: str, codes: Collection[str], reader: Reader) -> Mapping[str, Checked]:
    known = _kept.answers().setdefault(kind, {})
    new = [code for code in codes if code not in known]
    if new:
        found = _asked(kind, new, reader)
        known.update({code: (found.get(code), code in found) for code in new})
    return {code: known[code][0] for code in codes if known[code][1]}
