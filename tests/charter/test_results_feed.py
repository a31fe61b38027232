"""The public results: how it went before, how many told us, and a feed of what is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from charter import performance
from charter.models import ServiceStandard
from charter.periods import quarter_of
from tests.factories.appeals import appeal
from tests.factories.charter import measured, standard

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
QUARTER = quarter_of(dt.date(2026, 10, 1))


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def page(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def told(promise: ServiceStandard, many: int) -> None:
    for _ in range(many):
        appeal(standard=promise)


def test_nine_who_told_us_look_like_none_and_ten_are_counted(client: Client) -> None:
    few, many = standard(), standard("S09")
    measured(many, 70, 100, period_start="2026-10-01")
    told(few, 9)
    told(many, 10)
    text = page(client, "/en/promises/results/?period=2026-Q4")
    assert text.count("<strong>10</strong></li>") == 1
    assert "Every other promise: fewer than 10" in text
    assert ">9<" not in text


def test_thanks_and_what_was_taken_back_are_no_broken_promise() -> None:
    promise = standard()
    told(promise, 10)
    appeal(standard=promise, kind="thanks")
    rows = performance.with_told(performance.rows_of([], QUARTER), QUARTER)
    assert rows == []
    assert performance._told[0](QUARTER.start, QUARTER.end) == {promise.code: 10}


def test_the_quarters_before_stand_beside_a_promise(client: Client) -> None:
    promise = standard()
    for start, kept in (("2026-01-01", 60), ("2026-04-01", 65), ("2026-07-01", 70)):
        measured(promise, kept, 100, period_start=start)
    assert "Quarters before: 60 · 65" in page(client, "/en/promises/results/?period=2026-Q3")


def test_new_results_come_as_a_feed_and_small_numbers_stay_out_of_it(client: Client) -> None:
    measured(standard(), 70, 100, period_start="2026-07-01")
    measured(standard("S09"), 3, 7, period_start="2026-07-01")
    measured(standard("S10"), 50, 60, period_start="2026-10-01")
    answer = client.get("/en/promises/results.xml")
    assert answer["Content-Type"].startswith("application/atom+xml")
    text = answer.content.decode()
    assert text.count("<entry>") == 2
    assert "In time: 70 out of 100" in text
    assert "Too few cases to show a figure." in text
    assert "third quarter of 2026" in text
    assert "fourth quarter" not in text
