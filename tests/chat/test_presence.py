"""Who is there: a choice and a heartbeat, both."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from chat import presence
from chat.actions import presence as actions
from chat.models import Choice, Presence
from portal.core import clock
from tests.chat import ground
from tests.people import bob

pytestmark = pytest.mark.django_db


def test_bob_is_there_while_his_screen_lives() -> None:
    with time_machine.travel("2026-11-24 10:00+02:00", tick=False) as time:
        actions.choose(bob(), Choice.AVAILABLE)
        time.shift(dt.timedelta(seconds=45))
        assert presence.count_available("lt") == 1
        time.shift(dt.timedelta(seconds=1))
        assert presence.count_available("lt") == 0
        actions.beat(bob())
        assert presence.count_available("lt") == 1


def test_a_break_is_a_break() -> None:
    actions.choose(bob(), Choice.BREAK)
    assert presence.count_available("lt") == 0


def test_who_answers_in_russian_is_counted_for_russian() -> None:
    actions.set_languages(bob(), ["ru", "uk"])
    actions.choose(bob(), Choice.AVAILABLE)
    assert (presence.count_available("ru"), presence.count_available("lt")) == (1, 0)


@pytest.mark.parametrize("age", [0, 44, 45, 46, None])
@pytest.mark.parametrize("choice", list(Choice))
def test_the_check_and_the_query_agree(choice: Choice, age: int | None) -> None:
    with time_machine.travel("2026-11-24 10:00+02:00", tick=False):
        now = clock.now()
        beat = None if age is None else now - dt.timedelta(seconds=age)
        row = Presence.objects.create(user=bob(), choice=choice, chosen_at=now, heartbeat_at=beat)
        assert presence.is_available(row, now=now) is presence.available(now=now).exists()


def test_who_works_elsewhere_is_not_there_for_this_desk() -> None:
    here, there = ground.institution("cia"), ground.institution("ten")
    actions.choose(bob(here), Choice.AVAILABLE)
    assert presence.count_available("lt", institution=here.pk) == 1
    assert presence.count_available("lt", institution=there.pk) == 0
    assert presence.count_available("lt") == 1
