"""A conversation that is over goes on: whoever comes back finds the same number, and nobody is passed in the queue."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection

from charter.models import Role, ServiceStandard
from chat import access, transcript
from chat.actions import consultations, floor, messages, reopening, wrapups
from chat.actions.errors import Ended, NotYours
from chat.actions.wrapups import Summary
from chat.models import Alert, Consultation, Event, EventKind, Found, Outcome, State, Task, WrapUp
from kb.models import CrisisWord
from portal.core import audit
from portal.dashboard.sources import consultations as measures
from tests.chat import ground
from tests.people import bob, staff

pytestmark = pytest.mark.django_db
BEGIN = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)


def comes_back(over: Consultation, text: str = "Dar vienas klausimas", *, client_id: UUID | None = None) -> Any:
    return reopening.go_on(over, text=text, language="lt", client_id=client_id or uuid4(), by=audit.RESIDENT)


def now(consultation: Consultation) -> Consultation:
    return Consultation.objects.get(pk=consultation.pk)


def wrapped_up(outcome: Outcome = Outcome.ANSWERED) -> Consultation:
    taken = ground.taken_by_bob()
    ground.bob_writes(taken)
    return wrapups.wrap_up(taken, Summary(None, outcome, Found.YES), by=bob())


def test_alice_comes_back_and_waits_again_with_her_words_behind_the_old_ones() -> None:
    over = wrapped_up()

    comes_back(over)

    kinds = [event.kind for event in transcript.since_for_resident(over, 0)]
    assert kinds[-3:] == ["closed", "reopened", "message"]
    assert (now(over).state, now(over).consultant, now(over).ended_at) == (State.WAITING, None, None)


def test_her_words_sent_twice_open_it_once_even_when_it_ended_again_in_between() -> None:
    over, client_id = wrapped_up(), uuid4()
    comes_back(over, client_id=client_id)
    consultations.end_by_resident(over)

    assert comes_back(over, client_id=client_id).is_duplicate
    assert now(over).is_ended
    assert Event.objects.filter(kind=EventKind.REOPENED).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_ten_presses_at_once_open_it_once() -> None:
    over, client_id = wrapped_up(), uuid4()

    def press(_: int) -> None:
        try:
            comes_back(over, client_id=client_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as doors:
        list(doors.map(press, range(10)))

    kinds = list(Event.objects.filter(consultation=over).order_by("staff_sequence").values_list("kind", flat=True))
    assert kinds[-2:] == ["reopened", "message"]
    assert kinds.count("reopened") == 1


def test_after_a_week_it_stays_closed() -> None:
    with time_machine.travel(BEGIN, tick=False) as time:
        over = wrapped_up()
        time.shift(dt.timedelta(days=reopening.DAYS))
        with pytest.raises(Ended):
            comes_back(over)


def test_who_was_ended_for_insults_is_not_let_in_again_but_a_supervisor_may_open_it() -> None:
    sofija, over = staff("Sofija", Role.SUPERVISOR), floor.end_for_abuse(ground.taken_by_bob(), by=bob())
    with pytest.raises(Ended):
        comes_back(over)

    assert reopening.open_by_staff(over, by=sofija).consultant == sofija


def test_who_comes_back_does_not_pass_those_who_wait() -> None:
    with time_machine.travel(BEGIN, tick=False) as time:
        over = wrapped_up()
        time.shift(60)
        waiting = ground.alice_asks("Aš laukiu pirma").consultation
        time.shift(60)
        comes_back(over)
        last = now(over)

        assert [one.pk for one in access.waiting()] == [waiting.pk, over.pk]
        assert list(access.before(last)) == [waiting]
        assert not access.before(now(waiting)).exists()


def test_the_first_wait_stays_what_it_was() -> None:
    with time_machine.travel(BEGIN, tick=False) as time:
        asked = ground.alice_asks().consultation
        time.shift(30)
        consultations.close(consultations.claim(asked, by=bob()), by=bob())
        time.shift(3600)
        comes_back(asked)
        consultations.claim(now(asked), by=bob())

    assert now(asked).waited_seconds == 30


def test_who_left_before_an_answer_is_timed_from_coming_back() -> None:
    with time_machine.travel(BEGIN, tick=False) as time:
        left = consultations.end_by_resident(ground.alice_asks().consultation)
        time.shift(dt.timedelta(days=1))
        comes_back(left)
        time.shift(20)
        taken = consultations.claim(now(left), by=bob())
        time.shift(5)
        ground.bob_writes(taken)

    assert (now(left).waited_seconds, now(left).first_reply_seconds) == (20, 25)


def test_out_of_hours_coming_back_is_a_promise_with_a_day() -> None:
    over = wrapped_up()
    comes_back(over)
    assert Task.objects.get(consultation=over, state="open").kind == "written"


def test_words_of_danger_on_coming_back_go_first(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        CrisisWord.objects.create(language="lt", text="nusižudyti")
    over = wrapped_up()

    comes_back(over, "Noriu nusižudyti")

    assert now(over).is_urgent
    assert Alert.objects.filter(kind="crisis", consultation=over).count() == 1


def test_bob_takes_up_what_he_closed_too_early_and_wraps_it_up_anew() -> None:
    over = wrapped_up()

    reopening.open_by_staff(over, by=bob())
    ground.bob_writes(now(over), "Pamiršau pasakyti.")
    wrapups.wrap_up(now(over), Summary(None, Outcome.REFERRED, Found.NO), by=bob())

    assert WrapUp.objects.get(consultation=over).outcome == Outcome.REFERRED


def test_a_colleague_who_did_not_lead_it_does_not_open_it() -> None:
    over = wrapped_up()
    with pytest.raises(NotYours):
        reopening.open_by_staff(over, by=staff("Ona", Role.CONSULTANT))


def test_what_was_opened_again_was_not_settled_at_the_first_contact() -> None:
    with time_machine.travel(BEGIN, tick=False):
        settled, again = wrapped_up(), wrapped_up()
        comes_back(again)
        consultations.claim(now(again), by=bob())
        wrapups.wrap_up(now(again), Summary(None, Outcome.ANSWERED, Found.YES), by=bob())
        month = dt.timedelta(days=20)
        found = measures.resolved(ServiceStandard(), BEGIN - month, BEGIN + month)

    assert found.consultations.count() == 2
    assert found.consultations.get(found.kept).pk == settled.pk


def test_what_is_erased_is_not_opened_again() -> None:
    over = wrapped_up()
    consultations.erase(over, by=audit.SYSTEM)
    with pytest.raises(Ended):
        comes_back(over)
    with pytest.raises(Ended):
        messages.send(over, text="x", language="lt", client_id=uuid4(), by=audit.RESIDENT)
