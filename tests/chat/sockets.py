"""Residents' browsers at the live end, as the tests see them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

import chat.sockets
from chat.models import Consultation

SITE = b"testserver"
Communicator: Any = ApplicationCommunicator  # it has no types


def away(work: Callable[..., Any]) -> Callable[..., Any]:
    """Run what touches the database beside the event loop."""
    return sync_to_async(work, thread_sensitive=True)


def _from(token: str, origin: bytes | None) -> dict[str, Any]:
    """What a browser sends along."""
    sent = [(b"host", SITE), (b"cookie", f"consultation={token}".encode())]
    return {"headers": [*sent, (b"origin", origin)] if origin is not None else sent}


class Socket(Communicator):
    """A browser's end of a socket. (The one that Channels brings can't be imported without its own server.)"""

    history: list[dict[str, Any]]

    async def connect(self) -> bool:
        """Whether the door was opened."""
        await self.send_input({"type": "websocket.connect"})
        return bool((await self.receive_output(timeout=5))["type"] == "websocket.accept")

    async def say(self, frame: object) -> None:
        text = frame if isinstance(frame, str) else json.dumps(frame)
        await self.send_input({"type": "websocket.receive", "text": text})

    async def hear(self) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads((await self.receive_output(timeout=5))["text"])
        return frame

    async def next(self, kind: str) -> dict[str, Any]:
        """The next frame of this kind; others are passed over."""
        while (frame := await self.hear())["type"] != kind:
            pass
        return frame

    async def closed_with(self) -> int:
        """The code it is closed with; frames before it are passed over."""
        while (message := await self.receive_output(timeout=5))["type"] != "websocket.close":
            pass
        return int(message["code"])

    async def hang_up(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(timeout=5)


def socket(consultation: Consultation, token: str, *, origin: bytes | None = b"http://" + SITE) -> Socket:
    """A socket that is not open yet."""
    site = AllowedHostsOriginValidator(URLRouter(chat.sockets.websocket_urlpatterns))
    path = f"/ws/consultations/{consultation.public_id}"
    return Socket(site, {"type": "websocket", "path": path, "query_string": b"language=lt", **_from(token, origin)})


@asynccontextmanager
async def following(consultation: Consultation, token: str, *, since: int = 0) -> AsyncIterator[Socket]:
    """An open socket that has said hello and is live; what came before is in `.history`."""
    line = socket(consultation, token)
    assert await line.connect()
    await line.say({"type": "hello", "since": since})
    line.history = []
    while (frame := await line.hear())["type"] != "live":
        line.history += frame["events"]
    yield line
    await line.hang_up()


async def long_poll(consultation: Consultation, token: str, *, since: int, wait: int) -> tuple[int, dict[str, Any]]:
    """Status and content of one long-poll."""
    site = URLRouter(chat.sockets.http_urlpatterns)
    path = f"/ws/consultations/{consultation.public_id}/events"
    query = f"since={since}&wait={wait}".encode()
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query, **_from(token, None)}
    browser = Communicator(site, scope)
    await browser.send_input({"type": "http.request", "body": b""})
    start = await browser.receive_output(timeout=wait + 5)
    body = await browser.receive_output(timeout=5)
    await browser.wait(timeout=5)
    return start["status"], json.loads(body["body"])
