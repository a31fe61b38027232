"""A resident's socket: greets, catches up, follows; sends what is written.

A bare ASGI application, not a consumer of Channels: see docs/decisions/0006-bare-sockets.md.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from contextlib import suppress
from typing import Any

from django.conf import settings

from chat import access, cookie, protocol, pulling, wire
from chat.actions.errors import Refused
from chat.actions.messages import fit
from chat.actions.storing import Draft, Entry, Sent
from chat.followers import Resident
from chat.live import hub
from chat.models import EventKind
from chat.protocol import Close, Garbled, Hello, Say
from chat.wire import Receive, Scope, Send
from chat.writing import Letter, Outcome, writer
from portal.core import audit

logger = logging.getLogger(__name__)


async def resident(scope: Scope, receive: Receive, send: Send) -> None:
    """One socket, from its opening to its end."""
    await receive()
    if not wire.is_same_origin(scope):
        await send({"type": "websocket.close"})
        return
    await send({"type": "websocket.accept"})
    try:
        line = await _opened(scope, send)
    except access.NotThere:
        await _close(send, Close.NOT_YOURS)
        return
    except Exception as trouble:  # the database is away
        logger.warning("chat: a socket was not opened: %s", type(trouble).__name__)
        await _close(send, Close.COME_BACK)
        return
    if not hub().join(line, most=settings.CHAT_LIMITS["sockets"]):
        await _close(send, Close.TOO_MANY_SOCKETS)
        return
    try:
        while (message := await receive())["type"] == "websocket.receive":
            line.take(message.get("text"))
    finally:
        hub().leave(line)


async def _opened(scope: Scope, send: Send) -> ResidentSocket:
    token = cookie.token_in(scope)
    key = await pulling.key(str(scope["url_route"]["kwargs"]["public_id"]), token)
    return ResidentSocket(send, key, digest=access.token_digest(token), language=wire.language_of(scope))


async def _close(send: Send, code: Close) -> None:
    with suppress(Exception):  # the other side was faster
        await send({"type": "websocket.close", "code": int(code)})


class ResidentSocket(Resident):
    """Follows from the moment it says hello; what it sends is answered after the commit. Knows only public events."""

    __slots__ = ("_closing", "_digest", "_frames", "_send", "_window")

    def __init__(self, send: Send, key: pulling.Key, *, digest: str, language: str) -> None:
        super().__init__(key.grant_id, key.consultation_id, language=language)
        self._send = send
        self._digest = digest
        self._window, self._frames = self.began, 0
        self._closing: asyncio.Task[None] | None = None

    def take(self, text: str | None) -> None:
        """One frame from the browser."""
        if self._closing is not None:
            return
        try:
            frame = protocol.read(text)
        except Garbled:
            self._close(Close.GARBLED)
            return
        if self._is_flood():
            self._close(Close.TOO_MANY_SOCKETS)
        elif isinstance(frame, Hello):
            self.sent = frame.since
            hub().follow(self)
        else:
            self._say(frame)

    def write(self, frame: str) -> bool:
        return self._closing is None and wire.write_now(self._send, frame)

    def show_out(self) -> None:
        self._close(Close.NOT_YOURS)

    def say_bye(self, retry_in: float) -> None:
        self.write(json.dumps({"type": "bye", "retry_in": round(retry_in, 1)}))
        self._close(Close.COME_BACK)

    def _say(self, said: Say) -> None:
        try:
            text = fit(said.text)
        except Refused as refused:
            self._answer(protocol.refusal(said.client_id, refused.code))
            return
        draft = Draft(EventKind.MESSAGE, by=audit.RESIDENT, client_id=said.client_id, text=text, language=None)
        entry = Entry(self.consultation_id, draft, grant_id=self.grant_id)
        writer().post(Letter(entry, self._digest, lambda outcome: self._answered(said, outcome)))

    def _answered(self, said: Say, outcome: Outcome) -> None:
        if isinstance(outcome, Sent):
            self._answer(protocol.ack(outcome))
        elif isinstance(outcome, Refused):
            self._answer(protocol.refusal(said.client_id, outcome.code))
        else:
            self.show_out()

    def _answer(self, frame: dict[str, Any]) -> None:
        """An answer that finds the line full is lost; the browser sends again and hears it then."""
        self.write(json.dumps(frame))

    def _is_flood(self) -> bool:
        now = time.monotonic()
        if now - self._window > 60:
            self._window, self._frames = now, 0
        self._frames += 1
        return self._frames > settings.CHAT_LIMITS["frames_a_minute"]

    def _close(self, code: Close) -> None:
        if self._closing is None:
            self._closing = asyncio.get_running_loop().create_task(_close(self._send, code))
