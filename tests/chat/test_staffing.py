"""Erlang C against figures worked out elsewhere."""

import pytest

from chat import staffing

HALF_HOUR = 1800


@pytest.mark.parametrize(
    ("calls", "seconds", "agents", "target", "waits", "average", "level"),
    [
        (360, 240, 55, 15, 0.2387, 8.18, 0.8459),
        (30, 300, 6, 20, 0.5875, 176.25, 0.4504),
        (30, 300, 8, 20, 0.1673, 16.73, 0.8631),
    ],
)
def test_known_figures(
    calls: float, seconds: float, agents: int, target: float, waits: float, average: float, level: float
) -> None:
    found = staffing.expected(agents=agents, calls=calls, seconds=seconds, period=HALF_HOUR, target=target)

    assert found is not None
    assert found.waits == pytest.approx(waits, abs=5e-5)
    assert found.average_wait == pytest.approx(average, abs=5e-3)
    assert found.service_level == pytest.approx(level, abs=5e-5)


def test_too_few_agents_never_catch_up() -> None:
    assert staffing.expected(agents=5, calls=30, seconds=300, period=HALF_HOUR, target=20) is None


def test_the_fewest_that_keep_the_promise() -> None:
    found = staffing.needed(calls=30, seconds=300, period=HALF_HOUR, target=20, share=0.8)
    assert found is not None
    assert found.agents == 8


def test_without_calls_nobody_waits() -> None:
    found = staffing.expected(agents=1, calls=0, seconds=300, period=HALF_HOUR, target=20)
    assert found == staffing.Expected(1, 0.0, 0.0, 1.0)


def test_what_cannot_be_planned_is_not() -> None:
    assert staffing.needed(calls=90000, seconds=300, period=HALF_HOUR, target=20, share=0.8) is None
