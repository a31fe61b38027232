"""The load generator, a process of its own: pairs that talk, sockets that wait. Prints its figures as JSON.

`python -m tests.bench.chat.load` reads one JSON line of what to do for each line it answers.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import uvloop

from tests.bench.chat.line import Frame, Line, connect

TEXT = "Nr. {number}: ar man priklauso būsto šildymo išlaidų kompensacija, jeigu gyvenu viena ir gaunu pensiją?"
AT_ONCE = 64  # sockets being opened


class Wrong(RuntimeError):
    """Something was lost, doubled or out of order."""


class Talk:
    """One conversation: the resident's socket, and its consultant's desk."""

    def __init__(self, facts: dict[str, Any], load: Load) -> None:
        self.id, self.load = facts["id"], load
        self.desk_number = facts["desk"]
        self.token = facts["token"]
        self.resident: Line
        self.desk: Line
        self.heard = {"resident": 1, "desk": 1}
        self.live: dict[str, asyncio.Future[None]] = {}
        self.number, self.stored = 0, 1
        self.is_acknowledged = self.is_seen = True
        self.sent_at = 0.0
        self.turn = "resident"

    @property
    def is_quiet(self) -> bool:
        """Acknowledged, and both sides have heard the same."""
        if not self.number:  # nothing was said here; what an earlier load said is history
            return True
        return self.is_acknowledged and self.heard == {"resident": self.stored, "desk": self.stored}

    def send(self) -> None:
        """The next message; the two sides take turns."""
        self.number += 1
        self.is_acknowledged = self.is_seen = False
        self.sent_at = time.perf_counter()
        frame = {"type": "send", "client_id": str(uuid4()), "text": TEXT.format(number=self.number)}
        if self.turn == "resident":
            self.resident.say(frame)
        else:
            self.desk.say(frame | {"consultation": self.id})

    def hear(self, side: str, frame: Frame) -> None:
        kind = frame["type"]
        if kind == "events":
            self._events(side, frame["events"])
        elif kind == "ack":
            self.is_acknowledged, self.stored = True, frame["sequence"]
            self._look()
        elif kind == "live":
            if not self.live[side].done():
                self.live[side].set_result(None)
        elif kind in {"refused", "gone", "bye"}:
            raise Wrong(str(frame))

    def _events(self, side: str, events: list[Frame]) -> None:
        for event in events:
            if event["sequence"] != self.heard[side] + 1:
                raise Wrong(f"{side} of {self.id}: {event['sequence']} after {self.heard[side]}")
            self.heard[side] += 1
        if side != self.turn and events[-1]["text"].startswith(f"Nr. {self.number}:"):
            self.is_seen = True
            self._look()

    def _look(self) -> None:
        if self.is_acknowledged and self.is_seen:
            self.is_seen = False
            self.turn = "desk" if self.turn == "resident" else "resident"
            self.load.done(self, time.perf_counter() - self.sent_at)


class Load:
    """Conversations and what was measured in them."""

    def __init__(self, ground: dict[str, Any], port: int) -> None:
        self.port, self.desks = port, ground["desks"]
        self.talks = [Talk(facts, self) for facts in ground["conversations"]]
        self.by_id = {talk.id: talk for talk in self.talks}
        self.latencies: list[float] = []
        self.on_done: Callable[[Talk], None] = lambda talk: None
        self.lines: list[Line] = []
        self.free: list[Talk] = []
        self.wrong: list[str] = []

    def done(self, talk: Talk, seconds: float) -> None:
        self.latencies.append(seconds)
        self.on_done(talk)

    async def open(self, talks: list[Talk], desks: int) -> float:
        """Open their sockets; returns how many became live in a second."""
        gate = asyncio.Semaphore(AT_ONCE)
        began = time.perf_counter()
        await asyncio.gather(*(self._resident(talk, gate) for talk in talks))
        seconds = time.perf_counter() - began
        wanted = {talk.desk_number for talk in talks if talk.desk_number < desks}
        await asyncio.gather(*(self._desk(number, talks, gate) for number in wanted))
        return len(talks) / seconds

    async def _resident(self, talk: Talk, gate: asyncio.Semaphore) -> None:
        async with gate:
            talk.live["resident"] = asyncio.get_running_loop().create_future()
            path, cookie = f"/ws/consultations/{talk.id}?language=lt", f"consultation={talk.token}"
            talk.resident = await connect(self.port, path, cookie, self._hear(talk, "resident"), self._closed)
            talk.resident.say({"type": "hello", "since": talk.heard["resident"]})
            self.lines.append(talk.resident)
            await talk.live["resident"]

    async def _desk(self, number: int, talks: list[Talk], gate: asyncio.Semaphore) -> None:
        async with gate:
            cookie = f"sessionid={self.desks[number]}"
            line = await connect(self.port, "/ws/desk/?language=lt", cookie, self._hear_desk, self._closed)
            self.lines.append(line)
            mine = [talk for talk in talks if talk.desk_number == number]
            for talk in mine:
                talk.desk = line
                talk.live["desk"] = asyncio.get_running_loop().create_future()
                line.say({"type": "follow", "consultation": talk.id, "since": talk.heard["desk"]})
            await asyncio.gather(*(talk.live["desk"] for talk in mine))

    def _hear(self, talk: Talk, side: str) -> Callable[[Frame], None]:
        def hear(frame: Frame) -> None:
            try:
                talk.hear(side, frame)
            except Wrong as wrong:
                self.wrong.append(str(wrong))

        return hear

    def _hear_desk(self, frame: Frame) -> None:
        talk = self.by_id.get(frame.get("consultation", ""))
        if talk is not None:
            self._hear(talk, "desk")(frame)

    def _closed(self, code: int) -> None:
        self.wrong.append(f"a socket was closed with {code}")

    async def closed_loop(self, talks: list[Talk], seconds: float) -> float:
        """Every pair says the next thing as soon as the last one was stored and seen. Returns the seconds it took."""
        until = time.perf_counter() + seconds

        def again(talk: Talk) -> None:
            if time.perf_counter() < until:
                talk.send()

        self.latencies, self.on_done = [], again
        began = time.perf_counter()
        for talk in talks:
            talk.send()
        await asyncio.sleep(seconds)
        took = time.perf_counter() - began
        await self._settle(talks)
        return took

    async def open_loop(self, talks: list[Talk], rate: float, seconds: float) -> float:
        """`rate` messages a second, evenly, whatever becomes of those before. Returns the seconds it took."""
        self.latencies, self.free = [], list(talks)
        self.on_done = lambda talk: self.free.insert(0, talk)
        began = time.perf_counter()
        for number in range(int(rate * seconds)):
            wait = began + number / rate - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            if not self.free:
                raise Wrong("every conversation waits for an answer")
            self.free.pop().send()
        took = time.perf_counter() - began
        await self._settle(talks)
        return took

    async def _settle(self, talks: list[Talk]) -> None:
        self.on_done = lambda talk: None
        until = time.perf_counter() + 20
        while time.perf_counter() < until and not all(talk.is_quiet for talk in talks):
            await asyncio.sleep(0.02)
        self.wrong += [f"{talk.id}: number {talk.number} has not arrived" for talk in talks if not talk.is_quiet]

    def hang_up(self) -> None:
        for line in self.lines:
            line.hang_up()
        self.lines = []


async def work() -> None:
    """One order a line, one answer a line."""
    load: Load | None = None
    loop = asyncio.get_running_loop()
    while order := await loop.run_in_executor(None, sys.stdin.readline):
        said = json.loads(order)
        if said["do"] == "ground":
            load = Load(said["ground"], said["port"])
            answer: dict[str, Any] = {}
        else:
            assert load is not None
            answer = await _do(load, said)
        print(json.dumps(answer), flush=True)


async def _do(load: Load, said: dict[str, Any]) -> dict[str, Any]:
    talks = load.talks[: said.get("talks", 0)]
    if said["do"] == "connect":
        return {"rate": await load.open(talks, said["desks"]), "wrong": load.wrong}
    if said["do"] == "hang up":
        load.hang_up()
        await asyncio.sleep(0.5)
        return {}
    if said["do"] == "wait":
        await asyncio.sleep(said["seconds"])
        return {"wrong": load.wrong}
    closed = said["do"] == "closed"
    took = await (
        load.closed_loop(talks, said["seconds"]) if closed else load.open_loop(talks, said["rate"], said["seconds"])
    )
    return {"latencies": load.latencies, "seconds": took, "wrong": load.wrong, "heard": _heard(talks)}


def _heard(talks: list[Talk]) -> list[list[Any]]:
    """(conversation, last number of the resident, of the desk), to be held against the database."""
    return [[talk.id, talk.heard["resident"], talk.heard["desk"]] for talk in talks]


if __name__ == "__main__":
    uvloop.run(work())
