"""Answers, as residents read them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import charter as make
from tests.factories.answers import article
from tests.factories.city import furnished

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def test_an_answer_says_it_short_first_and_where_it_belongs(client: Client) -> None:
    furnished()
    text = page(client, "/en/answers/a-001-how-to-get/")
    for words in ("Hand in a request.", "Help at home", "Social Support Centre", "We decide within 20 days"):
        assert words in text
    assert 'href="/en/services/pagalba-service/"' in text


def test_what_is_written_for_consultants_never_reaches_a_page(client: Client) -> None:
    article(internal_note_en="SECRET", internal_note_lt="SECRET", phone_form_en="BY PHONE", phone_form_lt="BY PHONE")
    for path in ("/en/answers/a-001-how-to-get/", "/ru/answers/a-001-kaip-gauti/", "/en/answers/"):
        text = page(client, path)
        assert "SECRET" not in text
        assert "BY PHONE" not in text


def test_a_draft_is_not_there(client: Client) -> None:
    article(live=False)
    assert client.get("/en/answers/a-001-how-to-get/").status_code == 404
    assert "How to get compensation?" not in page(client, "/en/answers/")


def test_a_text_nobody_declared_ready_is_not_shown(client: Client) -> None:
    article(title_ru="Черновик", body_ru="<p>Черновик</p>", slug_ru="chernovik")
    assert client.get("/ru/answers/chernovik/")["Location"] == "/ru/answers/a-001-kaip-gauti/"
    assert "Черновик" not in page(client, "/ru/answers/a-001-kaip-gauti/")


def test_an_old_translation_says_so(client: Client) -> None:
    answer = article()
    answer.body_lt = "<p>Pasikeitė.</p>"
    answer.save()
    assert "has changed since this translation" in page(client, "/en/answers/a-001-how-to-get/")


def test_a_script_in_an_answer_is_not_run(client: Client) -> None:
    article(body_en="<p>x<script>alert(1)</script></p>", short_answer_en="<script>alert(2)</script>")
    text = page(client, "/en/answers/a-001-how-to-get/")
    assert "alert(1)" not in text
    assert "<script>alert(2)" not in text


def test_an_answer_about_violence_can_be_left_quickly(client: Client) -> None:
    article(is_sensitive=True)
    assert "Leave quickly" in page(client, "/en/answers/a-001-how-to-get/")


def test_answers_stand_by_situation(client: Client) -> None:
    furnished()
    text = page(client, "/en/answers/")
    assert text.index("Heating and housing") < text.index("Other answers")


def test_a_site_without_answers_says_so(client: Client) -> None:
    make.municipality()
    assert "No answers have been published here yet." in page(client, "/en/answers/")


@pytest.mark.parametrize(("path", "most"), [("/en/answers/a-001-how-to-get/", 9), ("/en/answers/", 5)])
def test_pages_stay_within_their_queries(
    client: Client, path: str, most: int, django_assert_max_num_queries: Any
) -> None:
    furnished()
    with django_assert_max_num_queries(most):
        page(client, path)
