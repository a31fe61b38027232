"""One round: people talk, things are killed, and in the end both sides and the database say the same."""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

import psycopg

from tests.bench.chat.processes import output
from tests.chaos.layers import MODES
from tests.chaos.people import Person
from tests.chaos.world import World

TALKS = 20
VICTIMS = tuple(os.environ.get("CHAOS_VICTIMS", "app,app,app,worker,redis,postgresql").split(","))
TEXT = "{side} rašo {number}: ar man priklauso būsto šildymo išlaidų kompensacija, jeigu gyvenu viena?"


@dataclass
class Score:
    """What all rounds together have shown."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    reordered: int = 0
    rounds: int = 0
    seconds: float = 0.0
    reconnects_s: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def reconnect_p95_s(self) -> float:
        times = sorted(self.reconnects_s)
        return round(times[int(len(times) * 0.95)], 2) if times else 0.0

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"reconnect_p95_s": self.reconnect_p95_s}


async def play(world: World, score: Score, *, kills: int, pause: float, chance: random.Random) -> None:
    """`kills` kills in traffic, then silence until everybody has heard everything, then the comparison."""
    began = time.monotonic()
    ground = json.loads(
        await asyncio.to_thread(output, "tests.bench.chat.ground", str(TALKS), str(TALKS), env=world.env)
    )
    pairs = [_pair(world, one, ground) for one in ground["conversations"]]
    everybody = [person for pair in pairs for person in pair]
    alive = [asyncio.create_task(person.live()) for person in everybody]
    talking = asyncio.create_task(_talk(pairs))
    openings: list[float] = []
    await asyncio.sleep(2)
    for number in range(kills):
        world.mode.write_text(MODES[number * len(MODES) // kills])
        victim = chance.choice(VICTIMS)
        await asyncio.to_thread(world.kill, victim)
        openings.append(await asyncio.to_thread(_open_again, world))
        score.kills += 1
        await asyncio.sleep(pause * (0.5 + chance.random()))
    world.renew()
    await asyncio.sleep(pause)
    talking.cancel()
    world.mode.write_text("sound")
    await _quiet(pairs)
    for task in alive:
        task.cancel()
    await asyncio.gather(*alive, return_exceptions=True)
    _compare(world, ground, pairs, score)
    for person in everybody:
        score.wrong += person.wrong
        score.reconnects_s += [_since_open(lost, back, openings) for lost, back in person.outages]
    score.rounds += 1
    score.seconds += time.monotonic() - began


def _pair(world: World, one: dict[str, Any], ground: dict[str, Any]) -> tuple[Person, Person]:
    resident = Person(world.port, f"/ws/consultations/{one['id']}?language=lt", f"consultation={one['token']}")
    session = ground["desks"][one["desk"]]
    desk = Person(world.port, "/ws/desk/?language=lt", f"sessionid={session}", consultation=one["id"])
    return resident, desk


def _open_again(world: World) -> float:
    """The moment from which somebody lets people in again."""
    until = time.monotonic() + 60
    while time.monotonic() < until and not world.is_open():
        time.sleep(0.05)
    return time.monotonic()


def _since_open(lost: float, back: float, openings: list[float]) -> float:
    """How long somebody was away, counted from when what was killed accepted again."""
    opened = max((moment for moment in openings if moment < back), default=lost)
    return back - max(lost, opened)


async def _talk(pairs: list[tuple[Person, Person]]) -> None:
    number = 0
    while True:
        number += 1
        for resident, desk in pairs:
            for person, side in ((resident, "Gyventoja"), (desk, "Konsultantas")):
                if len(person.outbox) < 20:
                    person.write(TEXT.format(side=side, number=number))
        await asyncio.sleep(0.2)


async def _quiet(pairs: list[tuple[Person, Person]], *, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    with suppress(TimeoutError):
        while time.monotonic() < until:
            if all(not a.outbox and not b.outbox and a.last == b.last for a, b in pairs):
                await asyncio.sleep(1)
                return
            await asyncio.sleep(0.2)


_ROWS = (
    "SELECT c.public_id, e.public_sequence, e.staff_sequence, e.text, e.client_id::text FROM chat_event e"
    " JOIN chat_consultation c ON c.id = e.consultation_id WHERE c.public_id = ANY(%s) ORDER BY c.id, e.staff_sequence"
)


def _compare(world: World, ground: dict[str, Any], pairs: list[tuple[Person, Person]], score: Score) -> None:
    stored: dict[str, list[tuple[Any, ...]]] = {}
    with psycopg.connect(world.postgres.address) as line:
        for public_id, *row in line.execute(_ROWS, ([one["id"] for one in ground["conversations"]],)):
            stored.setdefault(public_id, []).append(tuple(row))
    for one, pair in zip(ground["conversations"], pairs, strict=True):
        rows = stored[one["id"]]
        truth = [(staff, text) for _public, staff, text, _key in rows]
        if [number for number, _text in truth] != list(range(1, len(truth) + 1)):
            score.reordered += 1
            score.wrong.append(f"{one['id']}: a gap in the database")
        keys = [key for *_rest, key in rows if key]
        score.doubled += len(keys) - len(set(keys))
        places = {key: staff for _public, staff, _text, key in rows}
        for person in pair:
            score.acknowledged += len(person.stored)
            score.lost += sum(places.get(key) != number for key, number in person.stored.items())
            score.lost += len(set(truth) - set(person.heard))
            score.doubled += len(person.heard) - len(set(person.heard))
            score.reordered += person.heard != sorted(person.heard)
            if person.heard != truth:
                score.wrong.append(f"{one['id']}: heard {len(person.heard)}, stored {len(truth)}")
