"""The charter and its results, as anybody may read them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
import time_machine
from django.test import Client

from charter.actions import Explanation, explain_measurement
from charter.models import LineKind
from tests.factories.appeals import appeal
from tests.factories.charter import charter, institution, measured, standard
from tests.factories.city import furnished
from tests.people import mona

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _autumn() -> Any:
    with time_machine.travel("2026-11-22 10:00"):
        yield


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def test_an_empty_site_says_that_no_charter_is_in_force(client: Client) -> None:
    assert "No charter is in force today." in page(client, "/en/promises/")


def test_the_charter_shows_promises_and_how_they_are_kept(client: Client) -> None:
    version = charter()
    version.lines.create(kind=LineKind.AREA, code="accessibility", text_lt="Prieinamumas", text_en="Accessibility")
    version.lines.create(kind=LineKind.DUTY, code="d1", text_lt="Ateikite", text_en="Come in time")
    measured(standard(), 97, 100)
    text = page(client, "/en/promises/")
    for words in ("Accessibility", "We decide within 20 days", "In time: 97 out of 100", "Kept", "Come in time"):
        assert words in text


def test_a_charter_that_has_ended_is_not_shown(client: Client) -> None:
    charter(in_force_until="2026-06-30")
    assert "No charter is in force today." in page(client, "/en/promises/")


def test_results_say_what_was_missed_and_why(client: Client) -> None:
    why = Explanation(reason={"lt": "Ligos"}, action={"lt": "Du žmonės", "en": "Two people"})
    explain_measurement(measured(standard(), 70, 100), why, by=mona())
    text = page(client, "/en/promises/results/")
    assert "Not kept" in text
    assert '<span lang="lt">Ligos</span>' in text
    assert "<dd>Two people</dd>" in text


def test_a_quarter_can_be_chosen_by_address(client: Client) -> None:
    measured(standard(), 70, 100)
    measured(standard("S09"), 70, 100, period_start="2026-10-01")
    assert "All promises: third quarter of 2026" in page(client, "/en/promises/results/")
    assert "not over" in page(client, "/en/promises/results/?period=2026-Q4")
    assert "All promises: third quarter of 2026" in page(client, "/en/promises/results/?period=nonsense")


def test_a_small_institution_cannot_be_worked_out_from_the_total(client: Client) -> None:
    promise = standard()
    measured(promise, 96, 105)
    for code, kept, total in (("kspc", 5, 6), ("dane", 31, 33), ("rytas", 60, 66)):
        measured(promise, kept, total, institution=institution(code, name_en=code, short_name_en=code))
    rows = client.get("/en/promises/results.json").json()["items"]
    shown = {row["institution"]: row["of"] for row in rows}
    assert shown == {"": 105, "kspc": None, "dane": None, "rytas": 66}


def test_the_few_who_came_to_the_citys_own_desk_cannot_be_worked_out_either(client: Client) -> None:
    promise = standard()
    measured(promise, 96, 105)  # six of them at the city's own desk
    for code, kept, total in (("dane", 31, 33), ("rytas", 60, 66)):
        measured(promise, kept, total, institution=institution(code, name_en=code, short_name_en=code))
    rows = client.get("/en/promises/results.json").json()["items"]
    shown = {row["institution"]: row["of"] for row in rows}
    assert shown == {"": 105, "dane": None, "rytas": 66}


@pytest.mark.parametrize(("many", "said"), [(9, None), (10, 10)])
def test_the_data_say_how_many_told_us_that_a_promise_was_not_kept_unless_they_are_few(
    client: Client, many: int, said: int | None
) -> None:
    promise = standard()
    measured(promise, 70, 100)
    for _time in range(many):
        appeal(standard=promise, received_on=dt.date(2026, 8, 3))
    (row,) = client.get("/en/promises/results.json").json()["items"]
    assert row["told"] == said


def test_the_data_are_a_table_without_formulas(client: Client) -> None:
    explain_measurement(measured(standard(), 70, 100), Explanation(reason={"en": "=cmd()"}), by=mona())
    text = page(client, "/en/promises/results.csv").removeprefix("\ufeff")
    row = next(csv.DictReader(io.StringIO(text)))
    assert (row["promise"], row["kept"], row["of"], row["reason"]) == ("C08", "70", "100", "'=cmd()")


@pytest.mark.parametrize(("path", "most"), [("/en/promises/", 6), ("/en/promises/results/", 6)])
def test_pages_stay_within_their_queries(
    client: Client, path: str, most: int, django_assert_max_num_queries: Any
) -> None:
    furnished()
    with django_assert_max_num_queries(most):
        page(client, path)
