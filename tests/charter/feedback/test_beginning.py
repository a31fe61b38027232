"""An improvement begins from what set it off: the problem is filled in, and both lead to each other."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from charter.actions import Explanation, explain_measurement
from charter.feedback.improvements import actions
from charter.feedback.models import Improvement, SurveyState
from charter.models import Institution, Measurement, Role
from kb.gaps import signs
from kb.gaps.signs import Sign
from kb.models import Gap, SignKind
from portal.core import clock
from tests.factories import surveys
from tests.factories.appeals import appeal
from tests.factories.charter import commitment, measured, standard
from tests.factories.city import furnished
from tests.people import bob, mona, staff

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
BEGIN = "/en/changes/staff/begin/"


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC), tick=False):
        furnished()
        yield


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(mona())
    return client


def missed(**fields: Any) -> Measurement:
    promise = standard("S01", commitment=commitment("C01", text_en="We answer within 20 seconds"))
    found = measured(promise, 30, 60, **fields)
    explain_measurement(found, Explanation(reason={"en": "Two colleagues were ill", "lt": "Sirgo"}), by=mona())
    return found


def filled(client: Client, spark: str) -> dict[str, Any]:
    """The form as it comes, ready to be sent."""
    initial = client.get(BEGIN, {"from": spark}).context["form"].initial
    office = initial["institution"]
    return {**{k: v for k, v in initial.items() if v}, "institution": office.pk if office else ""}


def begun(client: Client, spark: str, **fields: Any) -> Improvement:
    answer = client.post(f"{BEGIN}?from={spark}", filled(client, spark) | {"title": "Faster"} | fields, follow=True)
    assert "It stands on the board now. You lead it." in answer.content.decode()
    return Improvement.objects.get()


def test_a_missed_promise_brings_its_words_its_reason_and_its_figure(manager: Client) -> None:
    figure = missed()
    found = begun(manager, f"measurement:{figure.pk}")
    assert "We answer within 20 seconds" in found.problem_en
    assert "Two colleagues were ill" in found.problem_en
    goal = found.goals.get()
    assert (goal.standard, goal.before_quarter) == (figure.standard, dt.date(2026, 7, 1))
    assert (found.origin, found.owner, found.source_language) == ("standard", mona(), "en")
    page = manager.get(reverse("dashboard:measurement", args=[figure.pk])).content.decode()
    assert f"#card-{found.pk}" in page
    assert reverse("dashboard:measurement", args=[figure.pk]) in manager.get("/en/changes/staff/").content.decode()


def test_an_appeal_brings_its_words_without_numbers_of_people(manager: Client) -> None:
    letter = appeal(text="I waited an hour. Call me: +370 612 34567.")
    found = begun(manager, f"appeal:{letter.public_id}")
    assert "I waited an hour" in found.problem_en
    assert "34567" not in found.problem_en
    letter.refresh_from_db()
    assert letter.improvement == found
    assert "Faster" in manager.get(f"/en/appeals/staff/{letter.public_id}/").content.decode()


def test_a_question_of_a_survey_brings_its_figure_only_where_it_may_be_shown(manager: Client) -> None:
    of = surveys.survey(state=SurveyState.CLOSED, opens_on=dt.date(2026, 10, 1), closes_on=dt.date(2026, 10, 31))
    surveys.answered(of, 40, how="5")
    surveys.answered(of, 20, how="1")
    surveys.answered(of, 12, how="1", ease="2")
    shown, hidden = (filled(manager, f"survey:{of.public_id}:{code}")["problem"] for code in ("how", "ease"))
    assert "“How was it?”" in shown
    assert "56\N{NO-BREAK SPACE}%" in shown
    assert "%" not in hidden
    found = begun(manager, f"survey:{of.public_id}:how")
    assert f"#card-{found.pk}" in manager.get(f"/en/surveys/staff/{of.public_id}/results/").content.decode()
    assert "/results/#card-how" in manager.get("/en/changes/staff/").content.decode()


def test_a_gap_brings_the_words_people_looked_for(client: Client) -> None:
    signs.note(Sign(SignKind.NOTHING, "en", source="1", words="wolf visits", at=clock.now()))
    gap = Gap.objects.get()
    client.force_login(staff("Ada", Role.ADMINISTRATOR))
    assert "from=gap" in client.get(f"/cms/knowledge/gaps/{gap.pk}/").content.decode()
    spark = f"gap:{gap.pk}&words=wolf+visits"
    assert "wolf visits" in client.get(f"{BEGIN}?from={spark}").context["form"].initial["problem"]
    found = begun(client, spark, problem="Nobody finds it")
    assert f"#card-{found.pk}" in client.get(f"/cms/knowledge/gaps/{gap.pk}/").content.decode()
    assert f"/cms/knowledge/gaps/{gap.pk}/" in client.get("/en/changes/staff/").content.decode()


def test_an_idea_keeps_the_language_of_whoever_takes_it(client: Client) -> None:
    idea = actions.suggest("Рисуем <b>таблицы</b> вручную", "Одна форма", by=bob())
    with override("ru"):
        found = actions.take(idea, "Да", by=mona())
    assert found.source_language == "ru"
    assert found.problem_ru == "<p>Рисуем &lt;b&gt;таблицы&lt;/b&gt; вручную</p>"


def test_the_same_form_sent_fifty_times_is_one_improvement(manager: Client) -> None:
    said = {"key": str(uuid.uuid4()), "title": "Faster", "problem": "It is slow"}
    for _each in range(50):
        assert manager.post(BEGIN, said).status_code == 302
    assert Improvement.objects.count() == 1


def test_nothing_typed_is_lost_when_something_is_missing(manager: Client) -> None:
    answer = manager.post(BEGIN, {"key": str(uuid.uuid4()), "title": "", "problem": "It is slow"})
    assert answer.status_code == 422
    assert "It is slow" in answer.content.decode()
    past = manager.post(BEGIN, {"key": str(uuid.uuid4()), "title": "x", "problem": "y", "planned_until": "2026-01-01"})
    assert "This day has passed: choose a later one." in past.content.decode()


def test_what_is_anothers_or_not_there_begins_nothing(client: Client) -> None:
    figure, letter = missed(), appeal()
    of = surveys.survey()
    client.force_login(staff("Vida", Role.MANAGER, institution=Institution.objects.get(code="kspc")))
    for spark in (
        f"measurement:{figure.pk}", f"appeal:{letter.public_id}", f"survey:{of.public_id}:how",
        "measurement:99999", "measurement:x", "appeal:none", "survey:none:how", "weather:1",
    ):  # fmt: skip
        assert client.get(BEGIN, {"from": spark}).status_code == 404
    client.force_login(bob())
    assert client.get(BEGIN).status_code == 403


def test_publishing_an_older_draft_does_not_move_it_back_on_the_board(manager: Client) -> None:
    found = begun(manager, f"measurement:{missed().pk}")
    actions.move(found, "changing", by=mona())
    revision = found.latest_revision
    assert revision is not None
    revision.publish(user=mona())
    found.refresh_from_db()
    assert found.stage == "changing"
    assert found.measurement is not None
