"""Results are shown as far as they may be: by how many answered, with intervals, never so that one can be read off."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import load_workbook

from charter.feedback.models import Survey, SurveyState
from charter.feedback.surveys.results import Block, results, visible_until
from charter.feedback.surveys.words import words_of
from portal.core import pdf
from portal.core.statistics import Shown
from tests.factories.city import furnished
from tests.factories.surveys import answered, survey
from tests.people import mona

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TODAY = dt.date(2026, 11, 25)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC), tick=False) as traveller:
        furnished()
        yield traveller


def over(**fields: Any) -> Survey:
    return survey(state=SurveyState.CLOSED, opens_on=dt.date(2026, 10, 1), closes_on=dt.date(2026, 10, 31), **fields)


def block(of: Survey, code: str = "how", **by: str) -> Block:
    return next(each for each in results(of, **by).blocks if each.question.code == code)


@pytest.mark.parametrize(
    ("n", "shown"),
    [
        (9, Shown.NOTHING),
        (10, Shown.TOO_FEW),
        (29, Shown.TOO_FEW),
        (30, Shown.DIRECTION),
        (49, Shown.DIRECTION),
        (50, Shown.FULL),
    ],
)
def test_how_much_is_shown_goes_by_how_many_answered(n: int, shown: Shown) -> None:
    of = over()
    answered(of, n, how="5")
    found = block(of)
    assert found.shown is shown
    assert found.is_figure is (shown is Shown.FULL)
    assert bool(found.shares) is (shown is Shown.FULL)
    assert (found.mean is None) is (shown is not Shown.FULL)


def test_the_good_are_the_two_best_of_five_with_wilsons_interval() -> None:
    of = over()
    answered(of, 30, how="5")
    answered(of, 15, how="4")
    answered(of, 5, how="1")
    good = block(of).good
    assert (good.count, good.of) == (45, 50)
    assert (round(good.interval.low, 4), round(good.interval.high, 4)) == (0.7864, 0.9565)


def test_ease_counts_five_six_and_seven_of_seven_with_the_mean_beside_them() -> None:
    of = over()
    answered(of, 40, how="5", ease="7")
    answered(of, 10, how="5", ease="2")
    found = block(of, "ease")
    assert (found.good.count, found.good.of, found.mean) == (40, 50, 6.0)


def test_several_answers_are_shares_of_people_not_of_ticks() -> None:
    of = over()
    answered(of, 50, how="1", bad=["wait", "words"])
    answered(of, 10, how="1", bad=["wait"])
    found = block(of, "bad")
    assert found.of == 60
    assert {value: (share.count, share.of) for value, share in found.shares.items()} == {
        "wait": (60, 60),
        "words": (50, 60),
    }


def test_a_small_group_takes_another_along_so_that_the_total_does_not_give_it_away() -> None:
    of = over()
    answered(of, 60, how="5", language="lt")
    answered(of, 55, how="4", language="en")
    answered(of, 4, how="1", language="ru")
    groups = results(of, by="language").groups["how"]
    assert {name: part.shown for name, part in groups.items()} == {
        "lt": Shown.FULL,
        "en": Shown.NOTHING,
        "ru": Shown.NOTHING,
    }


def test_results_are_broken_down_by_a_question_that_makes_groups() -> None:
    of = over()
    answered(of, 50, how="5", where="home")
    answered(of, 60, how="2", where="centre")
    groups = results(of, by="where").groups["how"]
    assert {name: (part.good.count, part.good.of) for name, part in groups.items()} == {
        "home": (50, 50),
        "centre": (0, 60),
    }


def test_a_running_survey_has_no_breakdown() -> None:
    of = survey()
    answered(of, 60, how="5", day=TODAY - dt.timedelta(days=1))
    assert results(of, by="language").groups == {}


@given(some.lists(some.integers(0, 25), max_size=40))
def test_who_looks_every_day_never_sees_fewer_than_ten_new_answers(days: list[int]) -> None:
    first = dt.date(2026, 1, 1)
    by_day = {first + dt.timedelta(days=place): n for place, n in enumerate(days)}
    seen = []
    for place in range(len(days) + 1):
        today = first + dt.timedelta(days=place)
        until = visible_until({day: n for day, n in by_day.items() if day < today}, today)
        seen.append(sum(n for day, n in by_day.items() if until is not None and day <= until))
    seen.append(sum(days))  # it closes: everything is shown
    steps = {later - before for before, later in itertools.pairwise(seen)}
    assert all(step == 0 or step >= 10 for step in steps) or sum(days) < 10


def test_a_period_is_compared_with_the_one_before() -> None:
    earlier = over()
    answered(earlier, 100, how="2")
    of = over(copy_of=earlier)
    answered(of, 100, how="5")
    found = block(of)
    assert found.before is not None
    assert (found.before.count, found.has_changed) == (0, True)


def test_words_are_put_together_by_area_and_term() -> None:
    of = over()
    for number in range(8):
        answered(of, how="1", words=f"Waiting took {number} hours")
    answered(of, 3, how="5", words="Kind people")
    with override("en"):
        (area,) = words_of(of)
        assert (area.label, area.count) == ("quality of communication", 11)
    assert [(term.word, len(term.said)) for term in area.terms][:2] == [("waiting", 8), ("kind", 3)]


def test_words_of_fewer_than_ten_people_are_not_shown() -> None:
    of = over()
    answered(of, 9, how="1", words="Too slow")
    assert words_of(of) == []


def address(of: Survey, part: str) -> str:
    return f"/en/surveys/staff/{of.public_id}/{part}"


def test_page_file_and_workbook_hold_the_same_cells_and_no_formula(client: Client) -> None:
    client.force_login(mona())
    of = over()
    answered(of, 45, how="5", words="=HYPERLINK(1)")
    answered(of, 5, how="1", ease="1", words="Fine")
    page = client.get(address(of, "results/")).content.decode()
    assert "90\N{NO-BREAK SPACE}%" in page
    assert "79–96\N{NO-BREAK SPACE}%" in page
    assert "Fewer than ten answered, so nothing is shown." in page

    text = client.get(address(of, "results.csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    good = next(row for row in rows if row["answer"].startswith("answered"))
    assert (good["count"], good["of"], good["low"], good["high"]) == ("45", "50", "0.7864", "0.9565")
    assert [row["note"] for row in rows if row["question"] == "ease"] == ["nothing"]
    assert "'=HYPERLINK(1)" in {row["answer"] for row in rows}

    book = load_workbook(io.BytesIO(client.get(address(of, "results.xlsx")).content))
    cells = [cell for line in book.active.iter_rows() for cell in line]  # type: ignore[union-attr]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_report_for_the_council_comes_as_paper(client: Client) -> None:
    client.force_login(mona())
    of = over()
    answered(of, 50, how="5", words="Thank you")
    report = client.get(address(of, "report.pdf"))
    if pdf.is_possible():
        assert report.content.startswith(b"%PDF")
    else:
        assert report.status_code == 503


def test_the_page_of_results_costs_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    client.force_login(mona())
    of = over()
    answered(of, 60, how="5", where="home", ease="6", words="Good")
    client.get(address(of, "results/"))
    with django_assert_max_num_queries(14):
        client.get(address(of, "results/?by=where"))
