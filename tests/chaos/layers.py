"""A channel layer whose hints go astray, on purpose."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer

MODES = ("sound", "dropped", "doubled", "reordered")


class Troubled(RedisPubSubChannelLayer):
    """Reads what to do with the next hint from the file CHAOS_MODE names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: list[tuple[str, dict[str, Any]]] = []

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        mode = Path(os.environ["CHAOS_MODE"]).read_text().strip()
        if mode == "dropped":
            return
        sent = [(group, message)]
        if mode == "doubled":
            sent *= 2
        if mode == "reordered":
            self._kept += sent
            if len(self._kept) < 4:
                return
            sent, self._kept = self._kept, []
            random.shuffle(sent)
        for where, what in sent:
            await self._get_layer().group_send(where, what)
