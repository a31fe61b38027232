"""Sofija changes when consultants work, and what residents read follows."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from charter.models import Holiday, Role, WorkingHours
from chat import hours
from tests.chat import ground
from tests.chat.desk.ground import address, at_the_desk
from tests.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def sofija() -> Client:
    return at_the_desk(staff("Sofija", Role.SUPERVISOR))


def day(**times: str) -> dict[str, str]:
    return {"weekday": "2"} | times


def test_a_day_with_a_lunch_break(sofija: Client) -> None:
    sofija.post(address("schedule"), day(from0="13:00", to0="17:00", from1="08:00", to1="12:00"))

    assert list(WorkingHours.objects.values_list("weekday", "opens")) == [(2, dt.time(8)), (2, dt.time(13))]
    wednesday = dt.datetime.fromisoformat("2026-11-25 12:30+02:00")
    assert hours.opening_now(now=wednesday).is_open is False


def test_an_emptied_day_is_a_day_off(sofija: Client) -> None:
    sofija.post(address("schedule"), day(from0="08:00", to0="12:00"))
    sofija.post(address("schedule"), day())

    assert not WorkingHours.objects.exists()


@pytest.mark.parametrize(
    "times",
    [
        {"from0": "12:00", "to0": "08:00"},
        {"from0": "08:00", "to0": "12:00", "from1": "11:00", "to1": "13:00"},
        {"from0": "08:00"},
        {"from0": "25:00", "to0": "26:00"},
        {"weekday": "9", "from0": "08:00", "to0": "12:00"},
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(sofija: Client, times: dict[str, str]) -> None:
    assert sofija.post(address("schedule"), day(**times)).status_code == 422
    assert not WorkingHours.objects.exists()


def test_a_holiday_comes_and_goes(sofija: Client) -> None:
    sofija.post(address("schedule"), {"holiday": "1", "date": "2030-02-16", "name": "Diena"})
    assert Holiday.objects.get().name == "Diena"

    sofija.post(address("schedule"), {"drop": "2030-02-16"})
    assert not Holiday.objects.exists()


@pytest.mark.parametrize("date", ["", "2030-02-31", "soon"])
def test_a_holiday_without_a_day_is_asked_for_again(sofija: Client, date: str) -> None:
    assert sofija.post(address("schedule"), {"holiday": "1", "date": date, "name": "Diena"}).status_code == 422


def test_only_the_whole_citys_supervisor_changes_it() -> None:
    assert at_the_desk().post(address("schedule"), day()).status_code == 403
    one = staff("Rita", Role.SUPERVISOR, institution=ground.institution("rytas"))
    assert at_the_desk(one).get(address("schedule")).status_code == 403
