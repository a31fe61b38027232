"""Prices without gap or overlap, sums to the cent, and what a person pays – whatever the numbers."""

import datetime as dt
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.registry.months.money import Given, Prices, Rule, rounded, sums
from tests.portal.registry.conftest import RULE

FIRST, LAST = dt.date(2026, 10, 1), dt.date(2026, 10, 31)  # the clocks change on the 25th
DAY = dt.timedelta(days=1)
days = st.dates(dt.date(2026, 9, 1), dt.date(2026, 11, 30))
cents = st.integers(0, 100_000)
tariffs = st.lists(st.tuples(st.integers(1, 3), days, cents), unique_by=lambda row: row[:2], max_size=12)


@given(tariffs)
def test_the_stretches_of_a_month_have_no_gap_no_overlap_and_no_change_within(rows: Any) -> None:
    prices = Prices.of(rows)
    windows = prices.windows(FIRST, LAST)
    assert windows[0][0] == FIRST
    assert windows[-1][1] == LAST
    assert all(end + DAY == start for (_, end), (start, _) in pairwise(windows))
    for start, end in windows:
        for service in (1, 2, 3):
            within = {prices.on(service, start + n * DAY) for n in range((end - start).days + 1)}
            assert len(within) == 1


@given(tariffs, st.integers(1, 3), days)
def test_the_price_of_a_day_is_the_last_that_began(rows: Any, service: int, day: dt.date) -> None:
    begun = [(begins, price) for one, begins, price in rows if one == service and begins <= day]
    assert Prices.of(rows).on(service, day) == (max(begun)[1] if begun else None)


@st.composite
def services(draw: st.DrawFn) -> Given:
    return Given(
        service=draw(st.integers(1, 3)),
        is_by_hour=draw(st.booleans()),
        price=draw(cents),
        pays=draw(st.sampled_from(["free", "rule", "full"])),
        is_extra=draw(st.booleans()),
        minutes=draw(st.integers(0, 5000)),
        times=draw(st.integers(1, 60)),
    )


@given(st.lists(services(), max_size=10), st.none() | cents)
def test_person_and_town_pay_all_of_it_and_nobody_more(given_: list[Given], ceiling: int | None) -> None:
    found = sums(given_, ceiling)
    assert found.person + found.town == found.cost
    assert min(found.person, found.town, found.extra) >= 0
    assert found.cost + found.extra == sum(one.cents for one in given_)
    full = sum(one.cents for one in given_ if one.pays == "full" and not one.is_extra)
    assert ceiling is None or found.person <= ceiling + full


@given(services())
def test_a_line_is_right_to_half_a_cent(one: Given) -> None:
    exact = Fraction(one.price * one.minutes, 60) if one.is_by_hour else Fraction(one.price * one.times)
    assert abs(one.cents - exact) <= Fraction(1, 2)


def test_half_a_cent_goes_up() -> None:
    assert [rounded(Fraction(n, 2)) for n in (1, 2, 3)] == [1, 1, 2]


@given(income=cents, household=st.lists(cents, max_size=4), base=st.integers(1, 50_000))
def test_nobody_pays_more_than_the_share_of_their_income(income: int, household: list[int], base: int) -> None:
    ceiling = Rule.read(RULE).ceiling(income=income, household=household, base=base)
    per_head = Fraction(income + sum(household), 1 + len(household))
    if per_head <= 2 * base:
        assert ceiling == 0
    assert 0 <= ceiling <= rounded(Fraction(income, 2))


@pytest.mark.parametrize(
    ("income", "household", "most"),
    [
        (46600, [], 0),  # exactly two base amounts: still free
        (46601, [], 9320),
        (69900, [], 13980),
        (69901, [], 34951),
        (90000, [10000], 18000),  # 500 € a head is between two and three
        (90000, [0, 0], 0),
    ],
)
def test_the_steps_of_a_rule(income: int, household: list[int], most: int) -> None:
    assert Rule.read(RULE).ceiling(income=income, household=household, base=23300) == most


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"base": "VRP", "steps": []},
        {"base": "VRP", "steps": [{"up_to": "2", "share": "0"}]},
        {"base": "VRP", "steps": [{"up_to": None, "share": "0"}, {"up_to": None, "share": "0"}]},
        {"base": "VRP", "steps": [{"up_to": one, "share": "0"} for one in ("3", "2", None)]},
        {"base": "VRP", "steps": [{"up_to": None, "share": "120"}]},
        {"base": "VRP", "steps": [{"up_to": "two", "share": "1"}]},
        {"base": "VRP", "steps": "free"},
    ],
)
def test_a_rule_with_a_gap_is_no_rule(document: Any) -> None:
    with pytest.raises(ValueError, match="rule"):
        Rule.read(document)
