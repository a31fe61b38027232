"""A resident's socket: greets, catches up, follows; sends what is written."""

from __future__ import annotations

import json
import logging
import random
import time
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from chat import access, cookie, protocol, pulling, wire
from chat.events import group_of
from chat.live import heartbeat
from chat.protocol import Close, Garbled, Hello, Say
from chat.transcript import PAGE

logger = logging.getLogger(__name__)
OLDEST = 8 * 60 * 60
FRAMES_A_MINUTE = 120


class ResidentSocket(wire.WithoutLayer, AsyncWebsocketConsumer):
    """Joins the group first, then reads what is there: nothing falls between. Knows only public events."""

    grant_id = 0
    consultation_id = 0
    sent = 0
    is_following = False

    async def connect(self) -> None:
        if not wire.is_same_origin(self.scope):
            await self.close()
            return
        await self.accept()
        self.public_id = str(self.scope["url_route"]["kwargs"]["public_id"])
        self.token = cookie.token_in(self.scope)
        self.language = wire.language_of(self.scope)
        self.began = time.monotonic()
        self.window, self.frames = self.began, 0
        try:
            self.grant_id, self.consultation_id = await pulling.key(self.public_id, self.token)
        except access.NotThere:
            await self.close(Close.NOT_YOURS)
            return
        if not heartbeat().join(self, most=settings.CHAT_LIMITS["sockets"]):
            self.grant_id = 0
            await self.close(Close.TOO_MANY_SOCKETS)

    async def disconnect(self, code: int) -> None:
        if self.grant_id:
            heartbeat().leave(self)
        if self.is_following:
            await self._group("group_discard")

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if not self.grant_id:
            return
        try:
            frame = protocol.read(text_data)
        except Garbled:
            await self.close(Close.GARBLED)
            return
        if self._is_flood():
            await self.close(Close.TOO_MANY_SOCKETS)
        elif isinstance(frame, Hello):
            await self._follow(frame)
        else:
            await self._say(frame)

    async def news(self, hint: dict[str, Any]) -> None:
        """From the layer. Old news is no news; several at once are one reading."""
        if hint["sequence"] > self.sent:
            await self._catch_up()

    async def beat(self, head: int | None) -> None:
        """From the heartbeat."""
        if head is None:
            await self.close(Close.NOT_YOURS)
        elif time.monotonic() - self.began > OLDEST:
            await self._frame({"type": "bye", "retry_in": round(random.uniform(0, 4), 1)})  # noqa: S311
            await self.close(Close.COME_BACK)
        elif self.is_following:
            await self._frame({"type": "beat", "head": head})
            if head > self.sent:
                await self._catch_up()

    async def _follow(self, hello: Hello) -> None:
        if not self.is_following:
            self.is_following = True
            await self._group("group_add")
        self.sent = hello.since
        if await self._catch_up():
            await self._frame({"type": "live", "head": self.sent})

    async def _catch_up(self) -> bool:
        """Read and send until there is nothing more; False when the right to read is gone."""
        while True:
            try:
                page = await pulling.page(self.public_id, self.token, self.sent, self.language)
            except access.NotThere:
                await self.close(Close.NOT_YOURS)
                return False
            events = page["events"]
            if events:
                self.sent = events[-1]["sequence"]
                await self._frame(page)
            if len(events) < PAGE:
                return True

    async def _say(self, said: Say) -> None:
        try:
            answer = await pulling.send(self.public_id, self.token, said.client_id, said.text)
        except access.NotThere:
            await self.close(Close.NOT_YOURS)
            return
        await self._frame(answer)
        if self.is_following and answer["type"] == "ack":
            await self._catch_up()

    def _is_flood(self) -> bool:
        now = time.monotonic()
        if now - self.window > 60:
            self.window, self.frames = now, 0
        self.frames += 1
        return self.frames > FRAMES_A_MINUTE

    async def _group(self, what: str) -> None:
        try:
            await getattr(self.channel_layer, what)(group_of(self.consultation_id), self.channel_name)
        except Exception as trouble:  # without hints the heartbeat brings the news, a little later
            logger.warning("chat: the layer did not answer: %s", type(trouble).__name__)

    async def _frame(self, frame: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps(frame, ensure_ascii=False))
