"""What is remembered of searches: bounded facts, the masked words for 90 days, no cookie and no person.

A result's link carries `?from=<mark>`: the event's number, the place in the list and what stands there, signed.
Events wait in memory and are written together, at most two seconds later.
"""

from __future__ import annotations

import atexit
import logging
import re
import secrets
import threading
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest

from kb.models import SearchEvent
from kb.search.results import SearchResults
from kb.selectors import Reader
from portal.core import clock
from portal.core.crypto import keyed, same
from portal.core.privacy import mask
from portal.core.throttling import network

logger = logging.getLogger(__name__)
PARAMETER = "from"
MOST_WAITING = 200
_CRAWLER = re.compile(
    r"bot\b|crawl|spider|slurp|scrap|preview|archiver|monitor|curl/|wget/|python-|java/|go-http", re.I
)
_SIGNED = re.compile(r"([0-9a-z]{6,13})\.(\d{1,3})\.([a-z]{1,16})\.([\w-]{1,40})\.([0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Opening:
    """A result that was opened."""

    event: int
    position: int
    kind: str
    code: str
    at: Any


class Waiting:
    """What is not written yet. Whoever adds the first starts the clock; nobody waits for the database."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._events: list[SearchEvent] = []
        self._openings: list[Opening] = []
        self._timer: threading.Timer | None = None

    def add(self, item: SearchEvent | Opening) -> None:
        with self._lock:
            (self._events if isinstance(item, SearchEvent) else self._openings).append(item)  # type: ignore[arg-type]
            is_full = len(self._events) + len(self._openings) >= MOST_WAITING
            if settings.SEARCH_LOG_SECONDS and (self._timer is None or is_full):
                self._start(0.0 if is_full else settings.SEARCH_LOG_SECONDS)

    def take(self) -> tuple[list[SearchEvent], list[Opening]]:
        with self._lock:
            taken = self._events, self._openings
            self._events, self._openings, self._timer = [], [], None
            return taken

    def _start(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(seconds, _flush_and_close)
        self._timer.daemon = True
        self._timer.start()


_waiting = Waiting()


def searched(request: HttpRequest, results: SearchResults, *, reader: Reader) -> int | None:
    """Remember a search; its number, for the marks of its links. None for what is no search of a person."""
    is_first_page = results.offset == 0
    if not results.typed or results.lookup or results.is_down or not is_first_page or is_crawler(request):
        return None
    number = _new_number()
    _waiting.add(
        SearchEvent(
            pk=number,
            at=clock.now(),
            language=results.language,
            words=mask(results.typed)[:200],
            asker=_asker(request, results.typed),
            results=results.total,
            rewritten=results.rewritten,
            reader=reader,
        )
    )
    return number


def _asker(request: HttpRequest, typed: str) -> str:
    """Tells whether others asked the same; other words of the same network have another mark."""
    return keyed("asker", f"{network(request)} {typed.casefold()}")[:12]


def sign(number: int, position: int, kind: str, code: str) -> str:
    """The mark of one result's link."""
    said = f"{_short(number)}.{position}.{kind}.{code}"
    return f"{said}.{_seal(said)}"


def opened(request: HttpRequest) -> None:
    """Remember that a result was opened, when the address carries an honest mark. Prefetching opens nothing."""
    found = _SIGNED.fullmatch(request.GET.get(PARAMETER, ""))
    if found is None or "prefetch" in request.headers.get("Sec-Purpose", "") or is_crawler(request):
        return
    number, position, kind, code, seal = found.groups()
    if same(seal, _seal(f"{number}.{position}.{kind}.{code}")):
        _waiting.add(Opening(int(number, 36), int(position), kind, code, clock.now()))


def sign_event(number: int) -> str:
    """The mark of a search as a whole, for "tell us what you looked for"."""
    said = _short(number)
    return f"{said}.{_seal(said)}"


def note_missing(mark_of_event: str, text: str) -> bool:
    """Keep in a resident's words what they did not find; the later note replaces the earlier one."""
    number, _, seal = mark_of_event.partition(".")
    if not re.fullmatch(r"[0-9a-z]{6,13}", number) or not same(seal, _seal(number)):
        return False
    flush()
    found = SearchEvent.objects.filter(pk=int(number, 36))
    return bool(found.update(missing_note=mask(" ".join(text.split()))[:500]))


def flush() -> None:
    """Write what waits. What the database does not take now is lost and said: statistics hold nobody up."""
    events, openings = _waiting.take()
    try:
        if events:
            SearchEvent.objects.bulk_create(events, ignore_conflicts=True)
        for one in openings:
            SearchEvent.objects.filter(pk=one.event, opened_at__isnull=True).update(
                opened_kind=one.kind, opened_code=one.code, opened_position=one.position, opened_at=one.at
            )
    except DatabaseError:
        logger.exception("search: %d events could not be kept", len(events) + len(openings))


def _flush_and_close() -> None:
    try:
        flush()
    finally:
        connections.close_all()


def is_crawler(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "")
    return not agent or bool(_CRAWLER.search(agent))


def _new_number() -> int:
    """Known before it is written: 40 bits of milliseconds, 18 of chance. Other makers of events count from one."""
    return (int(time.time() * 1000) << 18) | secrets.randbits(18)


def _short(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    said = ""
    while number:
        number, rest = divmod(number, 36)
        said = digits[rest] + said
    return said


def _seal(said: str) -> str:
    return keyed("search", said)[:12]


atexit.register(flush)
