"""How sockets are served, alone or by several processes: the options of the server, and its farewell."""

from __future__ import annotations

import socket
import sys
from typing import Any

import uvicorn

APPLICATION = "portal.project.asgi:application"
BIGGEST_FRAME = 65536
SWITCH = 0.001  # seconds a thread may keep the others from running: sockets must not wait for a query


def options() -> dict[str, Any]:
    """What is the same wherever we serve. Frames are not deflated: a conversation would keep 100 KB more."""
    return {
        "loop": "uvloop",  # a fifth less processor time a frame
        "ws": "websockets-sansio",
        "ws_max_size": BIGGEST_FRAME,
        "ws_per_message_deflate": False,
        "lifespan": "off",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "backlog": 4096,
        "timeout_graceful_shutdown": 3,
    }


class Server(uvicorn.Server):
    """Before it ends it asks open sockets to come back soon, not all at the same moment."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        sys.setswitchinterval(SWITCH)
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        from chat.live import hub

        for server in self.servers:
            server.close()
        await hub().farewell()
        await super().shutdown(sockets)
