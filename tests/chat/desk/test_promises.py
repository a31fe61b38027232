"""Bob sees what is promised, rings, and promises what he can't do now."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from charter.models import Role
from chat import promises
from chat.actions import callbacks
from chat.actions.callbacks import Wish
from chat.actions.tasks import Ring
from chat.models import Consultation, State, Task, TaskKind, TaskReason, TaskState
from tests.chat import ground
from tests.chat.desk.ground import address, at_the_desk
from tests.factories.charter import working_week
from tests.people import bob, staff

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def wednesday() -> Iterator[None]:
    working_week()
    with time_machine.travel("2026-11-25 10:00+02:00", tick=False):
        yield


def alice_wants_a_call() -> Consultation:
    ring = Ring("+37061234567", promises.windows()[0], is_shared_phone=True)
    return callbacks.ask(Wish(key=uuid4(), ring=ring, language="lt", name="Ona")).consultation


def of_task(name: str) -> str:
    with override("en"):
        return reverse(f"desk:{name}", args=[Task.objects.get(state=TaskState.OPEN).public_id])


def test_the_list_says_who_waits_for_what_and_when() -> None:
    asked = alice_wants_a_call()

    page = at_the_desk().get(address("tasks")).content.decode()

    assert asked.reference in page
    assert "whoever is free" in page


def test_the_list_costs_the_same_for_one_and_for_ten(django_assert_max_num_queries: object) -> None:
    desk = at_the_desk()
    for _ in range(4):
        alice_wants_a_call()
    desk.get(address("tasks"))
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        desk.get(address("tasks"))


def test_bob_rings_and_the_call_is_his() -> None:
    asked = alice_wants_a_call()
    desk = at_the_desk()
    assert "+37061234567" in desk.get(address("consultation", asked)).content.decode()

    desk.post(of_task("try_call"), {"result": "reached"})

    asked.refresh_from_db()
    assert (asked.state, asked.consultant) == (State.ACTIVE, bob())


def test_the_desk_warns_of_a_phone_others_answer() -> None:
    asked = alice_wants_a_call()

    assert "say nothing about why" in at_the_desk().get(address("consultation", asked)).content.decode()


def test_bob_gives_it_to_ona() -> None:
    alice_wants_a_call()
    ona = staff("Ona", Role.CONSULTANT)

    at_the_desk().post(of_task("assign"), {"to": str(ona.pk)})

    assert Task.objects.get().assigned_to == ona


def test_giving_up_too_early_is_said() -> None:
    alice_wants_a_call()

    answer = at_the_desk().post(of_task("give_up"))

    assert answer.status_code == 409
    assert "Try three times" in answer.content.decode()


def test_bob_promises_a_call_in_the_middle_of_a_conversation() -> None:
    taken = ground.taken_by_bob()
    Task.objects.all().delete()
    form = {"phone": "861234567", "window": promises.windows()[1].code, "kind": "callback"}

    at_the_desk().post(address("promise", taken), form)

    taken.refresh_from_db()
    assert taken.state == State.PROMISED
    assert Task.objects.get().reason == TaskReason.FOLLOW_UP


def test_bob_promises_a_written_answer_and_answering_keeps_it() -> None:
    taken = ground.taken_by_bob()
    Task.objects.all().delete()
    desk = at_the_desk()
    desk.post(address("promise", taken), {"kind": "written"})
    assert Task.objects.get().kind == TaskKind.WRITTEN

    desk.post(address("claim", taken))
    desk.post(address("write", taken), {"text": "Taip.", "send": "1", "key": str(uuid4())})

    assert Task.objects.get().state == TaskState.DONE


def test_a_number_that_cannot_be_rung_is_asked_for_again() -> None:
    taken = ground.taken_by_bob()

    answer = at_the_desk().post(address("promise", taken), {"phone": "abc", "window": "x", "kind": "callback"})

    assert answer.status_code == 422
