"""After ninety days the words of a conversation are gone, its count stays."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from chat.actions import consultations
from chat.models import Consultation, Event
from portal.core import retention
from tests.chat import ground


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
