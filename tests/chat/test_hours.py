"""Open now? when next?"""

from __future__ import annotations

import datetime as dt

import pytest

from chat.hours import opening

WEEK = {day: [(dt.time(12, 45), dt.time(17)), (dt.time(8), dt.time(12))] for day in range(5)}
CHRISTMAS = {dt.date(2026, 12, 24), dt.date(2026, 12, 25)}


@pytest.mark.parametrize(
    ("moment", "is_open", "next_at"),
    [
        ("2026-11-24 08:00", True, None),
        ("2026-11-24 07:59", False, "2026-11-24 08:00"),
        ("2026-11-24 12:00", False, "2026-11-24 12:45"),
        ("2026-11-24 17:00", False, "2026-11-25 08:00"),
        ("2026-11-27 18:00", False, "2026-11-30 08:00"),
        ("2026-12-23 18:00", False, "2026-12-28 08:00"),
    ],
)
def test_a_day_of_work(moment: str, is_open: bool, next_at: str | None) -> None:
    found = opening(dt.datetime.fromisoformat(moment), week=WEEK, holidays=CHRISTMAS)

    assert found.is_open is is_open
    assert found.next_at == (dt.datetime.fromisoformat(next_at) if next_at else None)


def test_without_a_calendar_nothing_is_promised() -> None:
    found = opening(dt.datetime.fromisoformat("2026-11-24 10:00"), week={}, holidays=())
    assert (found.is_open, found.next_at) == (False, None)
