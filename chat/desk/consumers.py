"""The desk's socket: hints that something is new. What is new the page asks for itself, over HTTP."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from charter.memberships import reach_of
from chat import access, events, wire
from chat.actions import presence
from portal.core import second_factor
from portal.core.models import User


class DeskSocket(AsyncJsonWebsocketConsumer):
    """Follows the queue and at most one conversation of the one who signed in.

    A frame carries no facts, so what a colleague may not see can't leak here. Rights are asked again with each
    sign of life, so that a socket ends soon after a membership or the session does.
    """

    async def connect(self) -> None:
        self.user = self.scope.get("user")
        self.joined: list[str] = []
        if not wire.is_same_origin(self.scope):
            await self.close()
            return
        await self.accept()
        if not await self._is_staff():
            await self.close(4403)
            return
        await self._join(events.DESK)
        asked = parse_qs(self.scope.get("query_string", b"").decode("ascii", "ignore")).get("open", [""])[0]
        group = await self._group_of(asked) if asked else None
        if group:
            await self._join(group)

    async def disconnect(self, code: int) -> None:
        for group in self.joined:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """The only frame a desk sends is a sign of life; whatever it says is taken as one."""
        if await self._is_staff():
            await database_sync_to_async(presence.beat)(self.user)
        else:
            await self.close(4403)

    @classmethod
    async def decode_json(cls, text_data: str) -> Any:
        return None

    async def queue_changed(self, hint: dict[str, Any]) -> None:
        await self.send_json({"type": "queue"})

    async def news(self, hint: dict[str, Any]) -> None:
        await self.send_json({"type": "news"})

    async def _join(self, group: str) -> None:
        await self.channel_layer.group_add(group, self.channel_name)
        self.joined.append(group)

    @database_sync_to_async
    def _is_staff(self) -> bool:
        if not isinstance(self.user, User):
            return False
        fresh = User.objects.filter(pk=self.user.pk, is_active=True).first()
        if fresh is None or second_factor.is_missing(fresh):
            return False
        return bool(reach_of(fresh, *access.ROLES))

    @database_sync_to_async
    def _group_of(self, public_id: str) -> str | None:
        assert isinstance(self.user, User)  # noqa: S101  (asked before)
        try:
            return events.group_of(access.get_for_staff(public_id, user=self.user).pk)
        except access.NotThere:
            return None
