"""Background work as threads of the embedded server: tasks that were asked for, and work that comes round.

A process of its own could not reach open conversations: the in-process layer ends at the process.
"""

from __future__ import annotations

import logging
import threading
from typing import Protocol

from django.db import connections
from django_tasks_db.management.commands.db_worker import Worker

from portal.core import schedule

logger = logging.getLogger(__name__)
AFTER_TROUBLE = 5.0


class WorkerThread(threading.Thread):
    """Runs tasks of the database until `stop`. Trouble (a full disk, a locked database) is logged and outlived."""

    def __init__(self) -> None:
        super().__init__(name="worker", daemon=True)
        self._stopping = threading.Event()
        self._worker = Worker(
            queue_names=["*"],
            interval=1,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="embedded",
            excluded_queue_names=[],
        )

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._worker.run()
            except Exception:
                logger.exception("worker: starting again in %s seconds", AFTER_TROUBLE)
                self._stopping.wait(AFTER_TROUBLE)

    def stop(self) -> None:
        """Let a running task end, but not longer than a few seconds."""
        self._stopping.set()
        self._worker.running = False
        self.join(timeout=AFTER_TROUBLE)


class ScheduleThread(threading.Thread):
    """Does what `portal.core.schedule` says is due, until `stop`."""

    def __init__(self) -> None:
        super().__init__(name="schedule", daemon=True)
        self._stopping = threading.Event()

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                schedule.run_until(self._stopping)
            except Exception:  # the cache is the only part outside each work's own care
                logger.exception("schedule: starting again in %s seconds", AFTER_TROUBLE)
                self._stopping.wait(AFTER_TROUBLE)
            finally:
                connections.close_all()

    def stop(self) -> None:
        """Let the work at hand end, but not longer than a few seconds."""
        self._stopping.set()
        self.join(timeout=AFTER_TROUBLE)


class Background(Protocol):
    """What the server starts beside itself and ends after itself."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


def background() -> list[Background]:
    """Everything the embedded server does beside answering."""
    return [WorkerThread(), ScheduleThread()]
