"""What people wrote beside a face is read by managers – where enough did, and by nobody sooner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from charter.feedback.models import Rating, RatingWords
from charter.models import Institution
from portal.core.languages import LANGUAGES
from tests import people
from tests.portal.dashboard import records

pytestmark = pytest.mark.django_db
PAGE = "/en/dashboard/sheets/satisfaction/"
OCTOBER = dt.date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC), tick=False):
        yield


def written(place: Institution | None, many: int, *, month: dt.date = OCTOBER) -> None:
    RatingWords.objects.bulk_create(
        RatingWords(
            text=f"Teko laukti {number}", tone="bad", language=LANGUAGES[number % 4], institution=place, month=month
        )
        for number in range(many)
    )


def read(client: Client, **asked: str) -> list[str]:
    shown = client.get(PAGE, {"period": "2026-10", **asked}).context["sheet"].listings
    return [row[0].said for listing in shown if listing.code == "words" for row in listing.rows]


def test_ten_people_are_read_and_nine_are_not(client: Client) -> None:
    client.force_login(people.mona())
    written(None, 9)
    assert read(client) == []
    assert "Fewer than ten people wrote something" in client.get(PAGE, {"period": "2026-10"}).content.decode()

    written(None, 1)
    assert len(read(client)) == 10
    assert '<th scope="row" lang="uk">Teko laukti' in client.get(PAGE, {"period": "2026-10"}).content.decode()


def test_words_of_a_month_that_is_not_over_wait_for_its_end(client: Client) -> None:
    client.force_login(people.mona())
    written(None, 12, month=dt.date(2026, 11, 1))
    assert read(client, period="2026-11") == []


def test_whoever_answers_for_one_office_reads_its_own_and_no_other(client: Client) -> None:
    mine, other = records.institution("kspc"), records.institution("dane")
    written(mine, 11)
    written(other, 13)
    client.force_login(people.mona(mine))

    assert len(read(client)) == 11


def test_one_office_of_several_has_no_list_so_that_none_is_left_over(client: Client) -> None:
    written(records.institution("kspc"), 11)
    written(records.institution("dane"), 3)
    client.force_login(people.mona())

    assert len(read(client)) == 14
    assert read(client, institution="kspc") == []


def test_an_area_counts_those_who_could_say_something_of_it(client: Client) -> None:
    at = dt.datetime(2026, 10, 10, tzinfo=dt.UTC)
    said = [5] * 40 + [2] * 20 + [0] * 7 + [None] * 9
    Rating.objects.bulk_create(
        Rating(subject_kind="service", score=3, channel="kiosk", language="lt", at=at, communication=score)
        for score in said
    )
    client.force_login(people.mona())

    heads = {head.name: head.value for head in client.get(PAGE, {"period": "2026-10"}).context["heads"]}
    assert heads["Quality of communication"].startswith("67")
