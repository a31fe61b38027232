"""The sockets' server in production: some processes on one port, begun anew when one dies.

    python -m portal.project.listen --host 0.0.0.0 --port 8000 --workers 2

SIGTERM ends all; SIGHUP replaces them one after the other, so that somebody always listens. Each process has its
own queue of the port (SO_REUSEPORT): the system spreads new sockets evenly, which one shared queue does not.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from types import FrameType

import uvicorn

from portal.project.listening import APPLICATION, Server, options

READY = "PARAMA_READY_FD"  # where a process says that it listens
LONGEST_START = 60.0
SOONEST = 1.0  # seconds between two starts of one process


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m portal.project.listen")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args(arguments)
    if os.environ.get(READY):
        return _serve(given.host, given.port)
    return Supervisor(arguments, workers=given.workers).run()


class Supervisor:
    """Keeps as many processes as it was told."""

    def __init__(self, arguments: list[str], *, workers: int) -> None:
        self._command = [sys.executable, "-m", "portal.project.listen", *arguments]
        self._processes: list[subprocess.Popen[bytes]] = []
        self._workers = workers
        self._begun: list[float] = []
        self._is_ending = self._is_renewing = False

    def run(self) -> int:
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, self._end)
        signal.signal(signal.SIGHUP, self._renew)
        self._processes = [self._start()[0] for _ in range(self._workers)]
        self._begun = [time.monotonic()] * self._workers
        while not self._is_ending:
            time.sleep(0.1)
            self._revive()
            if self._is_renewing:
                self._is_renewing = False
                self._replace_all()
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait()
        return 0

    def _start(self) -> tuple[subprocess.Popen[bytes], int]:
        reading, writing = os.pipe()
        env = os.environ | {READY: str(writing)}
        process = subprocess.Popen(self._command, env=env, pass_fds=[writing])  # noqa: S603  (our own words)
        os.close(writing)
        return process, reading

    def _revive(self) -> None:
        for number, process in enumerate(self._processes):
            if process.poll() is None or self._is_ending or time.monotonic() - self._begun[number] < SOONEST:
                continue
            self._begun[number] = time.monotonic()
            self._processes[number], reading = self._start()
            os.close(reading)

    def _replace_all(self) -> None:
        for number, old in enumerate(self._processes):
            new, reading = self._start()
            is_ready = _wait(reading, new)
            os.close(reading)
            if not is_ready:  # the new code does not start: the old one stays
                new.kill()
                new.wait()
                return
            self._processes[number] = new
            old.terminate()
            old.wait()

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._is_ending = True

    def _renew(self, number: int, frame: FrameType | None) -> None:
        self._is_renewing = True


def _wait(reading: int, process: subprocess.Popen[bytes]) -> bool:
    os.set_blocking(reading, False)
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and process.poll() is None:
        try:
            if os.read(reading, 1):
                return True
        except BlockingIOError:
            pass
        time.sleep(0.05)
    return False


def _serve(host: str, port: int) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.project.settings")
    writing = int(os.environ.pop(READY))

    class Worker(Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            with suppress(BrokenPipeError):  # nobody waits for one that was revived
                os.write(writing, b"1")
            os.close(writing)

    config = uvicorn.Config(APPLICATION, **options())
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)  # a line a socket would name conversations
    config.load()  # before the port: nobody is let in who would have to wait
    with _queue_of_its_own(host, port) as queue:
        Worker(config).run(sockets=[queue])
    return 0


def _queue_of_its_own(host: str, port: int) -> socket.socket:
    queue = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    queue.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    queue.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    queue.bind((host, port))
    return queue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
