"""Redis: in memory only, on a port of its own."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

from tests.services.base import Service, give_to

USER = "nobody"


class Redis(Service):
    name = "Redis"
    variable = "REDIS_URL"
    packages = ("redis-server",)

    def missing(self) -> str:
        return "" if shutil.which("redis-server") else "the program redis-server is not here"

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self, folder: Path) -> None:
        give_to(USER, folder)
        options = {"port": self.port, "bind": "127.0.0.1", "save": "", "appendonly": "no", "dir": folder}
        command = ["redis-server", *(word for name, value in options.items() for word in (f"--{name}", str(value)))]
        self.spawn(command, user=USER)

    def answers(self) -> bool:
        with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
