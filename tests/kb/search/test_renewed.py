"""What is made of the whole index is renewed without anybody waiting."""

from __future__ import annotations

import threading
import time

import pytest

from kb.search import renewed
from kb.search.renewed import Renewed

ME = object()


def test_what_is_quick_is_always_of_the_state_asked_for() -> None:
    made = iter(range(10))
    kept = Renewed(lambda: next(made))

    assert [kept.of(ME, state) for state in ("a", "a", "b", "a")] == [0, 0, 1, 2]


def test_what_is_slow_is_renewed_beside_while_the_old_one_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewed, "QUICK", 0.0)
    monkeypatch.setattr(renewed, "PAUSE", 0.0)
    may_go_on, made = threading.Event(), iter(range(10))

    def make() -> int:
        value = next(made)
        if value:
            may_go_on.wait(5)
        return value

    kept = Renewed(make)
    assert (kept.of(ME, "a"), kept.of(ME, "b"), kept.is_current("b")) == (0, 0, False)

    may_go_on.set()
    until = time.monotonic() + 5
    while not kept.is_current("b") and time.monotonic() < until:
        time.sleep(0.01)

    assert (kept.of(ME, "b"), kept.is_current("b")) == (1, True)


def test_another_owner_never_gets_what_was_made_for_the_first() -> None:
    made = iter(range(10))
    kept = Renewed(lambda: next(made))

    assert [kept.of(ME, "a"), kept.of(object(), "a")] == [0, 1]
