"""What comes in by sockets is stored together: one writer a process takes what arrived in a few milliseconds.

While one batch is being committed the next one gathers, so the busier it is, the less a message costs. Where it is
quiet nobody waits for company.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from chat import access, events, limits, visits
from chat.actions import storing
from chat.actions.errors import Refused, TooOften, Trouble
from chat.actions.storing import Entry, Sent, Tell
from chat.events import News
from chat.loops import OfLoops

logger = logging.getLogger(__name__)
MOST = 100  # entries a batch
GATHER = 0.002  # seconds
BUSY = 4  # entries in the last batch, from which on it pays to wait for more
Outcome = Sent | Refused | access.NotThere


class Letter(NamedTuple):
    """Something to store; `answer` is called in the event loop with what became of it."""

    entry: Entry
    limited_as: str  # whose messages are counted; empty: nobody's
    answer: Callable[[Outcome], None]


class Writer:
    """The one of an event loop."""

    def __init__(self) -> None:
        self._waiting: deque[Letter] = deque()
        self._task: asyncio.Task[None] | None = None
        self._last = 0  # entries in the last batch

    def post(self, letter: Letter) -> None:
        """Stored in the order they come."""
        self._waiting.append(letter)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        while self._waiting:
            if self._last >= BUSY and len(self._waiting) < MOST:
                await asyncio.sleep(GATHER)
            self._last = min(MOST, len(self._waiting))
            batch = [self._waiting.popleft() for _ in range(self._last)]
            outcomes, news = await _stored(batch)
            for letter, outcome in zip(batch, outcomes, strict=True):
                letter.answer(outcome)
            if news:  # whoever wrote hears first that it is stored
                events.announce(news)


async def _stored(batch: Sequence[Letter]) -> tuple[Sequence[Outcome], list[News]]:
    news: list[News] = []
    try:
        return await visits.writer.visit(lambda: _store(batch, news)), news
    except Exception:  # nothing of it may reach the other side
        logger.exception("chat: %s messages were not stored", len(batch))
        return [Trouble() for _ in batch], news


def _store(batch: Sequence[Letter], news: list[News]) -> list[Outcome]:
    is_allowed = limits.may_write([letter.limited_as for letter in batch])
    entries = [letter.entry for letter, may in zip(batch, is_allowed, strict=True) if may]
    outcomes = iter(_together_or_alone(entries, news.extend) if entries else [])
    return [next(outcomes) if may else TooOften() for may in is_allowed]


def _together_or_alone(entries: Sequence[Entry], tell: Tell) -> list[Outcome]:
    try:
        return storing.store(entries, tell=tell)
    except visits.BROKEN:
        raise
    except Exception:  # one of them is at fault: its neighbours must not suffer
        logger.exception("chat: a batch of %s was not stored; each goes alone", len(entries))
        return [_alone(entry, tell) for entry in entries]


def _alone(entry: Entry, tell: Tell) -> Outcome:
    try:
        return storing.store([entry], tell=tell)[0]
    except visits.BROKEN:
        raise
    except Exception:
        logger.exception("chat: a message was not stored")
        return Trouble()


writer = OfLoops(Writer)
