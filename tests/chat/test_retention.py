"""After ninety days the words of a conversation are gone, its count stays."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
import time_machine

from charter.feedback import actions
from charter.feedback.models import Rating
from chat.actions import consultations, messages, wrapups
from chat.actions.errors import Ended
from chat.actions.wrapups import Summary
from chat.models import Consultation, Event, Found, Outcome, WrapUp
from portal.core import audit, retention
from tests.chat import ground
from tests.people import bob


@pytest.mark.django_db
def test_words_go_after_ninety_days_and_not_before() -> None:
    with time_machine.travel("2026-08-01 10:00+03:00") as time:
        consultations.end_by_resident(ground.alice_asks().consultation)
        time.shift(dt.timedelta(days=89))
        retention.forget_what_is_due()
        assert Event.objects.exists()
        time.shift(dt.timedelta(days=2))
        assert retention.forget_what_is_due()["chat.consultation"] == 1

    assert not Event.objects.exists()
    assert Consultation.objects.get().erased_at is not None


@pytest.mark.django_db
def test_what_nobody_ever_ended_goes_too() -> None:
    with time_machine.travel("2026-08-01 10:00+03:00") as time:
        ground.alice_asks()
        ground.taken_by_bob()
        time.shift(dt.timedelta(days=91))
        assert retention.forget_what_is_due()["chat.consultation"] == 2

    assert not Event.objects.exists()
    assert not Consultation.objects.filter(erased_at=None).exists()


@pytest.mark.django_db
def test_what_goes_on_is_not_taken_away() -> None:
    with time_machine.travel("2026-08-01 10:00+03:00") as time:
        taken = ground.taken_by_bob()
        time.shift(dt.timedelta(days=80))
        ground.alice_writes(taken)
        time.shift(dt.timedelta(days=20))
        retention.forget_what_is_due()

    assert Event.objects.exists()


@pytest.mark.django_db
def test_the_consultants_note_goes_with_the_words() -> None:
    taken = ground.taken_by_bob()
    wrapups.wrap_up(taken, Summary(None, Outcome.ANSWERED, Found.YES, note="Gyvena su sergančia mama"), by=bob())
    consultations.erase(taken, by=audit.RESIDENT)

    assert WrapUp.objects.get().note == ""


@pytest.mark.django_db
def test_nothing_is_written_into_what_was_erased() -> None:
    taken = ground.taken_by_bob()
    consultations.end_by_resident(taken)
    consultations.erase(taken, by=audit.RESIDENT)

    with pytest.raises(Ended):
        messages.note(taken, text="Gyvena su sergančia mama", client_id=uuid4(), by=bob())
    wrapups.wrap_up(taken, Summary(None, Outcome.ANSWERED, Found.YES, note="Gyvena su sergančia mama"), by=bob())

    assert WrapUp.objects.get().note == ""


@pytest.mark.django_db
def test_who_deletes_their_conversation_leaves_nothing_by_which_its_rating_could_be_found() -> None:
    taken = ground.taken_by_bob()
    consultations.end_by_resident(taken)
    actions.rate(subject_kind="consultation", once=taken.public_id, score=2, channel="chat", language="lt")
    consultations.erase(taken, by=audit.RESIDENT)

    kept = str(list(Rating.objects.values()))
    assert [rating.score for rating in Rating.objects.all()] == [2]
    assert taken.public_id not in kept
    assert taken.reference not in kept
