"""People who do not give up: a resident and a consultant with an outbox each, as docs/protocol.md asks of clients."""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from typing import Any
from uuid import uuid4

from tests.bench.chat.line import Frame, Line, connect

SILENCE = 40.0
ANSWER = 8.0  # seconds for an acknowledgement; then the same message goes again


class Person:
    """One side of one conversation. `heard`: (number, text) in the order they came; `stored`: numbers by client id."""

    def __init__(self, port: int, path: str, cookie: str, *, consultation: str = "") -> None:
        self._port, self._path, self._cookie, self._consultation = port, path, cookie, consultation
        self.heard: list[tuple[int, str]] = []
        self.stored: dict[str, int] = {}
        self.outbox: deque[tuple[str, str]] = deque()
        self.wrong: list[str] = []
        self.outages: list[tuple[float, float]] = []  # lost at, live again at
        self._line: Line | None = None
        self._live = asyncio.Event()
        self._closed = asyncio.Event()
        self._acked = asyncio.Event()
        self._heard_at = 0.0

    @property
    def last(self) -> int:
        return self.heard[-1][0] if self.heard else 0

    def write(self, text: str) -> None:
        self.outbox.append((str(uuid4()), text))

    async def live(self) -> None:
        """Keep the line open and the outbox moving until cancelled."""
        sending = asyncio.create_task(self._send())
        try:
            await self._keep_open()
        finally:
            sending.cancel()
            if self._line is not None:
                self._line.hang_up()

    async def _keep_open(self) -> None:
        tries, lost_at = 0, 0.0
        while True:
            self._closed.clear()
            self._live.clear()
            try:
                async with asyncio.timeout(10):
                    self._line = await connect(
                        self._port, self._path, self._cookie, self._hear, lambda _code: self._lost()
                    )
                    self._greet(self._line)
                    await self._wait_live()
            except (OSError, TimeoutError):
                if self._line is not None:
                    self._line.hang_up()
            if self._live.is_set():
                if lost_at:
                    self.outages.append((lost_at, time.monotonic()))
                tries = 0
                await self._until_lost()
                lost_at = time.monotonic()
            tries += 1
            await asyncio.sleep(random.random() * min(4.0, 0.5 * 2**tries))

    async def _wait_live(self) -> None:
        waits = [asyncio.create_task(self._live.wait()), asyncio.create_task(self._closed.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def _until_lost(self) -> None:
        while not self._closed.is_set() and time.monotonic() - self._heard_at < SILENCE:
            try:
                await asyncio.wait_for(self._closed.wait(), 5)
            except TimeoutError:
                assert self._line is not None
                if self._consultation:
                    self._line.say({"type": "beat"})
        if self._line is not None:
            self._line.hang_up()
        self._live.clear()

    def _greet(self, line: Line) -> None:
        if self._consultation:
            line.say({"type": "follow", "consultation": self._consultation, "since": self.last})
        else:
            line.say({"type": "hello", "since": self.last})

    async def _send(self) -> None:
        while True:
            await self._live.wait()
            if not self.outbox:
                await asyncio.sleep(0.02)
                continue
            client_id, text = self.outbox[0]
            self._acked.clear()
            frame: dict[str, Any] = {"type": "send", "client_id": client_id, "text": text}
            if self._consultation:
                frame["consultation"] = self._consultation
            if self._line is not None:
                self._line.say(frame)
            try:
                await asyncio.wait_for(self._acked.wait(), ANSWER)
            except TimeoutError:
                continue
            if client_id in self.stored:
                self.outbox.popleft()
            else:  # ours: trying again helps
                await asyncio.sleep(0.5)

    def _lost(self) -> None:
        self._live.clear()
        self._closed.set()
        self._acked.set()

    def _hear(self, frame: Frame) -> None:
        self._heard_at = time.monotonic()
        kind = frame["type"]
        if kind == "events":
            for event in frame["events"]:
                self._take(event)
        elif kind == "live":
            self._live.set()
        elif kind == "ack":
            number = frame["sequence"]
            if self.stored.setdefault(frame["client_id"], number) != number:
                self.wrong.append(f"acknowledged twice: {number}")
            self._acked.set()
        elif kind == "refused":
            if frame["code"] != "trouble":
                self.wrong.append(f"refused: {frame['code']}")
            self._acked.set()
        elif kind == "gone":
            self.wrong.append("shown out")

    def _take(self, event: Frame) -> None:
        number = event["sequence"]
        if number <= self.last:
            return  # known already: a doubled answer harms nobody
        if number != self.last + 1:
            self.wrong.append(f"{number} after {self.last}")
        self.heard.append((number, event["text"]))
