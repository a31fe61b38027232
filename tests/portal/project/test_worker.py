"""The embedded server does its own background work, and ends it."""

from __future__ import annotations

import threading

import pytest

from portal.core import schedule
from portal.project import worker
from portal.project.worker import ScheduleThread, WorkerThread, background


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "_rounds", {})


def test_the_server_brings_tasks_and_the_schedule() -> None:
    assert [type(one).__name__ for one in background()] == [WorkerThread.__name__, ScheduleThread.__name__]


@pytest.mark.usefixtures("rounds")
def test_what_comes_round_is_done_and_the_thread_ends_when_told() -> None:
    done = threading.Event()
    schedule.every(3600, "something")(done.set)
    thread = ScheduleThread()

    thread.start()

    assert done.wait(5)
    thread.stop()
    assert not thread.is_alive()


@pytest.mark.usefixtures("rounds")
def test_trouble_is_outlived(monkeypatch: pytest.MonkeyPatch) -> None:
    again = threading.Event()
    tries: list[int] = []

    def run_until(stop: threading.Event) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("the disk is full")
        again.set()
        stop.wait()

    monkeypatch.setattr(schedule, "run_until", run_until)
    monkeypatch.setattr(worker, "AFTER_TROUBLE", 0.01)
    thread = ScheduleThread()

    thread.start()

    assert again.wait(5)
    thread.stop()
