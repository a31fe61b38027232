"""Whoever works here has ideas; improvements move over a board, are measured, told, and looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from django.utils.translation import override

from charter.feedback.appeals import handling
from charter.feedback.appeals.errors import Unfit
from charter.feedback.improvements import actions, selectors
from charter.feedback.models import Idea, Improvement, ImprovementGoal, Story
from charter.models import Institution, Role
from tests.factories.appeals import appeal
from tests.factories.charter import measured, standard, translated
from tests.factories.city import furnished
from tests.people import bob, dan, mona, staff

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TODAY = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _frozen(clock: time_machine.Traveller) -> None:
    furnished()


def improvement(**fields: Any) -> Improvement:
    given: dict[str, Any] = {
        "code": "I-1",
        "title_lt": "Greičiau",
        "title_en": "Faster",
        "slug_lt": "greiciau",
        "slug_en": "faster",
        "problem_en": "<p>Papers took 40 minutes</p>",
        "change_en": "<p>One form</p>",
        "origin": "staff",
        "proposed_on": dt.date(2026, 3, 1),
    }
    return translated(Improvement(**given | fields), "en")


def finished(**fields: Any) -> Improvement:
    return improvement(stage="finished", finished_on=dt.date(2026, 6, 1), **fields)


def page(client: Client, path: str) -> str:
    return client.get(f"/en/changes/{path}").content.decode()


def test_an_idea_needs_both_fields_and_gets_an_answer(client: Client) -> None:
    client.force_login(bob())
    wrong = client.post("/en/changes/staff/idea/", {"waste": "We type it twice", "wish": ""})
    assert wrong.status_code == 422
    assert "We type it twice" in wrong.content.decode()
    client.post("/en/changes/staff/idea/", {"waste": "We type it twice", "wish": "One form"})

    client.force_login(mona())
    assert "One form" in page(client, "staff/")
    address = f"/en/changes/staff/ideas/{Idea.objects.get().pk}/"
    empty = client.post(address, {"take": "1", "answer": " "}, follow=True)
    assert "Write an answer to whoever had the idea." in empty.content.decode()
    client.post(address, {"take": "1", "answer": "Yes, from January"})

    assert Improvement.objects.get().ideas.get().answer == "Yes, from January"
    client.force_login(bob())
    assert "Yes, from January" in page(client, "staff/idea/")


def test_an_idea_is_answered_once() -> None:
    idea = actions.suggest("Waste", "Wish", by=bob())
    actions.decline(idea, "Not this year", by=mona())
    with pytest.raises(actions.Answered):
        actions.take(idea, "After all", by=mona())


def test_a_stranger_and_a_consultant_do_not_move_the_board(client: Client) -> None:
    one = improvement()
    for person, answer in ((dan(), 403), (bob(), 403)):
        client.force_login(person)
        assert client.post(f"/en/changes/staff/{one.pk}/move/", {"stage": "finished"}).status_code == answer
    client.force_login(staff("Vida", Role.MANAGER, institution=furnished_office()))
    assert client.post(f"/en/changes/staff/{one.pk}/move/", {"stage": "finished"}).status_code == 404


def furnished_office() -> Institution:
    return Institution.objects.get(code="kspc")


def test_moving_to_finished_notes_the_day_and_moving_back_forgets_it(client: Client) -> None:
    one = improvement()
    client.force_login(mona())
    client.post(f"/en/changes/staff/{one.pk}/move/", {"stage": "finished"})
    one.refresh_from_db()
    assert (one.stage, one.finished_on) == ("finished", TODAY.date())
    client.post(f"/en/changes/staff/{one.pk}/move/", {"stage": "changing"})
    one.refresh_from_db()
    assert one.finished_on is None
    assert list(one.steps.values_list("stage", flat=True)) == ["finished", "changing"]


def test_whether_it_held_is_looked_at_three_months_later(client: Client, clock: time_machine.Traveller) -> None:
    one = actions.move(improvement(), "finished", by=mona())
    with pytest.raises(actions.TooEarly):
        actions.look_again(one, has_held=True, by=mona())
    clock.move_to(TODAY + dt.timedelta(days=90))
    client.force_login(mona())
    assert "Three months are over. Is it still so?" in page(client, "staff/")
    client.post(f"/en/changes/staff/{one.pk}/held/", {"held": "no"})
    assert "It did not hold" in page(client, "faster/")


def test_only_what_is_finished_and_published_is_told(client: Client) -> None:
    one = improvement()
    assert client.get("/en/changes/faster/").status_code == 404
    actions.move(one, "finished", by=mona())
    assert "Papers took 40 minutes" in page(client, "faster/")
    Improvement.objects.update(live=False)
    assert client.get("/en/changes/faster/").status_code == 404


def test_another_languages_word_leads_to_the_right_address(client: Client) -> None:
    finished()
    answer = client.get("/en/changes/greiciau/")
    assert (answer.status_code, answer["Location"]) == (301, "/en/changes/faster/")


def test_what_a_promise_measures_is_not_typed(client: Client) -> None:
    promise = standard("S99", promised_value=20, target=0.9)
    measured(promise, 60, 100, period_start=dt.date(2026, 1, 1))
    measured(promise, 95, 100, period_start=dt.date(2026, 7, 1))
    one = finished()
    ImprovementGoal.objects.create(
        improvement=one,
        name_lt="Laiku",
        name_en="In time",
        standard=promise,
        before_quarter=dt.date(2026, 1, 1),
        after_quarter=dt.date(2026, 7, 1),
        before=1,
        after=2,
    )
    told = selectors.finished_one("faster", "en")
    assert told is not None
    assert [(goal.before, goal.target, goal.after) for goal in told.goals] == [("60\xa0%", "90\xa0%", "95\xa0%")]
    assert "60\xa0% before, 95\xa0% now" in page(client, "")


def test_where_no_quarter_is_named_the_newest_whole_one_is_now(client: Client) -> None:
    promise = standard("S99", promised_value=20, target=0.9)
    for start, kept in ((1, 60), (4, 70), (7, 95), (10, 99)):  # the last one still runs
        measured(promise, kept, 100, period_start=dt.date(2026, start, 1))
    ImprovementGoal.objects.create(
        improvement=finished(), name_en="In time", standard=promise, before_quarter=dt.date(2026, 1, 1)
    )
    assert "60\xa0% before, 95\xa0% now" in page(client, "")


def test_a_goal_in_minutes_is_told_with_its_unit() -> None:
    one = finished()
    ImprovementGoal.objects.create(
        improvement=one, name_en="Papers", unit_en="min", before=40, target=15, after=12.5, order=1
    )
    with override("en"):
        told = selectors.finished_one("faster", "en")
    assert told is not None
    assert [(goal.before, goal.after) for goal in told.goals] == [("40\xa0min", "12.5\xa0min")]


def test_only_who_allowed_it_is_told_of() -> None:
    story = translated(
        Story(code="s1", said_lt="Laukėme", changed_lt="Nebelaukiate", told_on=dt.date(2026, 10, 1)), "en"
    )
    silent, willing = appeal(), appeal(is_quotable=True)
    with pytest.raises(Unfit):
        handling.tie(silent, story=story, improvement=None, by=mona())
    handling.tie(willing, story=story, improvement=None, by=mona())
    willing.refresh_from_db()
    assert willing.story == story
    with pytest.raises(IntegrityError):
        type(silent).objects.filter(pk=silent.pk).update(story=story)


def test_the_page_of_changes_stays_within_its_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    finished()
    translated(Story(code="s1", said_en="We waited", changed_en="No more", told_on=dt.date(2026, 10, 1)), "en")
    with django_assert_max_num_queries(6):
        page(client, "")


def test_editing_an_improvement_in_the_admin(client: Client) -> None:
    one = improvement()
    client.force_login(mona())
    assert client.get(f"/cms/snippets/feedback/improvement/edit/{one.pk}/").status_code == 200
    assert client.get("/cms/snippets/feedback/story/add/").status_code == 200
