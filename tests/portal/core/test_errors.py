"""What goes wrong is a page in the reader's language that says what to do next – and JSON for machines."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from portal.core import errors
from portal.core.languages import LANGUAGES
from portal.core.throttling import Limit, TooMany
from portal.project import urls as real

pytestmark = pytest.mark.django_db
handler404, handler500 = real.handler404, real.handler500


def _braked(request: HttpRequest) -> HttpResponse:
    Limit("test", times=0, seconds=120).check("here")
    return HttpResponse()


def _broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [
    path("uk/braked/", _braked),
    path("api/braked/", _braked),
    path("ru/broken/", _broken),
    path("api/broken/", _broken),
    *real.urlpatterns,
]
with_traps = override_settings(ROOT_URLCONF=__name__)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lost_reader_gets_a_search_box_with_the_words_of_the_address(client: Client, language: str) -> None:
    answer = client.get(f"/{language}/sildymo-kompensacija/")

    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.content.decode()
    assert 'value="sildymo kompensacija"' in answer.content.decode()


@with_traps
def test_too_many_tries_say_when_to_try_again(client: Client) -> None:
    answer = client.get("/uk/braked/")

    assert answer.status_code == 429
    assert answer["Retry-After"] == "120"
    assert '<html lang="uk"' in answer.content.decode()


@with_traps
def test_a_program_is_told_in_json(client: Client) -> None:
    answer = client.get("/api/braked/")

    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "Too many requests: try again in 120 s."
    assert client.get("/api/nothing/").status_code == 404
    assert "detail" in client.get("/api/nothing/").json()


@with_traps
def test_a_broken_page_needs_neither_database_nor_request(client: Client) -> None:
    client.raise_request_exception = False
    answer = client.get("/ru/broken/")

    assert answer.status_code == 500
    assert '<html lang="ru"' in answer.content.decode()
    assert client.get("/api/broken/").json()["detail"] == "Something broke on our side."


def test_a_request_nobody_understands_is_answered_too(rf: RequestFactory) -> None:
    assert errors.bad_request(rf.get("/lt/")).status_code == 400


def test_a_wait_of_seconds_is_said_as_a_minute(rf: RequestFactory) -> None:
    answer = errors.too_many(rf.get("/en/"), TooMany(5))

    assert "1 minute" in answer.content.decode()
