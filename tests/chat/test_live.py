"""The heartbeat reaches everybody, whoever else sleeps."""

from __future__ import annotations

import asyncio

import pytest

from chat import live
from chat.live import Heartbeat


class Reader:
    """A follower who takes what it is told – or, asleep, never does."""

    def __init__(self, grant_id: int, *, sleeps: bool = False) -> None:
        self.grant_id, self.sleeps = grant_id, sleeps
        self.heard: list[int] = []

    async def beat(self, head: int | None) -> None:
        if self.sleeps:
            await asyncio.Event().wait()
        self.heard.append(head or 0)


async def test_one_who_does_not_listen_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def heads(grants: list[int]) -> dict[int, int]:
        return dict.fromkeys(grants, 7)

    monkeypatch.setattr(live, "_heads", heads)
    monkeypatch.setattr(live, "PATIENCE", 0.05)
    beats, asleep, awake = Heartbeat(), Reader(1, sleeps=True), Reader(2)
    assert beats.join(asleep, most=3)
    assert beats.join(awake, most=3)

    await asyncio.wait_for(beats.beat(), 2)

    assert awake.heard == [7]
    beats.leave(asleep)
    beats.leave(awake)
