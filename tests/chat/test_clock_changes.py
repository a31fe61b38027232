"""The clock is put back and forward: nobody waits an hour more or less on paper, and no promise moves."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from chat import hours, promises, transcript
from chat.actions import consultations
from chat.models import Consultation
from tests.chat import ground
from tests.factories.charter import working_week
from tests.people import bob

pytestmark = pytest.mark.django_db
# In 2026 clocks go forward on 29 March and back on 25 October, both Sundays.
BEFORE_FORWARD, BEFORE_BACK = "2026-03-27 18:00+02:00", "2026-10-23 18:00+03:00"


def at(moment: str) -> dt.datetime:
    return dt.datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("friday", "monday"),
    [(BEFORE_FORWARD, "2026-03-30 08:00+03:00"), (BEFORE_BACK, "2026-10-26 08:00+02:00")],
)
def test_after_the_change_we_open_at_eight_by_the_new_clock(friday: str, monday: str) -> None:
    working_week()
    assert hours.opening_now(now=at(friday)).next_at == at(monday)
    assert hours.opening_now(now=at(monday)).is_open
    assert not hours.opening_now(now=at(monday) - dt.timedelta(minutes=1)).is_open


@pytest.mark.parametrize(
    ("friday", "monday"),
    [(BEFORE_FORWARD, "2026-03-30 08:00+03:00"), (BEFORE_BACK, "2026-10-26 08:00+02:00")],
)
def test_a_call_on_monday_is_promised_by_mondays_clock(friday: str, monday: str) -> None:
    working_week()
    with time_machine.travel(at(friday), tick=False):
        first = promises.windows()[0]
    assert first.begins_at == at(monday)
    assert first.ends_at - first.begins_at <= promises.LONGEST_WINDOW


@pytest.mark.parametrize(
    ("begun", "taken"),
    [
        ("2026-10-25 03:50+03:00", "2026-10-25 03:10+02:00"),  # the clock shows less than at the beginning
        ("2026-03-29 02:50+02:00", "2026-03-29 04:10+03:00"),  # three o’clock never was
    ],
)
def test_twenty_minutes_of_waiting_are_twenty_minutes(begun: str, taken: str) -> None:
    with time_machine.travel(at(begun), tick=False) as time:
        asked = ground.alice_asks().consultation
        time.move_to(at(taken))
        consultations.claim(asked, by=bob())

    assert Consultation.objects.get().waited_seconds == 20 * 60


def test_what_is_said_in_the_hour_that_comes_twice_keeps_its_order() -> None:
    with time_machine.travel(at("2026-10-25 03:50+03:00"), tick=False) as time:
        asked = ground.alice_asks("Pirma").consultation
        time.move_to(at("2026-10-25 03:10+02:00"))
        ground.alice_writes(asked, "Antra")

    said = transcript.since_for_resident(asked, 0)
    assert [event.text for event in said] == ["Pirma", "Antra"]
    assert said[0].at < said[1].at
