"""Shares of few people: how sure they are, and when they are not shown."""

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from portal.core.statistics import Interval, Shown, complementary, how_much, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (45, 50, 0.7864, 0.9565),
        (8, 10, 0.4902, 0.9433),
        (10, 10, 0.7225, 1.0),
        (0, 7, 0.0, 0.3543),
        (412, 500, 0.7882, 0.8549),
        (1, 1, 0.2065, 1.0),
        (0, 1, 0.0, 0.7935),
    ],
)
def test_the_interval_is_the_published_one(successes: int, n: int, low: float, high: float) -> None:
    found = wilson(successes, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_when_nobody_was_asked_everything_is_possible() -> None:
    assert wilson(0, 0) == Interval(0.0, 1.0)


@pytest.mark.parametrize(("successes", "n"), [(2, 1), (-1, 3), (0, -1)])
def test_what_is_no_share_is_refused(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(successes, n)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_within_bounds(of: tuple[int, int]) -> None:
    successes, n = of
    found = wilson(successes, n)
    assert 0 <= found.low <= successes / n <= found.high <= 1


@pytest.mark.parametrize(
    ("n", "shown"),
    [
        (0, Shown.NOTHING),
        (9, Shown.NOTHING),
        (10, Shown.TOO_FEW),
        (29, Shown.TOO_FEW),
        (30, Shown.DIRECTION),
        (49, Shown.DIRECTION),
        (50, Shown.FULL),
    ],
)
def test_small_groups_are_hidden_by_how_many_were_asked(n: int, shown: Shown) -> None:
    assert how_much(n) is shown


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([], []),
        ([40, 50], []),
        ([6, 33, 66], [0, 1]),
        ([6, 33, 33], [0, 1, 2]),
        ([6, 7, 66], [0, 1]),
        ([1, 1, 16, 40], [0, 1, 2]),
        ([9, 9, 16, 40], [0, 1, 2]),
        ([0, 50], []),
        ([6], [0]),
    ],
)
def test_a_small_cell_takes_the_next_smallest_with_it(counts: list[int], hidden: list[int]) -> None:
    assert sorted(complementary(counts)) == hidden


def published_alike(counts: list[int]) -> Iterator[list[int]]:
    """Every town that would publish the same: institutions first (each has cases), the city's own desk last."""
    hidden, last = complementary(counts), len(counts) - 1
    open_places = [place for place in sorted(hidden) if place < last]
    rest = sum(counts) - sum(n for place, n in enumerate(counts[:last]) if place not in hidden)
    for values in itertools.product(range(1, rest + 1), repeat=len(open_places)):
        if sum(values) <= rest:
            town = [*counts[:last], rest - sum(values)]
            for place, n in zip(open_places, values, strict=True):
                town[place] = n
            if [place for place in sorted(complementary(town)) if place < last] == open_places:
                yield town


@given(places=st.lists(st.integers(1, 14), min_size=1, max_size=3), desk=st.integers(0, 14))
@settings(max_examples=150, deadline=None)
@example(places=[11, 1, 1], desk=0)
@example(places=[1, 16], desk=1)
@example(places=[14, 14], desk=9)
def test_whoever_subtracts_and_reasons_works_out_no_hidden_institution(places: list[int], desk: int) -> None:
    counts = [*places, desk]
    assume(sum(counts) >= 10)  # below, the total is not shown either
    towns = list(published_alike(counts))
    for place in complementary(counts) - {len(counts) - 1}:
        assert len({town[place] for town in towns}) > 1
