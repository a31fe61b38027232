"""The bare application under the server's own options: `python -m tests.bench.chat.bare_server PORT WORKERS`."""

from __future__ import annotations

import os
import signal
import socket
import sys
from types import FrameType

import uvicorn

from portal.project.listening import options


def serve(port: int) -> None:
    queue = socket.socket()
    queue.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    queue.bind(("127.0.0.1", port))
    config = uvicorn.Config("tests.bench.chat.bare:application", **options(), log_level="warning")
    uvicorn.Server(config).run(sockets=[queue])


def main(port: int, workers: int) -> None:
    children = []
    for _ in range(workers):
        child = os.fork()
        if not child:
            serve(port)
            os._exit(0)
        children.append(child)

    def end(number: int, frame: FrameType | None) -> None:
        for child in children:
            os.kill(child, signal.SIGTERM)

    signal.signal(signal.SIGTERM, end)
    for child in children:
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
