"""A part that failed is left alone for a while, and asked again by one caller at a time."""

from __future__ import annotations

import pytest

from kb.search.engines.breaker import PAUSE, Breaker


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr("kb.search.engines.breaker.time.monotonic", lambda: now[0])
    return now


def test_one_failure_is_an_accident() -> None:
    breaker = Breaker()
    breaker.failed()

    assert breaker.may_try()


def test_after_two_failures_one_caller_tries_again_after_the_pause(clock: list[float]) -> None:
    breaker = Breaker()
    breaker.failed()
    breaker.failed()
    assert not breaker.may_try()

    clock[0] += PAUSE

    assert [breaker.may_try(), breaker.may_try()] == [True, False]


def test_a_success_closes_it_at_once(clock: list[float]) -> None:
    breaker = Breaker()
    breaker.failed()
    breaker.failed()
    clock[0] += PAUSE
    assert breaker.may_try()

    breaker.succeeded()

    assert [breaker.may_try(), breaker.may_try()] == [True, True]
    assert not breaker.is_open
