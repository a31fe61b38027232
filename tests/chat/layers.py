"""Layers on their worst days."""

from __future__ import annotations

from typing import Any

from channels.layers import InMemoryChannelLayer


class Forgetful(InMemoryChannelLayer):
    """Loses every hint."""

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        return None


class Away(InMemoryChannelLayer):
    """Nobody answers there."""

    async def new_channel(self, prefix: str = "") -> str:
        raise ConnectionRefusedError

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        raise ConnectionRefusedError
