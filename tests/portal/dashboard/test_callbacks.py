"""Promised calls: what counts as made in time."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from chat.models import Task, TaskKind, TaskReason, TaskState
from portal.dashboard.sources.base import Tally, tally_by_hand
from portal.dashboard.sources.callbacks import callback_records
from tests.portal.dashboard import records

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
JULY = dt.date(2026, 7, 10)
NOON = dt.datetime(2026, 7, 10, 12, tzinfo=dt.UTC)
SPAN = (dt.datetime(2026, 7, 1, tzinfo=dt.UTC), dt.datetime(2026, 8, 1, tzinfo=dt.UTC))


def promised(*, tried: dt.datetime | None, state: TaskState = TaskState.DONE, due: dt.datetime = NOON) -> None:
    Task.objects.create(
        consultation=records.consultation(JULY),
        kind=TaskKind.CALLBACK,
        reason=TaskReason.ASKED,
        state=state,
        made_at=due - dt.timedelta(hours=5),
        due_at=due,
        first_try_at=tried,
        settled_at=None if state == TaskState.OPEN else due,
    )


def test_the_first_try_counts_and_a_cancelled_call_does_not() -> None:
    standard = records.standard("S03", "callbacks_on_time", promised=0)
    promised(tried=NOON)
    promised(tried=NOON + dt.timedelta(minutes=1))
    promised(tried=None, state=TaskState.OPEN)
    promised(tried=None, state=TaskState.CANCELLED)

    assert tally_by_hand(callback_records)(standard, *SPAN) == {(dt.date(2026, 7, 1), None): Tally(1, 3)}
    assert [record.is_kept for record in callback_records(standard, *SPAN)].count(True) == 1


def test_a_call_that_is_not_due_yet_is_not_counted() -> None:
    standard = records.standard("S03", "callbacks_on_time", promised=0)
    with time_machine.travel(NOON - dt.timedelta(hours=1)):
        promised(tried=None, state=TaskState.OPEN)

        assert tally_by_hand(callback_records)(standard, *SPAN) == {}
