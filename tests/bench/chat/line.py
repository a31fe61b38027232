"""A socket's other end, as cheap as Python allows: the load generator shares the processors with what it measures.

It knows of the protocol what docs/protocol.md says, and nothing of our modules.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import struct
from collections.abc import Callable
from typing import Any, cast

Frame = dict[str, Any]


class Refused(ConnectionError):
    """The door was not opened; the text is the first line of the answer."""


class Line(asyncio.Protocol):
    """An open socket. `on_frame` gets every frame, `on_close` the code once it is closed (1006: without one)."""

    def __init__(self, request: bytes, on_frame: Callable[[Frame], None], on_close: Callable[[int], None]) -> None:
        self._request = request
        self._on_frame, self._on_close = on_frame, on_close
        self._buffer = b""
        self._is_open = self._is_closed = False
        self._transport: asyncio.Transport
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one without saying so
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._is_open:
            head, end, rest = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            status = head.split(b"\r\n", 1)[0]
            if b" 101 " not in status:
                self._fail(Refused(status.decode()))
                return
            self._is_open, self._buffer = True, rest
            if not self.opened.done():
                self.opened.set_result(None)
        self._frames()

    def connection_lost(self, error: Exception | None) -> None:
        self._fail(Refused("the line broke"))
        self._close(1006)

    def say(self, frame: Frame) -> None:
        self._transport.write(_masked(1, json.dumps(frame).encode()))

    def hang_up(self) -> None:
        self._is_closed = True
        self._transport.close()

    def _frames(self) -> None:
        at, data = 0, self._buffer
        while len(data) - at >= 2:
            size, head = data[at + 1] & 127, 2
            if size == 126:
                if len(data) - at < 4:
                    break
                size, head = struct.unpack_from("!H", data, at + 2)[0], 4
            elif size == 127:
                if len(data) - at < 10:
                    break
                size, head = struct.unpack_from("!Q", data, at + 2)[0], 10
            if len(data) - at < head + size:
                break
            body = data[at + head : at + head + size]
            self._frame(data[at] & 15, body)
            at += head + size
        self._buffer = data[at:]

    def _frame(self, kind: int, body: bytes) -> None:
        if kind == 1:
            self._on_frame(json.loads(body))
        elif kind == 8:
            self._close(struct.unpack("!H", body[:2])[0] if len(body) >= 2 else 1005)
            self._transport.close()
        elif kind == 9:
            self._transport.write(_masked(10, body))

    def _fail(self, error: Exception) -> None:
        if not self.opened.done():
            self.opened.set_exception(error)

    def _close(self, code: int) -> None:
        if not self._is_closed:
            self._is_closed = True
            self._on_close(code)


def _masked(kind: int, body: bytes) -> bytes:
    size, mask = len(body), os.urandom(4)
    if size < 126:
        head = struct.pack("!BB", 128 | kind, 128 | size)
    elif size < 65536:
        head = struct.pack("!BBH", 128 | kind, 254, size)
    else:
        head = struct.pack("!BBQ", 128 | kind, 255, size)
    key = int.from_bytes((mask * (size // 4 + 1))[:size], "big")
    return head + mask + (int.from_bytes(body, "big") ^ key).to_bytes(size, "big")


async def connect(
    port: int,
    path: str,
    cookie: str,
    on_frame: Callable[[Frame], None],
    on_close: Callable[[int], None] = lambda code: None,
) -> Line:
    """An open socket. Raises Refused, OSError."""
    host = f"127.0.0.1:{port}"
    key = base64.b64encode(os.urandom(16)).decode()
    request = (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {key}\r\n\r\n"
    )
    loop = asyncio.get_running_loop()
    transport, line = await loop.create_connection(
        lambda: Line(request.encode(), on_frame, on_close), "127.0.0.1", port
    )
    try:
        await line.opened
    except BaseException:  # refused, or nobody waits any more: the socket must not outlive that
        transport.close()
        raise
    return line
