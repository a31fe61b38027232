"""The floor of connects: an ASGI application that accepts a socket and does nothing else."""

from __future__ import annotations

from typing import Any


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Accept, say that it is live, wait for the end."""
    if scope["type"] != "websocket":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        if "hello" in (message.get("text") or ""):
            await send({"type": "websocket.send", "text": '{"type": "live", "head": 1}'})
