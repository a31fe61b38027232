"""A layer on its worst day."""

from __future__ import annotations

from typing import Any

from channels.layers import InMemoryChannelLayer


class Forgetful(InMemoryChannelLayer):
    """Loses every hint."""

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        return None
