"""People rate what they got, with a face and perhaps some words."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from charter.feedback.models import Rating, RatingWords
from charter.feedback.ratings import RATINGS
from tests.factories.charter import institution, service

pytestmark = pytest.mark.django_db
AT_THE_CENTRE = "/en/feedback/rate/institution/kspc/"


def send(client: Client, path: str = AT_THE_CENTRE, site: str = "same-origin", **typed: str) -> Any:
    return client.post(path, typed, headers={"Sec-Fetch-Site": site})


def test_five_worded_faces_are_offered(client: Client) -> None:
    institution()
    text = client.get(AT_THE_CENTRE).content.decode()
    for words in ("Social Support Centre", "Very badly", "Badly", "So-so", "Well", "Very well"):
        assert words in text


def test_a_rating_is_kept_with_its_place_and_language(client: Client) -> None:
    place = institution()
    assert send(client, score="5", text="Good, ring +370 600 12345").status_code == 302
    kept = Rating.objects.get()
    assert (kept.score, kept.institution, kept.language, kept.channel) == (5, place, "en", "web")
    assert RatingWords.objects.get().text == "Good, ring [phone]"


def test_a_service_is_rated_too(client: Client) -> None:
    helped = service()
    send(client, "/en/feedback/rate/service/pagalba/", score="2", key="no key")
    assert Rating.objects.get().service == helped


def test_a_service_is_rated_with_its_institution(client: Client) -> None:
    place = institution()
    service(provider=place)
    send(client, "/en/feedback/rate/service/pagalba/", score="4")
    assert Rating.objects.get().institution == place


def test_the_four_areas_may_be_answered_too(client: Client) -> None:
    institution()
    send(client, score="4", communication="5", development="0", infrastructure="9")
    kept = Rating.objects.get()
    assert (kept.communication, kept.development) == (5, 0)
    assert (kept.infrastructure, kept.accessibility) == (None, None)


def test_who_came_by_the_code_of_a_poster_is_counted_so(client: Client) -> None:
    institution()
    form = client.get(f"{AT_THE_CENTRE}?by=qr").content.decode()
    assert '<input type="hidden" name="by" value="qr">' in form
    send(client, score="5", by="qr")
    send(client, score="5", by="kiosk")
    assert sorted(Rating.objects.values_list("channel", flat=True)) == ["qr", "web"]


def test_the_same_form_sent_twice_counts_once(client: Client) -> None:
    institution()
    key = str(uuid.uuid4())
    send(client, score="5", key=key)
    send(client, score="1", key=key)
    assert Rating.objects.get().score == 5


def test_without_a_face_the_form_comes_back_with_what_was_written(client: Client) -> None:
    institution()
    answer = send(client, text="They were kind", communication="2")
    assert answer.status_code == 422
    for words in (
        b"Error:",
        b"Choose one of the five faces.",
        b"They were kind",
        b'value="2" checked',
        b'<details class="more" open>',
    ):
        assert words in answer.content
    assert not Rating.objects.exists()


@pytest.mark.parametrize("path", ["institution/none", "service/none", "article/A-001"])
def test_what_is_not_there_cannot_be_rated(client: Client, path: str) -> None:
    assert client.get(f"/en/feedback/rate/{path}/").status_code == 404


def test_another_site_cannot_rate_for_a_person(client: Client) -> None:
    institution()
    assert send(client, site="cross-site", score="1").status_code == 403


def test_a_flood_is_stopped_and_what_was_written_stays(client: Client) -> None:
    institution()
    for _time in range(RATINGS.times):
        RATINGS.count("127.0.0.1")
    answer = send(client, score="1", text="They were kind")
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert b"They were kind" in answer.content
    assert not Rating.objects.exists()
