"""The floor: who waits, in which order, for whom."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from charter.models import Role
from chat.actions import consultations
from chat.desk import queue_rows
from chat.models import Choice, Presence
from tests.chat import ground
from tests.chat.desk.ground import address, at_the_desk
from tests.people import bob, dan, staff

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)


def test_who_waits_stands_in_bobs_queue_with_their_first_words() -> None:
    ground.alice_asks("Didelė sąskaita už šildymą")

    page = at_the_desk().get(address("floor")).content.decode()

    assert "Didelė sąskaita už šildymą" in page
    assert "LT" in page


@pytest.mark.parametrize("name", ["floor", "queue", "knowledge", "contact"])
def test_the_desk_is_not_for_strangers_nor_for_residents(name: str, client: Client) -> None:
    assert client.get(address(name)).status_code == 302
    client.force_login(dan())
    assert client.get(address(name)).status_code == 403


def test_what_bob_holds_stands_before_who_waits() -> None:
    ground.alice_asks("pirmas")
    held = consultations.claim(ground.alice_asks("antras").consultation, by=bob())

    rows = queue_rows.rows(bob(), "lt", promised=60)

    assert [row.public_id == held.public_id for row in rows] == [True, False]


def test_new_words_of_alice_are_counted_until_bob_answers() -> None:
    taken = ground.taken_by_bob()
    ground.alice_writes(taken)
    assert queue_rows.rows(bob(), "lt", promised=60)[0].unread == 2

    ground.bob_writes(taken)

    assert queue_rows.rows(bob(), "lt", promised=60)[0].unread == 0


def test_waiting_longer_than_promised_is_called_late() -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        ground.alice_asks()
        clock.shift(59)
        assert not queue_rows.rows(bob(), "lt", promised=60)[0].is_late
        clock.shift(2)
        assert queue_rows.rows(bob(), "lt", promised=60)[0].is_late


def test_a_question_about_a_service_waits_for_its_institution_only() -> None:
    asked = ground.alice_asks().consultation
    asked.institution = ground.institution("kspc")
    asked.save(update_fields=["institution"])
    outsider = staff("Rasa", Role.CONSULTANT, institution=ground.institution("rytas"))

    assert queue_rows.rows(outsider, "lt", promised=60) == []


def test_a_question_about_nothing_certain_waits_for_everybody() -> None:
    ground.alice_asks()
    anybody = staff("Rasa", Role.CONSULTANT, institution=ground.institution("rytas"))

    assert len(queue_rows.rows(anybody, "lt", promised=60)) == 1


def test_only_a_supervisor_sees_what_colleagues_hold() -> None:
    ground.taken_by_bob()

    assert queue_rows.rows(staff("Ona", Role.CONSULTANT), "lt", promised=60) == []
    assert [row.colleague for row in queue_rows.rows(staff("Vida", Role.SUPERVISOR), "lt", promised=60)] == ["Bob"]


def test_bob_says_that_he_is_there_and_in_which_languages() -> None:
    at_the_desk().post(address("presence"), {"choice": "available", "languages": ["lt", "ru"]})

    presence = Presence.objects.get(user=bob())
    assert (presence.choice, presence.languages) == (Choice.AVAILABLE, ["lt", "ru"])


def test_the_floor_asks_the_database_as_often_for_ten_as_for_one(django_assert_max_num_queries: object) -> None:
    client = at_the_desk()
    for number in range(10):
        ground.alice_asks(f"klausimas {number}")
    client.get(address("floor"))
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        client.get(address("floor"))
