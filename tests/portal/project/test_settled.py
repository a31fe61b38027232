"""A settled server's code is not looked through for unused memory."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from portal.project.settled import settle


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_the_code_of_a_server_is_let_alone_and_what_a_request_leaves_is_still_collected() -> None:
    settle()

    assert gc.get_freeze_count() > 100_000
    assert gc.isenabled()
    loop: list[object] = []
    loop.append(loop)
    del loop
    assert gc.collect() >= 1
