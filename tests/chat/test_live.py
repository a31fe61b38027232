"""News reach everybody, whoever else sleeps."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chat import live, pulling
from chat.events import News
from chat.followers import Resident
from chat.live import Hub
from chat.pulling import Answer, Asked
from chat.rows import Stand, Stored
from portal.core import clock


class Reader(Resident):
    """A browser whose line has room – or, asleep, has none."""

    def __init__(self, grant_id: int, *, sleeps: bool = False) -> None:
        super().__init__(grant_id, 7, language="lt")
        self.sleeps = sleeps
        self.heard: list[str] = []
        self.is_out = False
        self.byes: list[float] = []

    def write(self, frame: str) -> bool:
        if self.sleeps:
            return False
        self.heard.append(frame)
        return True

    def show_out(self) -> None:
        self.is_out = True

    def say_bye(self, retry_in: float) -> None:
        self.byes.append(retry_in)


def said(number: int) -> Stored:
    return Stored(
        7, number, number, "message", "resident", None, "", "Labas", "lt", {}, None, "", None, "", None, clock.now()
    )


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """One conversation with two events; keys 1 and 2 open it."""
    told: dict[str, Any] = {"visits": 0, "grants": {1: 7, 2: 7}, "is_away": False}
    stand = Stand(7, 2, 2, "active", None, None, "lt", clock.now(), is_replied=False, is_erased=False)

    async def look(asked: Asked) -> Answer:
        told["visits"] += 1
        if told["is_away"]:
            raise ConnectionError
        public = {(7, since): [said(n) for n in (1, 2) if n > since] for _pk, since in asked.public}
        return Answer({7: stand}, told["grants"], {}, set(), public, {})

    monkeypatch.setattr(pulling, "look", look)
    return told


async def test_one_who_does_not_listen_keeps_nobody_waiting(database: dict[str, Any]) -> None:
    hub, asleep, awake = Hub(), Reader(1, sleeps=True), Reader(2)
    for reader in (asleep, awake):
        assert hub.join(reader, most=3)
        hub.follow(reader)
    await asyncio.sleep(0.01)

    assert (awake.sent, awake.is_live) == (2, True)
    assert (asleep.sent, asleep.is_live) == (0, False)
    assert database["visits"] == 1  # one reading for both
    for reader in (asleep, awake):
        hub.leave(reader)


async def test_who_slept_gets_everything_when_the_line_has_room_again(
    database: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "AGAIN", 0.01)
    hub, reader = Hub(), Reader(1, sleeps=True)
    hub.join(reader, most=3)
    hub.follow(reader)
    await asyncio.sleep(0.005)
    reader.sleeps = False
    await asyncio.sleep(0.05)

    assert reader.sent == 2
    assert len(reader.heard) == 2  # the events, and that it is live
    hub.leave(reader)


async def test_nobody_is_shown_out_because_the_database_is_away(
    database: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "AGAIN", 0.01)
    hub, reader = Hub(), Reader(1)
    hub.join(reader, most=3)
    database["is_away"] = True
    hub.follow(reader)
    await hub.beat()
    assert not reader.is_out
    database["is_away"] = False
    await asyncio.sleep(0.05)

    assert reader.sent == 2
    hub.leave(reader)


async def test_who_lost_the_key_hears_no_more_news(database: dict[str, Any]) -> None:
    hub, reader = Hub(), Reader(1)
    hub.join(reader, most=3)
    reader.is_following, reader.is_live, reader.sent = True, True, 2
    database["grants"] = {}
    hub.hear([News(7, 3, 3, (said(3),))], is_queue_changed=False)
    await asyncio.sleep(0.01)

    assert (reader.is_out, reader.heard) == (True, [])


async def test_many_changes_of_the_queue_in_a_second_are_told_twice_at_most() -> None:
    hub, told = Hub(), []
    hub.watch_floor(lambda: told.append(1))
    for _ in range(50):
        hub.hear([], is_queue_changed=True)
        await asyncio.sleep(0.001)

    assert len(told) == 1  # the next one comes a second later
    await asyncio.sleep(1.0)
    assert len(told) == 2


async def test_at_the_servers_end_everybody_is_asked_to_come_back_not_all_at_once(database: dict[str, Any]) -> None:
    hub, readers = Hub(), [Reader(1) for _ in range(3)] + [Reader(2) for _ in range(3)]
    for reader in readers:
        hub.join(reader, most=3)
    await hub.farewell()

    waits = [wait for reader in readers for wait in reader.byes]
    assert len(waits) == 6
    assert all(0 <= wait <= 4 for wait in waits)
    assert len(set(waits)) > 1
    for reader in readers:
        hub.leave(reader)
