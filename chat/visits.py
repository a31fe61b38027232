"""Visits to the database from what is live: threads of their own, each with a line that stays open.

Opening a line for each visit would cost more than the visit; one that broke is opened anew.
"""

from __future__ import annotations

import asyncio
import copy
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections

logger = logging.getLogger(__name__)
BROKEN = (OperationalError, InterfaceError)
Answer = TypeVar("Answer")


class Room:
    """A few threads that do one kind of work."""

    def __init__(self, name: str, *, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=f"chat-{name}", initializer=_take_own_line)

    async def visit(self, work: Callable[[], Answer]) -> Answer:
        """What `work` answers. Raises what it raises; the line is not used again after any trouble."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _guarded, work)

    async def read(self, work: Callable[[], Answer]) -> Answer:
        """The same for work that changes nothing: once more when the line was broken."""
        try:
            return await self.visit(work)
        except BROKEN:
            return await self.visit(work)


def _take_own_line() -> None:
    """Past the pool: after a restart of the database it waits longer and longer before it tries again."""
    shared = connections[DEFAULT_DB_ALIAS]
    if "pool" in shared.settings_dict["OPTIONS"]:
        settings = copy.deepcopy(shared.settings_dict)
        del settings["OPTIONS"]["pool"]
        connections[DEFAULT_DB_ALIAS] = type(shared)(settings, DEFAULT_DB_ALIAS)


def _guarded(work: Callable[[], Answer]) -> Answer:
    try:
        return work()
    except LookupError:  # an answer too: there is no such thing
        raise
    except Exception:
        connection.close()
        raise


writer = Room("writer", threads=1)
reader = Room("reader", threads=1)
door = Room("door", threads=2)
