"""One door for people who work here; nobody signs up by themselves."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from portal.core.languages import LANGUAGES
from tests.people import carol

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/login/"


def sign_in(client: Client, password: str) -> str:
    user = carol()
    user.set_password("a-long-password")
    user.save()
    answer = client.post(SIGN_IN, {"login": "carol", "password": password}, follow=True)
    return str(answer.request["PATH_INFO"]) + "\n" + answer.content.decode()


def test_an_editor_signs_in_and_sees_where_they_work(client: Client) -> None:
    page = sign_in(client, "a-long-password")

    assert page.startswith("/cms/")


def test_no_greeting_waits_for_the_next_page(client: Client) -> None:
    user = carol()
    user.set_password("a-long-password")
    user.save()
    answer = client.post(SIGN_IN, {"login": "carol", "password": "a-long-password"})

    assert answer.status_code == 302
    assert not list(get_messages(answer.wsgi_request))


def test_a_wrong_password_is_said_beside_what_was_typed(client: Client) -> None:
    page = sign_in(client, "wrong")

    assert page.startswith(SIGN_IN)
    assert "error-summary" in page
    assert 'value="carol"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sign_in_speaks_the_language_that_was_chosen(client: Client, language: str) -> None:
    answer = client.get(f"/{language}/language/", {"next": SIGN_IN}, follow=True)

    assert answer.request["PATH_INFO"] == SIGN_IN
    assert f'<html lang="{language}"' in answer.content.decode()


def test_a_choice_of_language_never_leads_to_another_site(client: Client) -> None:
    assert client.get("/lt/language/", {"next": "https://example.org/"})["Location"] == "/"


def test_the_sign_in_offers_itself_in_every_language(client: Client) -> None:
    assert 'href="/ru/language/?next=%2Faccount%2Flogin%2F"' in client.get(SIGN_IN).content.decode()


def test_nobody_signs_up(client: Client) -> None:
    client.post("/account/signup/", {"username": "eve", "email": "eve@example.org", "password1": "a-long-password"})
    page = client.get("/account/signup/").content.decode()

    assert 'name="password1"' not in page
    assert not client.login(username="eve", password="a-long-password")


@pytest.mark.parametrize("path", ["password/change/", "2fa/", "2fa/totp/activate/", "logout/", "password/reset/"])
def test_every_page_of_the_account_is_ours(client: Client, path: str) -> None:
    user = carol()
    user.set_password("a-long-password")
    user.save()
    client.post(SIGN_IN, {"login": "carol", "password": "a-long-password"})
    answer = client.get(f"/account/{path}", follow=True)

    assert answer.status_code == 200
    assert 'id="main"' in answer.content.decode()
