"""Play rounds until there were enough kills and messages, or the time is over; go on where the last run stopped.

CHAOS_KILLS (300), CHAOS_MESSAGES (20000), CHAOS_MINUTES (40); CHAOS_FRESH=1 begins anew. Writes build/bench/chaos.json.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.rounds import Score, play
from tests.chaos.world import World
from tests.site import ROOT

RESULT = ROOT / "build" / "bench" / "chaos.json"
STATE = ROOT / "build" / "bench" / "chaos-state.json"
KILLS = int(os.environ.get("CHAOS_KILLS", "300"))
MESSAGES = int(os.environ.get("CHAOS_MESSAGES", "20000"))
MINUTES = float(os.environ.get("CHAOS_MINUTES", "40"))
A_ROUND = 20
PAUSE = 4.0
SLOWEST = 5.0


def main() -> int:
    score = _resumed()
    until = time.monotonic() + MINUTES * 60
    with tempfile.TemporaryDirectory(prefix="parama-chaos-") as place:
        Path(place).chmod(0o755)
        with World(Path(place)) as world:
            while (score.kills < KILLS or score.acknowledged < MESSAGES) and time.monotonic() < until:
                chance = random.Random(score.rounds)
                kills = max(4, min(A_ROUND, KILLS - score.kills))
                asyncio.run(play(world, score, kills=kills, pause=PAUSE, chance=chance))
                _write(score)
    return 0 if _is_good(score) else 1


def _resumed() -> Score:
    if os.environ.get("CHAOS_FRESH") != "1" and STATE.exists():
        return Score(**json.loads(STATE.read_text()))
    return Score()


def _write(score: Score) -> None:
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    said = score.as_dict()
    figures = {
        name: said[name] for name in ("kills", "acknowledged", "lost", "doubled", "reordered", "reconnect_p95_s")
    }
    RESULT.write_text(json.dumps(figures, indent=1) + "\n")
    del said["reconnect_p95_s"]
    STATE.write_text(json.dumps(said) + "\n")
    print(f"{figures} in {score.seconds:.0f} s", *score.wrong[:5], sep="\n", flush=True)


def _is_good(score: Score) -> bool:
    is_enough = score.kills >= KILLS and score.acknowledged >= MESSAGES
    return (
        is_enough
        and not (score.lost or score.doubled or score.reordered or score.wrong)
        and (score.reconnect_p95_s <= SLOWEST)
    )


if __name__ == "__main__":
    sys.exit(main())
