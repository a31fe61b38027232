"""The desk's socket: hints that something is new. What is new the page asks for itself, over HTTP."""

from __future__ import annotations

import time
from importlib import import_module
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from charter.memberships import reach_of
from chat import access, events, wire
from chat.actions import presence
from portal.core import second_factor
from portal.core.models import User

SHORTEST = 5.0  # seconds between two signs of life that are looked at


class DeskSocket(wire.WithoutLayer, AsyncJsonWebsocketConsumer):
    """Follows the queue and at most one conversation of the one who signed in.

    A frame carries no facts, so what a colleague may not see can't leak here. Rights are asked again with each
    sign of life, so that a socket ends soon after a membership or the session does.
    """

    async def connect(self) -> None:
        self.joined: list[str] = []
        self.looked_at = 0.0
        if not wire.is_same_origin(self.scope):
            await self.close()
            return
        user = await self._staff()
        if user is None:
            await self.accept()  # else the browser would not see the code
            await self.close(4403)
            return
        await self._join(events.DESK)
        asked = wire.query(self.scope).get("open", "")
        group = await self._group_of(asked, user) if asked else None
        if group:
            await self._join(group)
        await self.accept()  # the page asks what is new as soon as it is open: nothing falls between

    async def disconnect(self, code: int) -> None:
        for group in self.joined:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """The only frame a desk sends is a sign of life; whatever it says is taken as one."""
        if time.monotonic() - self.looked_at < SHORTEST:
            return
        self.looked_at = time.monotonic()
        user = await self._staff()
        if user is not None:
            await database_sync_to_async(presence.beat)(user)
        else:
            await self.close(4403)

    async def queue_changed(self, hint: dict[str, Any]) -> None:
        await self.send_json({"type": "queue"})

    async def news(self, hint: dict[str, Any]) -> None:
        await self.send_json({"type": "news"})

    async def _join(self, group: str) -> None:
        await self.channel_layer.group_add(group, self.channel_name)
        self.joined.append(group)

    @database_sync_to_async
    def _staff(self) -> User | None:
        """Who is signed in now, if they work here. The session is read anew: it may have ended elsewhere."""
        visit = HttpRequest()
        visit.session = import_module(settings.SESSION_ENGINE).SessionStore(self.scope["session"].session_key)
        user = get_user(visit)
        if not isinstance(user, User) or second_factor.is_missing(user):
            return None
        return user if reach_of(user, *access.ROLES) else None

    @database_sync_to_async
    def _group_of(self, public_id: str, user: User) -> str | None:
        try:
            return events.group_of(access.get_for_staff(public_id, user=user).pk)
        except access.NotThere:
            return None
