"""Whoever takes every figure of every sheet, page and file works out none that is kept back.

What is kept back are groups of fewer than ten and those that protect them; "too few" and "which way they lean" guard
against wrong conclusions, not against reckoning.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any, TypeAlias

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.memberships import Reach
from charter.periods import Period, quarter_of
from portal.dashboard import periods
from portal.dashboard.models import AnswerCount, AppealCount, ContactCount, CountedMonth, RatingCount
from portal.dashboard.scope import Dimension
from portal.dashboard.sheets import KINDS, appeals, consultations, satisfaction, scope_of, sheet
from portal.dashboard.sheets.figures import Figure, Kept
from portal.dashboard.sheets.form import Sheet
from portal.dashboard.sheets.measures import Measure
from tests import people
from tests.depth import Depth

pytestmark = [pytest.mark.django_db]
QUARTER = Period(dt.date(2026, 7, 1))
MONTHS = periods.months_in(QUARTER)
EVERYWHERE = Reach(whole_city=True, institutions=frozenset())
TABLES: tuple[Any, ...] = (RatingCount, ContactCount, AppealCount, AnswerCount)
SHEETS = ("satisfaction", "consultations", "appeals")
BY: dict[Dimension, tuple[str, ...]] = {Dimension.LANGUAGE: ("lt", "ru", "uk"), Dimension.CHANNEL: ("chat", "phone")}
KEYS = {
    "month",
    "id",
    "institution_id",
    "service_id",
    "found_topic",
    "kind",
    "channel",
    "language",
    "entry_kind",
    "generated",
}
Unknown: TypeAlias = tuple[str, str, dt.date, str, str]  # table, column, month, language, channel
Equation: TypeAlias = dict[Unknown, int]


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC), tick=False):
        yield


def columns_of(table: Any) -> list[str]:
    return [field.name for field in table._meta.concrete_fields if field.name not in KEYS]


def a_town(dice: Random) -> None:
    """Counts of every table for a quarter; most groups large, some small, some empty."""
    wholes = {each.of for each in (*appeals.MEASURES, *consultations.MEASURES, *satisfaction.MEASURES)}
    for table in TABLES:
        table.objects.all().delete()
        rows = []
        for month, (language, channel) in itertools.product(MONTHS, itertools.product(*BY.values())):
            size = dice.choice([0, 3, 9, 12, 40, 90, 200])
            values = {name: size if name in wholes else dice.randint(0, size) for name in columns_of(table)}
            values |= {name: dice.randint(size, size + 9) for name in wholes & values.keys()}
            values |= dict.fromkeys(elsewhere(channel) & values.keys(), 0)
            kinds = {"kind": "question"} if table in (AppealCount, AnswerCount) else {}
            rows.append(table(month=month.start, language=language, channel=channel, generated=0, **values, **kinds))
        table.objects.bulk_create(rows)
    for number in range(40):
        first = _back(-number)
        until = periods.span(periods.month_of(first))[1]
        CountedMonth.objects.get_or_create(month=first, defaults={"until": until, "counted_at": until})


def _back(months: int) -> dt.date:
    place = 2026 * 12 + 10 + months
    return dt.date(place // 12, place % 12 + 1, 1)


def elsewhere(channel: str) -> set[str]:
    """Columns that only other channels have: nobody calls by chat."""
    others = (each for each in consultations.MEASURES if each.channels and channel not in each.channels)
    return {column for each in others for column in each.columns}


def equation(column: str, measure: Measure, period: Period, by: Dimension | None, group: object) -> Equation:
    """What a figure adds up, as a sum of what is not known."""
    assert measure.ground
    languages = [str(group)] if by is Dimension.LANGUAGE else BY[Dimension.LANGUAGE]
    channels = [str(group)] if by is Dimension.CHANNEL else BY[Dimension.CHANNEL]
    months = [month.start for month in periods.months_in(period)]
    table = measure.ground.table.__name__
    return {(table, column, *cell): 1 for cell in itertools.product(months, languages, channels)}


def figures(shown: Sheet) -> Iterator[tuple[Measure, Period, Dimension | None, object, Figure]]:
    """Everything the sheet holds of this quarter."""
    for line in shown.lines:
        yield line.measure, shown.scope.period, None, None, line.now
    for period, figure in shown.course:
        if shown.drawn and quarter_of(period.start) == QUARTER:
            yield shown.drawn.measure, period, None, None, figure
    for group in shown.groups:
        for measure in shown.columns:
            yield measure, shown.scope.period, shown.scope.dimension, group.key, group.figures[measure.code]


def everything() -> tuple[list[Equation], list[tuple[str, Equation]]]:
    """(what is known to whoever reads all sheets of the quarter, what is kept back)."""
    known: list[Equation] = []
    secret: list[tuple[str, Equation]] = []
    for code, by, period in itertools.product(SHEETS, BY, [QUARTER, *MONTHS]):
        asked = {"period": period.code, "by": by.value}
        shown = sheet(code, scope_of(code, asked, reach=EVERYWHERE, language="en"), "en")
        assert shown.scope.dimension is by
        for measure, when, dimension, group, figure in figures(shown):
            parts = {column: equation(column, measure, when, dimension, group) for column in measure.columns}
            if figure.is_shown:
                known += parts.values()
            elif figure.kept is Kept.BACK:
                secret += [(f"{measure.code} {when} {group}", part) for part in parts.values()]
    return known, secret


def recovered(known: list[Equation], secret: list[tuple[str, Equation]]) -> set[str]:
    """What lies in the span of what is known, found by elimination, one table and column after the other."""
    found = set()
    systems: dict[Any, dict[Any, Equation]] = defaultdict(dict)
    for each in known:  # the same figure stands on several pages
        systems[next(iter(each))[:2]][frozenset(each)] = each
    for mine, equations in systems.items():
        basis: list[tuple[Unknown, dict[Unknown, Fraction]]] = []
        for each in equations.values():
            if rest := _reduced(each, basis):
                pivot = min(rest)
                basis.append((pivot, {key: value / rest[pivot] for key, value in rest.items()}))
        hidden = {frozenset(each): (name, each) for name, each in secret if next(iter(each))[:2] == mine}
        found |= {name for name, each in hidden.values() if not _reduced(each, basis)}
    return found


def _reduced(row: Equation, basis: list[tuple[Unknown, dict[Unknown, Fraction]]]) -> dict[Unknown, Fraction]:
    rest = {key: Fraction(value) for key, value in row.items()}
    for pivot, each in basis:
        if factor := rest.get(pivot):
            for key, value in each.items():
                rest[key] = rest.get(key, Fraction(0)) - factor * value
            rest = {key: value for key, value in rest.items() if value}
    return rest


def test_no_figure_that_is_kept_back_is_worked_out_from_all_that_are_shown(depth: Depth) -> None:
    @settings(max_examples=depth.times(full=60, sample=2), deadline=None)
    @given(st.integers(0, 10**6))
    def attack(seed: int) -> None:
        a_town(Random(seed))
        known, secret = everything()
        assert known
        assert secret
        assert recovered(known, secret) == set()

    attack()


def test_the_attack_works_where_nothing_guards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the lattice's protectors the same attacker finds small cells: the test above can fail."""
    from portal.dashboard.lattice import with_margins
    from portal.dashboard.sheets import figures as made

    def small_ones_alone(counts: Any) -> frozenset[Any]:
        return frozenset(cell for cell, n in with_margins(counts).items() if n < 10) if counts else frozenset()

    monkeypatch.setattr(made, "hidden", small_ones_alone)
    a_town(Random(1))
    assert recovered(*everything())


def test_files_hold_back_what_pages_hold_back(client: Client) -> None:
    a_town(Random(2))
    client.force_login(people.mona())
    for code, by in itertools.product(SHEETS, BY):
        asked = {"period": "2026-07", "by": by.value}
        with translation.override("en"):
            shown = sheet(code, scope_of(code, asked, reach=EVERYWHERE, language="en"), "en")
            said = {
                (f"{code}.{each}.by_{by.value}", group.name.text): figure.is_shown
                for group in shown.groups
                for each, figure in group.figures.items()
            }
        rows = json.loads(client.get(f"/en/dashboard/sheets/{code}/figures.json", asked).content)["figures"]
        listed = {(row["figure"], row["group"]): row["value"] is not None for row in rows if row["group"]}
        assert listed == said
    assert set(SHEETS) < set(KINDS)
