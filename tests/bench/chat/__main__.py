"""Measure both set-ups, write build/bench/chat.json. Exit status 1 when a figure misses its limit.

SECONDS of each scenario: BENCH_SECONDS (20). SETUPS: BENCH_SETUPS (postgres-redis,embedded).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from tests.bench.chat import floors, settings
from tests.bench.chat.load import TEXT
from tests.bench.chat.processes import Generator, Server, bare, embedded, listening, output, variables
from tests.services.postgresql import CarefulPostgreSQL
from tests.services.redis import Redis
from tests.site import ROOT, prepared

RESULT = ROOT / "build" / "bench" / "chat.json"
SECONDS = float(os.environ.get("BENCH_SECONDS", "20"))
SETUPS = os.environ.get("BENCH_SETUPS", "postgres-redis,embedded").split(",")
PAIRS, OPEN, RATE = 200, (50, 500, 2000), 200
WORKERS = 2
DESKS = 200  # of 2,000 sockets so many are desks, each with its share of the conversations


class Row(NamedTuple):
    """One scenario. `floor_rate`: closed: the bare loop's messages, idle: bare accepts, a second."""

    setup: str
    scenario: str
    sockets: int
    acknowledged: int
    rate: float
    floor_rate: float | None
    p50_ms: float | None
    p95_ms: float | None
    p99_ms: float | None
    cpu_us: float | None
    kb_per_socket: float | None

    def misses(self) -> list[str]:
        """What is worse than promised."""
        found: list[str] = []
        if self.scenario == "closed":
            if self.setup == "postgres-redis" and self.rate < 2000:
                found.append(f"{self.rate:.0f} messages a second, promised 2,000")
            if (self.cpu_us or 0) > 400:
                found.append(f"{self.cpu_us:.0f} µs a message, promised 400")
            if (self.p99_ms or 0) > 100:
                found.append(f"p99 {self.p99_ms:.0f} ms, promised 100")
        if self.scenario == "open" and self.sockets >= 2000 and (self.p99_ms or 0) > 15:
            found.append(f"p99 {self.p99_ms:.1f} ms, promised 15")
        if self.scenario == "idle" and (self.kb_per_socket or 0) > 40:
            found.append(f"{self.kb_per_socket:.1f} KB a socket, promised 40")
        if self.floor_rate and self.rate < 0.4 * self.floor_rate:
            found.append(f"{self.rate / self.floor_rate:.2f} of the floor, promised 0.4")
        return found


def main() -> int:
    assert len(TEXT) >= 80
    print(f"Limits raised for the load: {settings.RAISED}; each text has {len(TEXT)} characters or more.")
    print(f"Load average at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="parama-bench-chat-") as place, ExitStack() as ending:
        folder = Path(place)
        folder.chmod(0o755)
        if "postgres-redis" in SETUPS:
            rows += _production(folder, ending)
        if "embedded" in SETUPS:
            rows += _embedded(folder)
    _report(rows)
    return 1 if any(row.misses() for row in rows) else 0


def _production(folder: Path, ending: ExitStack) -> list[Row]:
    services = (CarefulPostgreSQL(), Redis())
    for service in services:
        (own := folder / service.name.lower()).mkdir()
        service.start(own)
        ending.callback(service.stop)
    for service in services:
        service.wait()
    database, redis = services
    env = variables(
        folder / "var",
        DATABASE_URL=database.address,
        REDIS_URL=redis.address,
        CHANNEL_LAYER="redis",
        SEARCH_ENGINE="dummy",
    )
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], cwd=ROOT, env=env, check=True)
    with psycopg.connect(database.address) as line:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            value = line.execute(f"SHOW {name}").fetchone()
            print(f"PostgreSQL: {name} = {value[0] if value else '?'}")
            assert value == ("on",)

    def stored(facts: list[Any]) -> None:
        with psycopg.connect(database.address) as line:
            _compare(facts, line.execute(_COUNTS).fetchall())

    return _scenarios("postgres-redis", env, lambda: listening(env, workers=WORKERS), stored, loops=WORKERS)


def _embedded(folder: Path) -> list[Row]:
    import sqlite3

    data_dir = prepared(folder / "embedded")
    path = data_dir / "parama.sqlite3"
    env = variables(data_dir, DATABASE_URL=f"sqlite:///{path}")
    level = output("tests.bench.chat.levels", env=env).strip()
    print(f"SQLite: {level}")
    assert level == "journal_mode = wal, synchronous = 2 (FULL)"

    def stored(facts: list[Any]) -> None:
        line = sqlite3.connect(path)
        _compare(facts, line.execute(_COUNTS).fetchall())
        line.close()

    return _scenarios("embedded", env, lambda: embedded(env), stored, loops=1)


_COUNTS = (
    "SELECT c.public_id, c.public_sequence, c.staff_sequence, count(e.public_sequence), count(e.id),"
    " max(e.public_sequence), max(e.staff_sequence) FROM chat_consultation c"
    " JOIN chat_event e ON e.consultation_id = c.id GROUP BY c.id"
)


def _compare(heard: list[Any], rows: list[tuple[Any, ...]]) -> None:
    """What both sides have heard is what is stored, without a gap."""
    stored = {row[0]: row[1:] for row in rows}
    for public_id, resident, desk in heard:
        expected = (resident, desk, resident, desk, resident, desk)
        if stored[public_id] != expected:
            raise RuntimeError(f"{public_id}: heard {expected}, stored {stored[public_id]}")


def _scenarios(
    setup: str, env: dict[str, str], serve: Callable[[], Server], stored: Callable[[list[Any]], None], *, loops: int
) -> list[Row]:
    rows: list[Row] = []
    ground = json.loads(output("tests.bench.chat.ground", str(PAIRS), str(PAIRS), env=env))
    floor = _bare_loops(env, ground, loops)
    with serve() as server, Generator() as load:
        load.ask(do="ground", ground=ground, port=server.port)
        load.ask(do="connect", talks=PAIRS, desks=PAIRS)
        load.ask(do="closed", talks=PAIRS, seconds=2)  # warm
        rows.append(_talk(setup, "closed", 2 * PAIRS, server, load, floor, stored, talks=PAIRS, seconds=SECONDS))
        print(rows[-1])
    most = max(OPEN)
    ground = json.loads(output("tests.bench.chat.ground", str(most - DESKS), str(DESKS), env=env))
    accepts = _bare_accepts(env, ground, most)
    with serve() as server, Generator() as load:
        load.ask(do="ground", ground=ground, port=server.port)
        load.ask(do="connect", talks=100, desks=0)  # warm
        load.ask(do="hang up")
        before = server.memory()
        opened = load.ask(do="connect", talks=most - DESKS, desks=0)
        load.ask(do="wait", seconds=2)
        each = (server.memory() - before) / (most - DESKS) / 1024
        rows.append(
            Row(
                setup,
                "idle",
                most - DESKS,
                0,
                round(opened["rate"], 1),
                accepts,
                None,
                None,
                None,
                None,
                round(each, 1),
            )
        )
        print(rows[-1])
        load.ask(do="hang up")
        for sockets in OPEN:
            desks = sockets * DESKS // most
            talks = sockets - desks
            load.ask(do="ground", ground=_share(ground, talks, desks), port=server.port)
            load.ask(do="connect", talks=talks, desks=desks)
            rows.append(
                _talk(setup, "open", sockets, server, load, None, stored, talks=talks, seconds=SECONDS, rate=RATE)
            )
            print(rows[-1])
            load.ask(do="hang up")
    return rows


def _share(ground: dict[str, Any], talks: int, desks: int) -> dict[str, Any]:
    """So many conversations, all of desks that are there."""
    mine = [one for one in ground["conversations"] if one["desk"] < desks]
    return {"conversations": mine[:talks], "desks": ground["desks"]}


def _talk(
    setup: str,
    scenario: str,
    sockets: int,
    server: Server,
    load: Generator,
    floor: float | None,
    stored: Callable[[list[Any]], None],
    **order: Any,
) -> Row:
    before = server.cpu()
    answer = load.ask(do=scenario, **order)
    cpu = server.cpu() - before
    if scenario == "closed":
        stored(answer["heard"])
    times = sorted(answer["latencies"])
    p50, p95, p99 = (
        round(times[min(len(times) - 1, int(len(times) * share))] * 1000, 2) for share in (0.5, 0.95, 0.99)
    )
    rate = len(times) / answer["seconds"]
    return Row(
        setup,
        scenario,
        sockets,
        len(times),
        round(rate, 1),
        floor,
        p50,
        p95,
        p99,
        round(cpu / len(times) * 1e6, 1),
        None,
    )


def _bare_loops(env: dict[str, str], ground: dict[str, Any], loops: int) -> float:
    """Messages a second of as many bare loops as there are processes, each with conversations of its own."""
    given = [{"conversations": ground["conversations"][number::loops], "desks": []} for number in range(loops)]
    command = [sys.executable, "-m", "tests.bench.chat.floors", "5"]
    children = [
        subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in given
    ]
    for child, one in zip(children, given, strict=True):
        assert child.stdin
        child.stdin.write(json.dumps(one))
        child.stdin.close()
    rates = [float(child.stdout.read()) for child in children if child.stdout]
    for child in children:
        child.wait()
    _forget_floor(env, ground)
    return round(sum(rates), 1)


def _forget_floor(env: dict[str, str], ground: dict[str, Any]) -> None:
    """The conversations are as they were: the load generator knows one event in each."""
    output("tests.bench.chat.forget", env=env, given=json.dumps([one["pk"] for one in ground["conversations"]]))


def _bare_accepts(env: dict[str, str], ground: dict[str, Any], sockets: int) -> float:
    with bare(env, workers=WORKERS) as server, Generator() as load:
        load.ask(do="ground", ground=ground, port=server.port)
        load.ask(do="connect", talks=100, desks=0)
        load.ask(do="hang up")
        rate = load.ask(do="connect", talks=sockets - DESKS, desks=0)["rate"]
    return round(float(rate), 1)


def _report(rows: list[Row]) -> None:
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps([row._asdict() for row in rows], indent=1) + "\n")
    print(
        f"\n{'set-up':<15}{'scenario':<9}{'sockets':>8}{'acked':>8}{'rate/s':>9}{'floor/s':>9}{'p50':>8}{'p95':>8}{'p99':>8}{'µs':>7}{'KB':>7}"
    )
    for row in rows:
        figures = [
            f"{value:>{width}}" if value is not None else " " * (width - 1) + "–"
            for value, width in zip(row[2:], _WIDTHS, strict=True)
        ]
        print(f"{row.setup:<15}{row.scenario:<9}{''.join(figures)}")
        for miss in row.misses():
            print(f"  MISSED: {miss.upper()}")
    print(f"\nWritten to {RESULT.relative_to(ROOT)}")


_WIDTHS = (8, 8, 9, 9, 8, 8, 8, 7, 7)
__all__ = ["Row", "floors"]

if __name__ == "__main__":
    sys.exit(main())
