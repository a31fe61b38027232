"""A manager builds a survey: from a pattern, in four languages, with branches; opened it can only be copied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from charter.feedback.models import Survey, SurveyInvitation, SurveyKey, SurveyState
from charter.feedback.surveys import building, checking, editing, patterns
from charter.feedback.surveys.building import close_what_is_over
from charter.feedback.surveys.definition import Standing
from charter.feedback.surveys.languages import definition_of, standings
from charter.models import Role
from tests.factories.charter import institution
from tests.factories.city import furnished
from tests.factories.surveys import answered, survey
from tests.people import bob, mona, staff

pytestmark = [pytest.mark.django_db]
TODAY = dt.date(2026, 11, 25)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    moment = time_machine.travel(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC), tick=False)
    with moment as traveller, translation.override("en"):  # whatever the test before this one read
        furnished()
        yield traveller


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(mona())
    return client


def draft(**fields: Any) -> Survey:
    return survey(state=SurveyState.DRAFT, **fields)


def act(client: Client, of: Survey, deed: str, **typed: Any) -> Any:
    return client.post(f"/en/surveys/staff/{of.public_id}/do/{deed}/", typed, follow=True)


def said(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize("code", [each.code for each in patterns.PATTERNS if each.code != patterns.EMPTY])
def test_every_pattern_is_whole_in_four_languages_and_can_be_opened_as_it_is(code: str) -> None:
    assert patterns.is_whole(code)
    begun = building.begin(code, institution=None, by=mona())
    begun.opens_on, begun.closes_on = TODAY, TODAY
    begun.save()
    assert checking.findings(begun, TODAY) == []
    assert set(standings(begun).values()) == {Standing.SOURCE, Standing.CURRENT}


def test_a_manager_begins_from_a_pattern_and_opens_it(manager: Client) -> None:
    page = manager.post("/en/surveys/staff/begin/", {"pattern": "five_faces", "institution": ""}, follow=True)
    begun = Survey.objects.get()
    assert "How did we help you?" in said(page)
    assert "Say from which day until which day it is open." in said(page)
    assert "Something stands in the way of opening it." in said(act(manager, begun, "open"))

    days = {"opens_on": "2026-11-25", "closes_on": "2026-12-24", "audience": "everybody", "one_in": "1"}
    titles = {f"title-{code}": f"Title {code}" for code in ("lt", "ru", "en", "uk")}
    manager.post(f"/en/surveys/staff/{begun.public_id}/frame/", days | titles)
    assert "Opened." in said(act(manager, begun, "open"))
    begun.refresh_from_db()
    assert (begun.state, begun.document["title"]["ru"]) == (SurveyState.OPEN, "Title ru")
    assert manager.get(f"/en/surveys/{begun.public_id}/").status_code == 200


def test_a_question_is_written_in_four_languages_side_by_side_with_its_answers(manager: Client) -> None:
    of = draft()
    act(manager, of, "add-question", section="second", kind="single")
    of.refresh_from_db()
    code = of.document["sections"][1]["questions"][-1]["code"]
    address = f"/en/surveys/staff/{of.public_id}/questions/{code}/"
    typed = {"kind": "single", "text-lt": "Kada?", "text-uk": "Коли?", "o0-lt": "Ryte", "o1-lt": "Vakare"}
    manager.post(address, {**typed, "is_group": "on", "branch": ["how=4", "how=5"], "do": "more"})
    of.refresh_from_db()
    kept = editing.question(of.document, code)
    assert kept["text"] == {"lt": "Kada?", "uk": "Коли?"}
    assert [(one["code"], one["text"]["lt"]) for one in kept["options"]] == [("a1", "Ryte"), ("a2", "Vakare")]
    assert kept["show_if"] == {"question": "how", "values": ["4", "5"]}

    rows = {"o0-code": "a1", "o1-code": "a2", "do": "up:1"}
    manager.post(address, {**typed, **rows})
    of.refresh_from_db()
    assert [one["code"] for one in editing.question(of.document, code)["options"]] == ["a2", "a1"]


def test_a_branch_asks_about_one_question_only_and_nothing_typed_is_lost(manager: Client) -> None:
    of = draft()
    answer = manager.post(
        f"/en/surveys/staff/{of.public_id}/sections/second/",
        {"title-lt": "Naujas", "branch": ["how=1", "where=home"]},
    )
    assert answer.status_code == 422
    assert "Choose answers of one question only." in said(answer)
    assert 'value="Naujas"' in said(answer)


def test_parts_move_by_buttons_and_over_the_edge_of_their_section() -> None:
    document = draft().document
    assert order(editing.moved(document, "where", "up")) == [["how", "where", "bad"], ["ease", "words"]]
    assert order(editing.moved(document, "where", "down")) == [["how", "bad"], ["where", "ease", "words"]]
    assert order(editing.moved(document, "ease", "up")) == [["how", "bad", "where", "ease"], ["words"]]
    assert order(editing.moved(document, "second", "up")) == [["ease", "words"], ["how", "bad", "where"]]
    assert order(editing.moved(document, "how", "up")) == order(document)
    assert order(editing.without(document, "first")) == [["ease", "words"]]


def order(document: dict[str, Any]) -> list[list[str]]:
    return [[one["code"] for one in section["questions"]] for section in document["sections"]]


def test_before_it_opens_everything_that_is_wrong_is_named_at_once() -> None:
    of = draft(opens_on=None, closes_on=None)
    of.document = editing.moved(of.document, "bad", "up")
    of.document = editing.with_changed_question(of.document, "where", {"options": [], "text": {}})
    found = [(one.words, one.part) for one in checking.findings(of, TODAY) if one.stops]
    assert found == [
        ("Say from which day until which day it is open.", ""),
        ("A question has no text.", "where"),
        ("A question needs at least two answers to choose from.", "where"),
        ("A question depends on one that does not come before it.", "bad"),
    ]


def test_languages_are_named_that_are_missing_outdated_or_full_of_holes() -> None:
    of = draft()
    assert "Русский: not translated. Its readers get the original with a note." in words(of)
    of.document = editing.with_changed_question(of.document, "how", {"text": {"lt": "Kitaip?"}})
    assert "English: the original has changed since it was translated." in words(of)
    with pytest.raises(building.Incomplete):
        building.declare(of_saved(of), "en", by=mona())


def words(of: Survey) -> list[str]:
    return [one.words for one in checking.findings(of, TODAY)]


def of_saved(of: Survey) -> Survey:
    of.save()
    return of


def test_what_is_open_cannot_be_changed_only_copied(manager: Client) -> None:
    of = survey()
    answered(of, how="5")
    assert "its questions cannot be changed any more" in said(act(manager, of, "remove", part="how"))
    assert manager.get(f"/en/surveys/staff/{of.public_id}/questions/how/").status_code == 404
    assert "its questions cannot be changed any more" in said(act(manager, of, "take-back"))
    act(manager, of, "copy")
    copy = Survey.objects.get(copy_of=of)
    assert (copy.state, copy.document, copy.opens_on) == (SurveyState.DRAFT, of.document, None)


def test_what_nobody_has_answered_may_become_a_draft_again(manager: Client) -> None:
    of = survey()
    assert "It is a draft again." in said(act(manager, of, "take-back"))


def test_closing_deletes_the_addresses_of_the_invited(manager: Client) -> None:
    of = survey()
    SurveyInvitation.objects.create(survey=of, digest="x", address="secret")
    SurveyKey.objects.create(survey=of, digest="y")
    assert "The addresses of those invited have been deleted." in said(act(manager, of, "close"))
    assert not SurveyInvitation.objects.exists()
    assert not SurveyKey.objects.exists()


def test_a_survey_whose_last_day_has_passed_closes_by_itself() -> None:
    over = survey(opens_on=dt.date(2026, 11, 1), closes_on=dt.date(2026, 11, 24))
    running = survey()
    close_what_is_over()
    states = dict(Survey.objects.values_list("pk", "state"))
    assert states == {over.pk: SurveyState.CLOSED, running.pk: SurveyState.OPEN}


def test_a_preview_speaks_each_language(manager: Client) -> None:
    of = draft()
    assert "Kaip sekėsi?" in said(manager.get(f"/lt/surveys/staff/{of.public_id}/preview/"))
    russian = said(manager.get(f"/ru/surveys/staff/{of.public_id}/preview/"))
    assert '<span lang="lt">Kaip sekėsi?</span>' in russian


def test_a_manager_of_another_institution_finds_none_of_it(client: Client) -> None:
    of = survey(institution=institution("gerove", slug_lt="gerove", slug_en="gerove-en"))
    client.force_login(staff("Nora", Role.MANAGER, institution=institution("dane", slug_lt="dane", slug_en="dane-en")))
    for part in ("", "frame/", "preview/", "results/", "results.csv", "results.xlsx", "report.pdf"):
        assert client.get(f"/en/surveys/staff/{of.public_id}/{part}").status_code == 404
    assert client.post(f"/en/surveys/staff/{of.public_id}/do/close/").status_code == 404
    assert of.public_id not in said(client.get("/en/surveys/staff/"))


def test_the_list_counts_all_answers_in_one_query(manager: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(4):
        answered(survey(), number + 2, how="5")
    manager.get("/en/surveys/staff/")
    with django_assert_max_num_queries(9):
        page = said(manager.get("/en/surveys/staff/"))
    assert [f'data-label="Answers">{number}</td>' in page for number in (2, 3, 4, 5)] == [True] * 4


def test_who_does_not_lead_builds_no_survey(client: Client) -> None:
    client.force_login(bob())
    assert client.get("/en/surveys/staff/").status_code == 403


def test_a_definition_reads_only_what_is_ready() -> None:
    of = survey()
    definition = definition_of(of)
    assert definition.say(definition.title, "en").text == "A survey"
    assert definition.say(definition.title, "ru").language == "lt"
