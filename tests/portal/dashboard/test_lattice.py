"""Nobody can work out a small group from the cells that are shown."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from portal.dashboard.lattice import WHOLE, Cell, hidden, with_margins

MONTHS = ("2026-07", "2026-08", "2026-09")


def counts(**columns: tuple[int, int, int]) -> dict[Cell, int]:
    return {(month, column): n for column, ns in columns.items() for month, n in zip(MONTHS, ns, strict=True)}


def test_large_groups_are_all_shown() -> None:
    assert hidden(counts(lt=(40, 50, 60), ru=(20, 30, 40))) == frozenset()


def test_nothing_to_count_hides_nothing() -> None:
    assert hidden({}) == frozenset()


def test_a_group_of_nine_is_hidden_and_one_of_ten_is_shown() -> None:
    cells = hidden(counts(lt=(40, 50, 60), ru=(20, 30, 40), en=(9, 10, 40)))
    assert ("2026-07", "en") in cells
    assert (WHOLE, WHOLE) not in cells


def test_one_small_group_takes_others_with_it() -> None:
    cells = hidden(counts(lt=(40, 50, 60), ru=(20, 30, 40), en=(3, 11, 12)))
    assert len([cell for cell in cells if cell[0] == "2026-07"]) >= 2
    assert len([cell for cell in cells if cell[1] == "en"]) >= 2


def test_an_empty_group_looks_like_a_small_one() -> None:
    assert {("2026-07", "uk"), (WHOLE, "uk")} <= hidden(counts(lt=(40, 50, 60), ru=(20, 30, 40), uk=(0, 0, 0)))


TABLES = st.dictionaries(
    st.tuples(st.sampled_from(MONTHS), st.sampled_from(("lt", "ru", "en", "uk"))),
    st.integers(0, 60),
    min_size=1,
    max_size=12,
)


@given(TABLES)
def test_a_published_month_hides_the_same_when_the_quarter_is_over(table: dict[Cell, int]) -> None:
    """January's page in February against January's page in October."""
    later = hidden(table)
    for many in (1, 2):
        then = {cell: n for cell, n in table.items() if cell[0] in MONTHS[:many]}
        months = {cell for cell in hidden(then) if cell[0] != WHOLE}
        assert months == {cell for cell in later if cell[0] in MONTHS[:many]}


def test_a_quarter_with_one_small_group_and_nothing_else_shows_nothing() -> None:
    assert hidden(counts(lt=(5, 0, 0))) == set(with_margins(counts(lt=(5, 0, 0))))


def test_a_small_month_takes_the_quarter_along_and_no_other_month() -> None:
    totals = {row for row, column in hidden(counts(lt=(4, 50, 60), ru=(3, 30, 40))) if column == WHOLE}
    assert totals == {"2026-07", WHOLE}


def test_two_small_months_leave_the_quarter_as_it_is() -> None:
    totals = {row for row, column in hidden(counts(lt=(4, 5, 60), ru=(3, 3, 40))) if column == WHOLE}
    assert totals == {"2026-07", "2026-08"}


def test_a_group_that_a_month_does_not_have_hides_nothing_in_it() -> None:
    assert hidden({**counts(lt=(40, 50, 60), ru=(20, 30, 40)), ("2026-09", "uk"): 12}) == frozenset()


def test_two_groups_of_nobody_do_not_vouch_for_each_other() -> None:
    cells = hidden(counts(lt=(40, 50, 60), ru=(20, 30, 40), en=(0, 30, 40), uk=(0, 30, 40)))
    assert {column for row, column in cells if row == "2026-07"} == {"en", "uk", "ru"}


@given(st.lists(st.integers(0, 60), min_size=9, max_size=9), st.randoms(use_true_random=False))
def test_totals_are_hidden_alike_in_every_breakdown(ns: list[int], random: Random) -> None:
    by_language = {(month, code): ns[i * 3 + j] for i, month in enumerate(MONTHS) for j, code in enumerate("abc")}
    by_channel: dict[Cell, int] = {}
    for (month, _code), n in by_language.items():
        chats = random.randint(0, n)
        by_channel[month, "chat"] = by_channel.get((month, "chat"), 0) + chats
        by_channel[month, "phone"] = by_channel.get((month, "phone"), 0) + n - chats
    first, second = ({row for row, column in hidden(one) if column == WHOLE} for one in (by_language, by_channel))
    assert first == second


@given(TABLES)
def test_an_attacker_with_every_shown_cell_recovers_no_hidden_one(table: dict[Cell, int]) -> None:
    whole, cells = with_margins(table), hidden(table)
    assert {cell for cell, n in whole.items() if n < 10} <= cells
    assert cells.isdisjoint(_recovered(whole, cells))


def _recovered(table: dict[Cell, int], unknown: frozenset[Cell]) -> set[Cell]:
    """Cells that the sums determine: those whose value is the same in every solution (Gauss over fractions)."""
    names = sorted(unknown, key=str)
    rows, columns = {row for row, _ in table}, {column for _, column in table}
    equations = []
    for row in rows:
        equations.append([Fraction((name[0] == row) * (-1 if name[1] == WHOLE else 1)) for name in names])
    for column in columns:
        equations.append([Fraction((name[1] == column) * (-1 if name[0] == WHOLE else 1)) for name in names])
    pivots, place = [], 0
    for at in range(len(names)):
        found = next((i for i in range(place, len(equations)) if equations[i][at]), None)
        if found is None:
            continue
        equations[place], equations[found] = equations[found], equations[place]
        scale = equations[place][at]
        equations[place] = [value / scale for value in equations[place]]
        for i, other in enumerate(equations):
            if i != place and other[at]:
                equations[i] = [a - other[at] * b for a, b in zip(other, equations[place], strict=True)]
        pivots.append((place, at))
        place += 1
    return {names[at] for row_at, at in pivots if not any(v for i, v in enumerate(equations[row_at]) if i != at)}
