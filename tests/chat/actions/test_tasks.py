"""Alice is promised a call or a written answer, and the promise is kept, changed or counted as broken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from charter.models import Role
from chat import access, numbers, promises, rounds, transcript
from chat.actions import callbacks, consultations, tasks
from chat.actions.callbacks import Wish
from chat.actions.errors import CannotTake, Ended
from chat.actions.tasks import Ring, TooEarly
from chat.models import Alert, AlertKind, Consultation, State, Task, TaskKind, TaskReason, TaskState, TryResult
from portal.core import audit, retention
from tests.chat import ground
from tests.factories.charter import working_week
from tests.people import bob, staff

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NUMBER = "+37061234567"


@pytest.fixture(autouse=True)
def wednesday() -> Iterator[Any]:
    """Ten in the morning of a working day in Klaipėda."""
    working_week()
    with time_machine.travel("2026-11-25 10:00+02:00", tick=False) as clock:
        yield clock


def ring(**changed: bool) -> Ring:
    return Ring(NUMBER, promises.windows()[0], **changed)


def alice_wants_a_call(text: str = "") -> Consultation:
    wish = Wish(key=uuid4(), ring=ring(), language="lt", text=text)
    return callbacks.ask(wish).consultation


def promised() -> Task:
    return Task.objects.get(state=TaskState.OPEN)


def test_alice_asks_for_a_call_and_gets_one_receipt_for_one_form() -> None:
    wish = Wish(key=uuid4(), ring=ring(), language="ru")

    first, second = callbacks.ask(wish), callbacks.ask(wish)

    assert first.consultation == second.consultation
    assert first.token == second.token
    assert first.consultation.state == State.PROMISED
    assert promised().due_at == promises.windows()[0].ends_at


def test_her_number_is_not_readable_in_the_table() -> None:
    asked = alice_wants_a_call()

    assert "61234567" not in asked.phone
    assert numbers.unseal(asked.phone) == NUMBER
    assert access.by_number(numbers.digest(NUMBER)).get() == asked


def test_a_call_is_taken_by_whoever_reaches_her() -> None:
    asked = alice_wants_a_call()

    tasks.try_call(promised(), TryResult.REACHED, by=bob())

    asked.refresh_from_db()
    assert (asked.state, asked.consultant) == (State.ACTIVE, bob())
    assert not Task.objects.filter(state=TaskState.OPEN).exists()


def test_a_call_in_time_counts_though_nobody_picked_up(wednesday: Any) -> None:
    alice_wants_a_call()
    task = promised()
    assert task.begins_at is not None
    wednesday.move_to(task.begins_at)

    tasks.try_call(task, TryResult.NO_ANSWER, by=bob())

    assert (promised().first_try_at or task.due_at) < task.due_at
    assert [event.kind for event in transcript.since_for_resident(task.consultation, 0)][-1] == "tried"


def test_a_call_is_given_up_only_after_three_tries_and_what_she_wrote_is_answered() -> None:
    asked = alice_wants_a_call("Kur kreiptis?")
    with pytest.raises(TooEarly):
        tasks.give_up(promised(), by=bob())
    for _try in range(3):
        tasks.try_call(promised(), TryResult.NO_ANSWER, by=bob())

    tasks.give_up(promised(), by=bob())

    asked.refresh_from_db()
    assert (asked.state, promised().kind) == (State.WAITING, TaskKind.WRITTEN)


def test_alice_changes_the_time_and_the_promise_stays_one() -> None:
    asked = alice_wants_a_call()

    tasks.promise_call(asked, Ring(NUMBER, promises.windows()[2]), by=audit.RESIDENT)

    assert promised().begins_at == promises.windows()[2].begins_at


def test_who_cancels_and_wrote_nothing_is_done() -> None:
    asked = alice_wants_a_call()

    tasks.cancel_call(asked, by=audit.RESIDENT)

    asked.refresh_from_db()
    assert asked.state == State.ABANDONED


def test_who_cancels_but_wrote_gets_a_written_answer() -> None:
    asked = alice_wants_a_call("Kur kreiptis?")

    tasks.cancel_call(asked, by=audit.RESIDENT)

    asked.refresh_from_db()
    assert (asked.state, promised().kind) == (State.WAITING, TaskKind.WRITTEN)


def test_nothing_is_promised_about_what_is_over() -> None:
    asked = ground.alice_asks().consultation
    consultations.end_by_resident(asked)
    with pytest.raises(Ended):
        tasks.promise_call(asked, ring(), by=audit.RESIDENT)


def test_a_question_nobody_can_answer_now_is_promised_an_answer_by_the_next_working_day() -> None:
    ground.alice_asks()

    assert promised().reason == TaskReason.ABSENT
    assert promised().due_at == dt.datetime.fromisoformat("2026-11-26 17:00+02:00")


def test_an_answer_settles_the_promise_and_a_note_does_not() -> None:
    taken = ground.taken_by_bob()
    assert not tasks.settle_written(taken, by=bob())

    ground.bob_writes(taken)

    assert tasks.settle_written(taken, by=bob())
    assert Task.objects.get().state == TaskState.DONE


def test_at_closing_time_nobody_is_left_waiting(wednesday: Any) -> None:
    asked = ground.alice_asks().consultation
    Task.objects.all().delete()
    wednesday.move_to("2026-11-25 17:01+02:00")

    assert rounds.promise_what_stays_open() == 1
    assert promised().reason == TaskReason.CLOSING
    assert [event.look for event in transcript.since_for_resident(asked, 0)][-1] == "promised-written"
    assert rounds.promise_what_stays_open() == 0


def test_whose_consultant_is_gone_at_closing_time_goes_back_with_the_same_number(
    wednesday: Any,
) -> None:
    taken = ground.taken_by_bob()
    Task.objects.all().delete()
    wednesday.move_to("2026-11-25 17:01+02:00")

    rounds.promise_what_stays_open()

    taken.refresh_from_db()
    assert (taken.state, taken.consultant, promised().reason) == (State.WAITING, None, TaskReason.LOST)


def test_a_promise_about_to_break_is_told_once(wednesday: Any) -> None:
    alice_wants_a_call()
    wednesday.move_to(promised().due_at - dt.timedelta(minutes=10))

    assert [rounds.remind(), rounds.remind()] == [1, 0]
    assert Alert.objects.get().kind == AlertKind.OVERDUE


def test_nobody_is_given_what_they_may_not_open() -> None:
    asked = alice_wants_a_call()
    Consultation.objects.filter(pk=asked.pk).update(institution=ground.institution("rytas"))
    far = staff("Ona", Role.CONSULTANT, institution=ground.institution("vakaras"))

    with pytest.raises(CannotTake):
        tasks.assign(promised(), to=far, by=staff("Bob", Role.SUPERVISOR))


def test_a_window_with_eight_calls_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promises, "MOST_IN_A_WINDOW", 1)
    first = promises.windows()[0]
    alice_wants_a_call()

    assert first not in promises.windows()


def test_the_number_is_forgotten_thirty_days_after_the_end(wednesday: Any) -> None:
    asked = alice_wants_a_call()
    tasks.cancel_call(asked, by=audit.RESIDENT)
    wednesday.shift(dt.timedelta(days=31))

    retention.forget_what_is_due()

    asked.refresh_from_db()
    assert (asked.phone, asked.phone_digest) == ("", "")
