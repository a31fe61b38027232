"""The first page: search first, a person one step away, what was promised and how it is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from charter.models import Measurement, Municipality, ServiceStandard
from kb.models import Article
from portal.core import clock
from portal.core.languages import LANGUAGES
from portal.pages.models import HomePage

pytestmark = pytest.mark.usefixtures("town")
MOST_QUERIES = 9


def read(language: str = "en") -> str:
    answer = Client().get(f"/{language}/")
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_a_resident_needs_first_is_there(language: str) -> None:
    html = read(language)

    assert f'action="/{language}/search/"' in html
    assert 'href="tel:112"' in html
    assert f'href="/{language}/chat/"' in html
    assert html.index('role="search"') < html.index('class="ways"') < html.index('class="topics"')
    assert "{{" not in html


def test_what_people_need_most_comes_with_the_sum_that_holds_this_year() -> None:
    assert "256.30" in read("en")


def test_a_promise_is_shown_with_what_was_counted_and_not_before() -> None:
    assert "promise--small" not in read()
    standard = ServiceStandard.objects.filter(kind="share", valid_from__lte=clock.today()).first()
    assert standard is not None
    Measurement.objects.create(
        standard=standard,
        period_kind="quarter",
        period_start=dt.date(2026, 4, 1),
        numerator=87,
        denominator=100,
        value=0.87,
        low=0.79,
        high=0.92,
        target=0.95,
        verdict="not_kept",
        measured_at=clock.now(),
    )

    assert "promise--small" in read()
    assert "Not kept" in read()


def test_no_crisis_line_is_claimed_that_nobody_confirmed() -> None:
    assert "No other crisis line of this city is confirmed yet." in read()


def test_the_page_stands_on_an_empty_site() -> None:
    HomePage.objects.all().delete()
    Municipality.objects.all().delete()

    assert "How can we help?" in read()


def test_the_page_asks_the_database_nine_times(django_assert_max_num_queries: Any) -> None:
    assert Article.objects.exists()
    with django_assert_max_num_queries(MOST_QUERIES):
        read("ru")
