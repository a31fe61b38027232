"""Who follows which conversation in this process, and the one heartbeat for all of them.

Every 15 seconds one query tells each follower how far their conversation has come – and that they still hold its
key. So a hint that was lost is made good, and whoever lost their right is shown out.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from typing import Protocol

from channels.db import database_sync_to_async

from chat import access

logger = logging.getLogger(__name__)
SECONDS = 15
PATIENCE = 10.0  # seconds for one follower to take the news


class Follower(Protocol):
    """An open socket of a resident."""

    grant_id: int

    async def beat(self, head: int | None) -> None:
        """`head`: the last public number; None: the key is no longer good."""


class Heartbeat:
    """The followers of one event loop. It beats while there are any."""

    def __init__(self) -> None:
        self._followers: dict[int, set[Follower]] = defaultdict(set)
        self._beating: asyncio.Task[None] | None = None

    def join(self, follower: Follower, *, most: int) -> bool:
        """False when this key has `most` sockets already."""
        mine = self._followers[follower.grant_id]
        if len(mine) >= most:
            return False
        mine.add(follower)
        if self._beating is None or self._beating.done():
            self._beating = asyncio.get_running_loop().create_task(self._run())
        return True

    def leave(self, follower: Follower) -> None:
        self._followers[follower.grant_id].discard(follower)
        if not self._followers[follower.grant_id]:
            del self._followers[follower.grant_id]
        if not self._followers and self._beating is not None:
            self._beating.cancel()
            self._beating = None

    async def beat(self) -> None:
        """Tell everybody once."""
        try:
            heads = await _heads(list(self._followers))
        except Exception as trouble:  # the database is away: nobody is shown out for that
            logger.warning("chat: no heartbeat: %s", type(trouble).__name__)
            return
        known = [(follower, heads.get(grant)) for grant, each in self._followers.items() for follower in each]
        await asyncio.gather(*(_tell(follower, head) for follower, head in known))

    async def _run(self) -> None:
        while self._followers:
            await asyncio.sleep(SECONDS)
            await self.beat()


async def _tell(follower: Follower, head: int | None) -> None:
    try:
        await asyncio.wait_for(follower.beat(head), PATIENCE)
    except Exception as trouble:  # one broken or sleepy socket must not keep the others waiting
        logger.info("chat: a socket was gone at the heartbeat: %s", type(trouble).__name__)


def _read_heads(grant_ids: list[int]) -> dict[int, int]:
    return access.heads_of_grants(grant_ids)


_heads = database_sync_to_async(_read_heads, thread_sensitive=False)
_of_loops: dict[asyncio.AbstractEventLoop, Heartbeat] = {}


def heartbeat() -> Heartbeat:
    """The one of this event loop; a server has one loop, tests have many."""
    loop = asyncio.get_running_loop()
    for closed in [known for known in _of_loops if known.is_closed()]:
        del _of_loops[closed]
    return _of_loops.setdefault(loop, Heartbeat())
