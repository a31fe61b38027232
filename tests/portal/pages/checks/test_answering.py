"""Residents answer: page by page or all at once, back and forth, and nothing of it is kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from charter.models import BaseAmount
from kb.models import Topic
from portal.core import staff
from portal.instruments.models import Instrument, Purpose
from tests import people
from tests.factories import charter, city
from tests.factories import instruments as make

pytestmark = pytest.mark.django_db
CHECK, SITUATION = "/en/check/care/", "/en/what-may-i-get/income/"


@pytest.fixture(autouse=True)
def _autumn() -> Any:
    with time_machine.travel("2026-11-22 10:00"):
        yield


def said(response: Any) -> str:
    assert response.status_code == 200
    assert not response.cookies
    return str(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def send(client: Client, page: str, path: str = CHECK, **fields: Any) -> str:
    """Press a button of `page`: its answers travel along."""
    found = re.search(r'name="carry" value="([^"]*)"', page)
    at = re.search(r'name="at" value="([^"]*)"', page)
    data = {"carry": found[1] if found else "", "at": at[1] if at else ""}
    answers = {name.replace("_", "-", 1): value for name, value in fields.items()}
    return said(client.post(path, data | answers, headers={"Sec-Fetch-Site": "same-origin"}))


def to_the_result(client: Client, washing: str = "help", eating: str = "alone") -> str:
    page = send(client, "")
    page = send(client, page, q_washing=washing)
    return send(client, page, q_eating=eating)


def test_one_question_a_page_leads_to_a_result_that_explains_itself(client: Client) -> None:
    city.furnished()
    make.published()
    page = said(client.get(CHECK))
    assert "There are 3 questions" in page
    assert "invented" in page
    page = send(client, page)
    assert "How is washing?" in page
    assert "Question 1 of 2" in page
    page = send(client, send(client, page, q_washing="help"), q_eating="help")
    for words in (
        "Some help",
        "4 of 6 points",
        "(2 points)",
        "estimate",
        "invented",
        "Help at home",
        "Free up to €582.50",
    ):
        assert words in page
    assert "Sums as of 2026" in page


def test_a_question_that_depends_on_an_answer_is_asked_only_then_and_its_rule_is_explained(client: Client) -> None:
    make.published()
    page = to_the_result(client, washing="alone", eating="cannot")
    assert "Alone at night?" in page
    page = send(client, page, q_night="yes")
    assert "Much help" in page
    assert "Nobody is there at night." in page


def test_back_shows_the_answer_given_and_change_leads_back_to_the_result(client: Client) -> None:
    make.published()
    page = send(client, send(client, ""), q_washing="help")
    page = send(client, page, go="back")
    assert re.search(r'value="help" checked', page)
    page = to_the_result(client)
    page = send(client, page, go="change:eating")
    assert "How is eating?" in page
    assert "3 of 6" not in page
    page = send(client, page, q_eating="cannot")
    assert "Alone at night?" in page


def test_nothing_chosen_is_said_beside_the_question(client: Client) -> None:
    make.published()
    page = send(client, send(client, ""))
    assert "<title>Error:" in page
    assert 'href="#q-washing-alone"' in page
    assert page.count("Choose one answer.") == 2


def test_all_on_one_page_asks_only_for_what_concerns_one(client: Client) -> None:
    make.published()
    page = send(client, "", go="all")
    assert "Alone at night?" in page
    page = send(client, page, mode="all", q_washing="alone")
    assert page.count('class="error-text"') == 1
    assert re.search(r'id="q-washing-alone"[^>]* checked', page)
    page = send(client, page, mode="all", q_washing="alone", q_eating="alone")
    assert "Little help" in page


def test_who_cannot_tell_is_sent_to_a_person(client: Client) -> None:
    make.published()
    page = to_the_result(client, washing="unsure")
    assert "No group can be told" in page
    assert "not counted" in page


def test_who_began_with_an_older_version_goes_on_with_it(client: Client) -> None:
    make.published()
    page = send(client, "")
    document = make.check()
    document["sections"][0]["questions"][0]["text"]["en"] = "New words?"
    make.published(document=document)
    assert "How is eating?" in send(client, page, q_washing="help")
    assert "New words?" in send(client, "")


@pytest.mark.parametrize("carry", ["nonsense", "a:b:c", "x" * 20_000])
def test_answers_that_were_tampered_with_begin_anew(client: Client, carry: str) -> None:
    make.published()
    page = said(client.post(CHECK, {"carry": carry}, headers={"Sec-Fetch-Site": "same-origin"}))
    assert "please begin again" in page


def test_an_unknown_question_and_an_unknown_answer_change_nothing(client: Client) -> None:
    make.published()
    page = send(client, "", q_nonsense="1", at="nonsense", go="change:nonsense")
    assert "How is washing?" in page
    assert "Choose one answer." in send(client, page, q_washing="<script>")


def test_a_megabyte_is_refused(client: Client) -> None:
    make.published()
    body = b"carry=" + b"x" * 1024 * 1024
    kind = "application/x-www-form-urlencoded"
    response = client.generic("POST", CHECK, body, kind, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 400


def test_nothing_is_kept_and_no_other_site_may_send(client: Client) -> None:
    make.published()
    response = client.post(CHECK, {}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    response = client.post(CHECK, {}, headers={"Sec-Fetch-Site": "same-origin"})
    assert "no-store" in response["Cache-Control"]


def test_what_one_may_get_is_worked_out_from_the_base_amounts(client: Client) -> None:
    charter.municipality()
    charter.service("pasalpa", name_lt="Pašalpa", name_en="Social benefit", documents_en="Identity document")
    charter.service("vaiko_pinigai", name_lt="Vaiko pinigai", name_en="Money for a child")
    for code, amount in (("VRP", 233), ("BSI", 74)):
        BaseAmount.objects.create(code=code, name_lt=code, year=2026, amount=amount)
        BaseAmount.objects.create(code=code, name_lt=code, year=2027, amount=999)
    make.published("income", make.situation(), Purpose.SITUATION)
    page = send(client, "", SITUATION, mode="all", q_income="250,50", q_people="1", q_children="2")
    for words in ("Social benefit", "Identity document", "€259", "2 × 1.75 × BSI (€74)", "2026", "Not confirmed"):
        assert words in page
    text = send(client, page, SITUATION, go="text")
    assert "→ Social benefit\n" in text
    assert "– Social benefit" not in text, "the outcome is called like its one service: said once"
    assert "  – Money for a child\n" in text
    page = send(client, "", SITUATION, mode="all", q_income="900", q_people="1", q_children="0")
    assert "We found nothing that fits" in page
    assert "Ask us." in page


def test_a_limit_nobody_knows_is_said_to_be_unknown(client: Client) -> None:
    make.published("income", make.situation(), Purpose.SITUATION)
    page = send(client, "", SITUATION, mode="all", q_income="250", q_people="1", q_children="0")
    assert "depends on a sum we do not know yet" in page


def test_the_list_names_every_situation_and_the_site_map_knows_them(client: Client) -> None:
    make.published("income", make.situation(), Purpose.SITUATION)
    make.published()
    assert f'href="{SITUATION}"' in said(client.get("/en/what-may-i-get/"))
    assert f'href="{CHECK}"' in said(client.get("/en/check/"))
    page = said(client.get("/en/site-map/"))
    assert SITUATION in page
    assert CHECK in page


def test_a_language_that_is_missing_falls_back_visibly_and_another_can_be_had_with_the_answers(client: Client) -> None:
    version = make.published()
    version.translated_from = {}
    version.save(update_fields=["translated_from"])
    page = send(client, "")
    assert '<span lang="lt">How is washing? (lt)</span>' in page
    assert 'formaction="/ru/check/care/"' in page


def test_a_page_weighs_little(client: Client) -> None:
    city.furnished()
    make.published()
    for page in (send(client, ""), send(client, "", go="all"), to_the_result(client)):
        assert len(page.encode()) <= 20 * 1024


def test_a_result_becomes_a_request_with_its_text_before_the_residents_eyes(client: Client) -> None:
    city.furnished()
    make.published()
    page = to_the_result(client, washing="cannot", eating="help")
    assert 'form="carry" name="ask" value="pagalba"' in page
    text = send(client, page, ask="pagalba")
    assert 'action="/en/case/ask/"' in text
    assert '<input type="hidden" name="service" value="pagalba">' in text
    assert text.count("How is washing? cannot") == 1
    assert "Your result" in send(client, text)  # and back again


def test_what_is_not_there_is_not_found(client: Client) -> None:
    make.published()
    assert client.get("/en/what-may-i-get/care/").status_code == 404
    assert client.post("/en/check/other/", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 404


@pytest.mark.parametrize(("path", "queries"), [(CHECK, 2), ("/en/check/", 2), ("/en/what-may-i-get/", 2)])
def test_a_page_asks_few_queries(client: Client, django_assert_num_queries: Any, path: str, queries: int) -> None:
    city.furnished()
    make.published()
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(path)


def test_a_result_asks_few_queries_however_many_services(client: Client, django_assert_max_num_queries: Any) -> None:
    city.furnished()
    make.published()
    page = send(client, send(client, ""), q_washing="help")
    with django_assert_max_num_queries(9):
        send(client, page, q_eating="help")


def test_only_writers_preview_a_draft(client: Client) -> None:
    version = make.published()
    path = f"/en/check-preview/{version.pk}/"
    assert client.get(path).status_code == 302
    client.force_login(people.carol())
    assert "How much help?" in client.get(path).content.decode()
    assert "How is washing?" in client.post(path, headers={"Sec-Fetch-Site": "same-origin"}).content.decode()


def test_a_topic_the_first_page_and_a_service_lead_to_the_questions(client: Client) -> None:
    city.furnished()
    make.published("income", make.situation(), Purpose.SITUATION, topics=["senatve"])
    assert 'href="/en/what-may-i-get/"' in said(client.get("/en/"))
    assert 'href="/en/what-may-i-get/"' in said(client.get("/en/services/pagalba-service/"))
    topic = Topic.objects.get()
    Instrument.objects.update(topics=[topic.code])
    assert f'href="{SITUATION}"' in said(client.get(f"/en/topics/{topic.slug_en}/"))


def test_a_consultant_finds_the_check_on_the_bar_and_the_result_as_text_to_copy(client: Client) -> None:
    make.published()
    client.force_login(people.bob())
    assert ("pages:checks", "/en/check/") in [
        (route, url) for route, _label, url in staff.places_of(client.get("/en/check/").wsgi_request)
    ]
    page = client.post(
        CHECK,
        {"mode": "all", "q-washing": "help", "q-eating": "alone"},
        headers={"Sec-Fetch-Site": "same-origin"},
    ).content.decode()
    page = send(client, page, go="text")
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert text
    assert "How is washing? help" in text[1]
    assert "Points: 2 of 6" in text[1]
