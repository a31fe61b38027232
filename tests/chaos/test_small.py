"""A small storm in every run: `make chaos` is the whole one."""

from __future__ import annotations

import asyncio
import random
import tempfile
from pathlib import Path

import pytest

from tests.chaos.rounds import Score, play
from tests.chaos.world import World


@pytest.mark.usefixtures("postgres_url", "redis_url")
def test_what_people_were_told_is_stored_outlives_every_kill() -> None:
    score = Score()
    # Not in pytest's own folder: the users the servers run as can't look into it.
    with tempfile.TemporaryDirectory(prefix="parama-storm-") as folder:
        Path(folder).chmod(0o755)
        with World(Path(folder)) as world:
            asyncio.run(play(world, score, kills=4, pause=1.5, chance=random.Random(7)))

    assert (score.lost, score.doubled, score.reordered, score.wrong) == (0, 0, 0, [])
    assert score.kills == 4
    assert score.acknowledged > 100
