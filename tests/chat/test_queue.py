"""Places in the queue, and the wait that is only named when enough people have waited."""

from __future__ import annotations

import pytest

from chat import queue, selectors
from tests.chat import ground


def test_too_few_waits_say_nothing() -> None:
    assert queue.expected([60] * 9) is None


def test_the_middle_wait_counts_in_full_minutes() -> None:
    found = queue.expected([30, 60, 90, 200, 240, 260, 300, 600, 900, 9000, 9000])
    assert found == queue.Wait(minutes=4, basis=11)


def test_only_the_last_fifty_count() -> None:
    assert queue.expected([60] * 50 + [6000] * 50) == queue.Wait(minutes=1, basis=50)


@pytest.mark.django_db
def test_everybody_knows_how_many_are_before_them_in_their_language() -> None:
    first, _other, second = ground.alice_asks(), ground.alice_asks(language="ru"), ground.alice_asks()
    places = [selectors.place_of(begun.consultation) for begun in (first, second)]
    assert [(place.number, place.ahead) for place in places] == [(1, 0), (2, 1)]
