"""What processes tell each other: "these consultations have news", once for all that was stored together.

It goes over the channel layer to one group that every process with open sockets has joined. The in-process layer
has nobody else to tell: there the news stays in `chat.live`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections.abc import Callable
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer

logger = logging.getLogger(__name__)
GROUP = "chat.news"
PATIENCE = 2.0  # seconds; whoever wrote the message must not wait for a layer that does not answer
AGAIN = 1.0  # seconds until a layer that failed is tried again
Numbers = list[tuple[int, int, int]]  # consultation, public number, number of staff
Hear = Callable[[Numbers, bool], None]
_here = f"{os.getpid()}-{secrets.token_hex(4)}"


def is_shared() -> bool:
    """Whether there can be other processes to tell."""
    return not isinstance(get_channel_layer(), InMemoryChannelLayer)


async def send(numbers: Numbers, *, is_queue_changed: bool) -> None:
    """Tell the other processes. Raises what the layer raises, TimeoutError when it does not answer."""
    message = {"type": "news", "from": _here, "of": [list(one) for one in numbers], "queue": is_queue_changed}
    async with asyncio.timeout(PATIENCE):
        await get_channel_layer().group_send(GROUP, message)


async def listen(hear: Hear) -> None:
    """Call `hear` with what other processes tell, for ever; a layer that is away is tried again."""
    while True:
        try:
            layer = get_channel_layer()
            channel = await layer.new_channel()
            await layer.group_add(GROUP, channel)
            while True:
                _take(await layer.receive(channel), hear)
        except Exception as trouble:  # without hints the heartbeat brings the news, a little later
            logger.warning("chat: the layer did not answer: %s", type(trouble).__name__)
            await asyncio.sleep(AGAIN)


def _take(message: dict[str, Any], hear: Hear) -> None:
    if message.get("from") != _here:
        hear([(one[0], one[1], one[2]) for one in message["of"]], bool(message["queue"]))
