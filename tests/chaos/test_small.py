"""A small storm in every run: `make chaos` is the whole one."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from tests.chaos.rounds import Score, play
from tests.chaos.world import World


@pytest.mark.usefixtures("postgres_url", "redis_url")
def test_what_people_were_told_is_stored_outlives_every_kill(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("storm")
    for place in (folder, *folder.parents[:2]):  # the servers' own users look into it
        place.chmod(0o755)
    score = Score()
    with World(Path(folder)) as world:
        asyncio.run(play(world, score, kills=4, pause=1.5, chance=random.Random(7)))

    assert (score.lost, score.doubled, score.reordered, score.wrong) == (0, 0, 0, [])
    assert score.kills == 4
    assert score.acknowledged > 100
