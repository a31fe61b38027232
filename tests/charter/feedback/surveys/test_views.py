"""Residents answer a survey: page by page or at once, without scripts, in any language, once, and nobody knows who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from charter.feedback.models import Audience, Survey, SurveyAnswer, SurveyResponse, SurveyState
from charter.feedback.surveys import answering
from charter.feedback.surveys.views import SENDING
from tests.factories.city import furnished
from tests.factories.surveys import document, survey

pytestmark = [pytest.mark.django_db]
KEY = "6a1f5a8e-93a9-4a0f-8b4f-6d1c3f6a2b11"
SHOWN = ["how", "where"]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC), tick=False) as traveller:
        furnished()
        yield traveller


def send(client: Client, of: Survey, language: str = "en", **typed: Any) -> Any:
    named = {name.replace("q_", "q-"): value for name, value in typed.items()}
    path = f"/{language}/surveys/{of.public_id}/"
    return client.post(path, {"key": KEY, "shown": SHOWN, **named}, headers={"Sec-Fetch-Site": "same-origin"})


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_one_section_a_page_and_back_with_nothing_lost(client: Client) -> None:
    of = survey()
    first = said(client.get(f"/en/surveys/{of.public_id}/"))
    assert "First part" in first
    assert "Second part" not in first
    assert "Part 1 of 2" in first

    second = said(send(client, of, at="first", q_how="4"))
    assert "Second part" in second
    assert '<input type="hidden" name="q-how" value="4">' in second

    back = said(send(client, of, at="second", q_how="4", q_words="Halfway", go="back"))
    assert "First part" in back
    assert '<input type="hidden" name="q-words" value="Halfway">' in back


def test_a_sheet_is_kept_with_its_day_and_language_and_masked_words(client: Client) -> None:
    of = survey()
    done = send(client, of, at="second", q_how="5", q_ease="7", q_words="Ring me: +370 600 12345")
    assert done.status_code == 302
    assert "Thanks!" in said(client.get(done["Location"]))
    sheet = SurveyResponse.objects.get()
    assert (sheet.day, sheet.language, sheet.way) == (dt.date(2026, 11, 25), "en", "web")
    answers = {(one.question, one.value, one.text) for one in sheet.answers.all()}
    assert answers == {("how", "5", ""), ("ease", "7", ""), ("words", "", "Ring me: [phone]")}


def test_what_must_be_answered_is_asked_for_with_what_was_typed_still_there(client: Client) -> None:
    of = survey()
    answer = send(client, of, at="first", q_where="home")
    assert answer.status_code == 422
    assert "Error:" in said(answer)
    assert 'href="#q-how-1"' in said(answer)
    assert 'value="home" checked' in said(answer)
    assert not SurveyResponse.objects.exists()


def test_a_low_mark_leads_to_one_more_question_on_the_same_page_without_scripts(client: Client) -> None:
    of = survey()
    answer = said(send(client, of, at="first", q_how="1"))
    assert "Your answer leads to one more question on this page." in answer
    assert "What was bad?" in answer
    unanswered = send(client, of, at="first", q_how="1", shown=[*SHOWN, "bad"])
    assert "Please choose at least one answer." in said(unanswered)
    onward = send(client, of, at="first", q_how="1", q_bad=["wait", "words"], shown=[*SHOWN, "bad"])
    assert "Second part" in said(onward)


def test_who_changes_the_mark_again_leaves_no_answer_of_the_other_way(client: Client) -> None:
    of = survey()
    send(client, of, at="second", q_how="5", q_bad=["wait"])
    assert set(SurveyAnswer.objects.values_list("question", flat=True)) == {"how"}


def test_all_questions_stand_on_one_page_if_one_likes(client: Client) -> None:
    of = survey()
    page = said(client.get(f"/en/surveys/{of.public_id}/?all"))
    assert "First part" in page
    assert "Second part" in page
    assert send(client, of, mode="all", shown=[*SHOWN, "bad", "ease", "words"], q_how="3").status_code == 302


def test_a_section_is_only_for_those_whom_it_concerns(client: Client) -> None:
    branched = document()
    branched["sections"][1]["show_if"] = {"question": "how", "values": ["5"]}
    of = survey(document=branched)
    assert "Second part" in said(send(client, of, at="first", q_how="5"))
    assert send(client, of, at="first", q_how="4").status_code == 302


def test_fifty_presses_are_one_sheet(client: Client) -> None:
    of = survey()
    answers = [send(client, of, at="second", q_how="5") for _ in range(50)]
    assert {answer.status_code for answer in answers} == {302}
    assert SurveyResponse.objects.count() == 1


def test_a_language_that_is_not_translated_says_so_and_shows_the_source(client: Client) -> None:
    of = survey()
    page = said(client.get(f"/ru/surveys/{of.public_id}/"))
    assert '<span lang="lt">Kaip sekėsi?</span>' in page
    assert "на вашем языке" in page


def test_a_language_goes_on_with_the_answers_given(client: Client) -> None:
    of = survey()
    page = said(send(client, of, language="lt", at="second", q_how="2", q_bad=["wait"], q_words="Ilgai", go="stay"))
    assert "Antra dalis" in page
    assert "Ilgai</textarea>" in page


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"state": SurveyState.CLOSED}, 410, "This survey is over."),
        ({"closes_on": dt.date(2026, 11, 24), "opens_on": dt.date(2026, 11, 1)}, 410, "This survey is over."),
        ({"opens_on": dt.date(2026, 11, 26)}, 404, "This survey has not begun yet."),
        ({"audience": Audience.INVITED}, 403, "Only people who were invited can answer this survey."),
    ],
)
def test_a_survey_that_takes_no_answer_says_why(
    client: Client, fields: dict[str, Any], status: int, words: str
) -> None:
    of = survey(**fields)
    page = client.get(f"/en/surveys/{of.public_id}/")
    assert (page.status_code, words in said(page)) == (status, True)
    assert send(client, of, at="second", q_how="5").status_code == status
    assert not SurveyResponse.objects.exists()


def test_a_draft_is_nobodys_business(client: Client) -> None:
    of = survey(state=SurveyState.DRAFT)
    assert client.get(f"/en/surveys/{of.public_id}/").status_code == 404


def test_a_question_or_an_answer_that_the_survey_does_not_have_is_refused_in_words(client: Client) -> None:
    of = survey()
    for typed in ({"q_nothing": "1"}, {"q_how": "9"}, {"q_how": ["1", "2"]}, {"q_where": "elsewhere"}):
        answer = send(client, of, at="second", **typed)
        assert answer.status_code == 422
        assert "What was sent does not belong to this survey." in said(answer)
    assert not SurveyResponse.objects.exists()


def test_a_long_text_comes_back_whole_and_a_megabyte_is_refused_in_words(client: Client) -> None:
    of = survey()
    long = send(client, of, at="second", q_how="5", q_words="a" * 2001)
    assert long.status_code == 422
    assert "This is longer than 2,000 characters." in said(long)
    assert "a" * 2001 in said(long)
    whole = "key=x&q-words=" + "a" * 1024 * 1024
    answer = client.post(
        f"/en/surveys/{of.public_id}/",
        whole,
        content_type="application/x-www-form-urlencoded",
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 413
    assert "This was too much at once" in said(answer)


def test_one_network_may_answer_so_often_and_keeps_what_was_typed(client: Client) -> None:
    of = survey()
    for _ in range(SENDING.times):
        SENDING.count("127.0.0.1")
    answer = send(client, of, at="second", q_how="5", q_words="Still here")
    assert answer.status_code == 429
    assert "Still here" in said(answer)


def test_open_surveys_are_listed_for_everybody_in_few_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    survey()
    for fields in ({"audience": Audience.INVITED}, {"state": SurveyState.DRAFT}, {"state": SurveyState.CLOSED}):
        survey(**fields)
    client.get("/en/surveys/")
    with django_assert_max_num_queries(5):
        page = said(client.get("/en/surveys/"))
    assert page.count("You can answer until") == 1
    assert "A survey" in page


def test_another_site_cannot_answer_for_somebody(client: Client) -> None:
    of = survey()
    answer = client.post(
        f"/en/surveys/{of.public_id}/", {"key": KEY, "q-how": "1"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403


def test_an_offer_answers_once(client: Client) -> None:
    of = survey(audience=Audience.INVITED)
    offer = answering.make_offer(of, "rating")
    assert "First part" in said(client.get(f"/en/surveys/{of.public_id}/?offer={offer}"))
    assert send(client, of, at="second", q_how="5", offer=offer).status_code == 302
    again = send(client, of, at="second", q_how="5", offer=offer, key="7a1f5a8e-93a9-4a0f-8b4f-6d1c3f6a2b11")
    assert again.status_code == 410
    assert send(client, of, at="second", q_how="5", offer=offer + "x").status_code == 403
    assert SurveyResponse.objects.get().way == "rating"
