"""One form, one record, one receipt."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection

from charter.models import Service, WorkingHours
from chat import access
from chat.actions import consultations, presence, starting
from chat.actions.errors import Unfit
from chat.actions.starting import FormIsOld, receipt_for
from chat.models import Consultation, Event, State
from kb.models import CrisisWord
from tests.chat import ground
from tests.people import bob

pytestmark = pytest.mark.django_db


def test_alice_asks_and_waits() -> None:
    begun = ground.alice_asks("Kada mokėsite?")

    event = begun.consultation.events.get()
    assert begun.consultation.state == State.WAITING
    assert (event.text, event.public_sequence, event.staff_sequence) == ("Kada mokėsite?", 1, 1)


def test_the_same_form_sent_again_is_the_same_consultation_with_the_same_receipt() -> None:
    key = uuid4()
    first, second = ground.alice_asks(key=key), ground.alice_asks(key=key)

    assert first.consultation == second.consultation
    assert receipt_for(first.consultation, token=first.token) == receipt_for(second.consultation, token=second.token)
    assert (first.is_new, second.is_new) == (True, False)


def test_other_words_on_the_same_form_are_added_once_and_never_dropped() -> None:
    key = uuid4()
    ground.alice_asks("Kada mokėsite?", key=key)
    for _time in range(2):
        again = ground.alice_asks("Ir kiek mokėsite?", key=key)

    assert [event.text for event in access.public_events(again.consultation)] == ["Kada mokėsite?", "Ir kiek mokėsite?"]


def test_other_words_for_a_conversation_that_has_ended_are_not_taken_for_sent() -> None:
    key = uuid4()
    consultations.end_by_resident(ground.alice_asks("Kada mokėsite?", key=key).consultation)

    with pytest.raises(FormIsOld):
        ground.alice_asks("Ir kiek mokėsite?", key=key)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_form_fifty_times_at_once_is_one_record() -> None:
    key = uuid4()

    def send(_: int) -> str:
        try:
            return ground.alice_asks(key=key).consultation.reference
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as browsers:
        references = set(browsers.map(send, range(50)))

    assert len(references) == Consultation.objects.count() == Event.objects.count() == 1


def test_an_old_form_opens_nothing() -> None:
    key = uuid4()
    with time_machine.travel("2026-11-24 10:00+02:00") as clock:
        ground.alice_asks(key=key)
        clock.shift(dt.timedelta(minutes=11))
        with pytest.raises(FormIsOld):
            ground.alice_asks(key=key)


def test_the_receipt_opens_it_and_is_nowhere_in_the_table() -> None:
    begun = ground.alice_asks()
    receipt = receipt_for(begun.consultation, token=begun.token)
    assert receipt is not None

    assert access.by_receipt(receipt.reference.lower(), receipt.spaced_secret) == begun.consultation
    row = Consultation.objects.filter(pk=begun.consultation.pk).values().get()
    assert receipt.secret not in str(row)
    assert begun.token not in str(row)


def test_an_empty_question_and_one_too_long_are_refused() -> None:
    for text, code in ((" \n ", "empty"), ("a" * 4001, "too_long")):
        with pytest.raises(Unfit) as refused:
            ground.alice_asks(text)
        assert refused.value.code == code


@pytest.mark.parametrize(("moment", "is_open"), [("2026-11-24 10:00+02:00", True), ("2026-11-24 12:30+02:00", False)])
def test_it_is_known_whether_we_were_open(moment: str, is_open: bool) -> None:
    WorkingHours.objects.create(weekday=1, opens=dt.time(8), closes=dt.time(12))
    WorkingHours.objects.create(weekday=1, opens=dt.time(12, 45), closes=dt.time(17))
    with time_machine.travel(moment):
        assert ground.alice_asks().consultation.started_in_hours is is_open


def test_words_of_danger_go_first(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        CrisisWord.objects.create(language="lt", text="nusižudyti")
    calm, urgent = ground.alice_asks(), ground.alice_asks("Noriu nusižudyti.")

    assert list(access.waiting()) == [urgent.consultation, calm.consultation]


def test_nobody_guesses_a_secret_from_another_form() -> None:
    tokens = {starting.start(starting.Question(key=UUID(int=n), text="?", language="lt")).token for n in range(5)}
    assert len({starting.secret_of(token) for token in tokens}) == 5


def test_the_provider_answers_where_somebody_there_speaks_the_language_else_the_common_queue() -> None:
    home = ground.institution("namai")
    service = Service.objects.create(code="pagalba", name="Pagalba", slug="pagalba", group="a", provider=home)
    assert starting.office_for(None, service, language="ru") is None

    presence.set_languages(bob(home), ["lt", "ru"])

    assert starting.office_for(None, service, language="ru") == home
    assert starting.office_for(None, service, language="uk") is None
    assert starting.office_for(None, None, language="ru") is None
    assert starting.office_for(home, None, language="lt") == home
