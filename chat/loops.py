"""One of a thing for each event loop: a server has one loop, tests have many."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class OfLoops(Generic[Thing]):
    """Call it inside a loop to get that loop's own."""

    def __init__(self, make: Callable[[], Thing]) -> None:
        self._make = make
        self._made: dict[asyncio.AbstractEventLoop, Thing] = {}

    def __call__(self) -> Thing:
        loop = asyncio.get_running_loop()
        thing = self._made.get(loop)
        if thing is None:
            for closed in [known for known in self._made if known.is_closed()]:
                del self._made[closed]
            thing = self._made[loop] = self._make()
        return thing
