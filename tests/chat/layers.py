"""Layers on their worst days."""

from __future__ import annotations

from typing import Any


class Away:
    """Nobody answers there, though there are other processes to tell."""

    async def new_channel(self, prefix: str = "") -> str:
        raise ConnectionRefusedError

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        raise ConnectionRefusedError
