"""Staff enter what people said by phone or wrote on paper, one after the other."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from charter.feedback.models import Rating, RatingWords
from charter.models import Service
from tests.factories.charter import institution
from tests.factories.city import furnished
from tests.people import bob, dan

pytestmark = pytest.mark.django_db
PAGE = "/en/feedback/staff/"


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def desk(client: Client) -> Client:
    """Bob, who works at the centre."""
    furnished()
    client.force_login(bob(institution("dane")))
    return client


def paper(**changes: str) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "institution": "dane",
        "service": "",
        "channel": "paper",
        "language": "uk",
        "day": "2026-11-20",
        "score": "4",
        **changes,
    }


def test_bob_enters_a_paper_and_gets_the_form_for_the_next_one(desk: Client) -> None:
    answer = desk.post(PAGE, paper(text="Дякую", communication="5"), follow=True)
    text = answer.content.decode()
    assert "Counted. Today you entered 1 answer." in text
    for same in ('value="dane" selected', 'value="uk" lang="uk" selected', 'value="2026-11-20"'):
        assert same in text
    assert "Дякую" not in text
    kept = Rating.objects.get()
    assert (kept.channel, kept.entry_kind, kept.language, kept.communication) == ("paper", "staff", "uk", 5)
    assert (kept.at.date(), RatingWords.objects.get().text) == (dt.date(2026, 11, 20), "Дякую")


def test_a_paper_about_a_service_counts_for_it(desk: Client) -> None:
    helped = Service.objects.get(code="pagalba")
    desk.post(PAGE, paper(service=helped.code, channel="phone"))
    assert Rating.objects.values_list("subject_kind", "service_id", "channel").get() == ("service", helped.pk, "phone")


def test_the_same_paper_pressed_twice_counts_once(desk: Client) -> None:
    form = paper()
    desk.post(PAGE, form)
    again = desk.post(PAGE, form, follow=True)
    assert "This one was counted already." in again.content.decode()
    assert Rating.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"score": ""}, "Choose one of the five faces."),
        ({"institution": ""}, "Choose the institution."),
        ({"institution": "kspc"}, "Choose the institution."),
        ({"channel": "web"}, "Choose phone or paper."),
        ({"language": "de"}, "Choose the language."),
        ({"day": "2026-11-26"}, "it cannot be in the future"),
        ({"day": "yesterday"}, "it cannot be in the future"),
        ({"day": "2026-10-20"}, "It is older than a month"),
    ],
)
def test_what_cannot_be_counted_comes_back_with_what_was_typed(
    desk: Client, changes: dict[str, str], said: str
) -> None:
    answer = desk.post(PAGE, paper(text="Дякую", **changes))
    assert answer.status_code == 422
    for words in (said, "Дякую", "Error:"):
        assert words in answer.content.decode()
    assert not Rating.objects.exists()


def test_who_works_nowhere_enters_nothing(client: Client) -> None:
    client.force_login(dan())
    assert client.get(PAGE).status_code == 403
