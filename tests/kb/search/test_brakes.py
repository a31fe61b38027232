"""Very many searches at once: a library full of people is answered, a program that never rests gets a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from kb.search import views
from tests.factories import charter as city
from tests.factories.kb import article, indexed

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def alice(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(views, "SEARCHES", replace(views.SEARCHES, times=3))
    monkeypatch.setattr(views, "KEYSTROKES", replace(views.KEYSTROKES, times=3))
    city.municipality()
    article()
    indexed()
    return Client(headers={"user-agent": "Mozilla/5.0"})


def test_a_full_library_is_never_near_the_limit() -> None:
    assert views.SEARCHES.times / views.SEARCHES.seconds >= 50


def test_who_never_rests_gets_a_sentence_and_the_words_back(alice: Client) -> None:
    answers = [alice.get("/en/search/", {"q": "heating bills"}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    page = answers[-1].content.decode()
    assert "Very many searches are coming from your network at once." in page
    assert 'value="heating bills"' in page
    assert answers[-1]["Retry-After"] == "60"


def test_other_people_are_answered_meanwhile(alice: Client) -> None:
    for _ in range(5):
        alice.get("/en/search/", {"q": "heating"})

    assert alice.get("/en/search/", {"q": "heating"}, REMOTE_ADDR="10.1.1.1").status_code == 200
    assert alice.get("/en/search/").status_code == 200


def test_too_many_keystrokes_are_answered_with_nothing(alice: Client) -> None:
    counts = [len(alice.get("/lt/search/suggest/", {"q": "šild"}).json()["suggestions"]) for _ in range(5)]

    assert counts == [1, 1, 1, 0, 0]
