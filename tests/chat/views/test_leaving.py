"""Somebody comes into the room: Alice leaves at once, and whoever looks finds nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from charter.memberships import places_asked
from chat import cookie, protocol, rows
from chat.actions import consultations, floor
from chat.actions.starting import Started
from chat.models import Consultation, Grant
from chat.views.returning import AWAY
from kb.models import Article, CrisisWord, Topic
from tests.chat import ground
from tests.factories import charter
from tests.factories.kb import article
from tests.people import bob

pytestmark = pytest.mark.django_db
LEAVE = "/en/chat/away/"


@pytest.fixture
def alice(client: Client) -> Started:
    begun = ground.alice_asks()
    client.cookies[cookie.name()] = begun.token
    return begun


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def offers_it(shown: str) -> bool:
    return 'id="leave">' in shown


def test_one_link_takes_the_key_away_and_leads_to_something_harmless(client: Client, alice: Started) -> None:
    answer = client.get(LEAVE)

    assert (answer.status_code, answer["Location"]) == (302, AWAY)
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Grant.objects.exists()
    assert client.get(f"/en/chat/{alice.consultation.public_id}/").status_code == 404
    assert Consultation.objects.get().is_open


def test_every_page_that_is_left_leads_to_the_same_place() -> None:
    assert f'href="{AWAY}"' in render_to_string("components/leave.html")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_sites_link_takes_nobodys_key(client: Client, alice: Started, site: str) -> None:
    client.get(LEAVE, headers={"Sec-Fetch-Site": site})
    assert Grant.objects.exists()


def test_a_program_that_only_looks_at_the_link_takes_no_key(client: Client, alice: Started) -> None:
    client.head(LEAVE)
    assert Grant.objects.exists()


def test_an_ordinary_question_has_no_such_button(client: Client, alice: Started) -> None:
    assert not offers_it(page(client, f"/en/chat/{alice.consultation.public_id}/"))
    assert not offers_it(page(client, "/en/chat/"))


@pytest.mark.parametrize("about", ["service", "article", "topic"])
def test_about_something_sensitive_every_page_of_the_conversation_has_it(
    client: Client, alice: Started, about: str
) -> None:
    sensitive: dict[str, Any] = {
        "service": charter.service("saugu", is_sensitive=True),
        "article": article(is_sensitive=True),
    }
    sensitive["topic"] = Topic.objects.create(code="krize", slug="krize", live=True)
    sensitive["topic"].articles.add(Article.objects.get())
    Consultation.objects.update(**{about: sensitive[about]})
    begun = f"/en/chat/{alice.consultation.public_id}/"

    for path in (begun, f"{begun}transcript/", f"{begun}end/", f"{begun}erase/", f"{begun}callback/"):
        assert offers_it(page(client, path)), path
    assert offers_it(page(client, f"/en/chat/?{about}={sensitive[about].code}"))


def test_a_topic_with_one_sensitive_answer_among_many_is_ordinary(client: Client) -> None:
    topic = Topic.objects.create(code="seima", slug="seima", live=True)
    for number in range(4):
        topic.articles.add(article(f"A-10{number}", is_sensitive=number == 0))

    assert not offers_it(page(client, "/en/chat/?topic=seima"))


def test_a_page_that_is_open_hears_that_somebody_may_be_in_danger(client: Client, alice: Started) -> None:
    path = f"/en/chat/{alice.consultation.public_id}/events"
    assert "urgent" not in client.get(path).json()

    floor.mark_urgent(consultations.claim(alice.consultation, by=bob()), by=bob())

    assert client.get(path).json()["urgent"] is True
    stand = rows.see([alice.consultation.pk], places=places_asked([])).stands[alice.consultation.pk]
    assert protocol.pressing(stand) == {"urgent": True}  # so say the frames and the heartbeat of an open socket


def test_words_of_danger_bring_it(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        CrisisWord.objects.create(language="en", text="beats me")

    assert offers_it(page(client, "/en/chat/?words=My+husband+beats+me"))
