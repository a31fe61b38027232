"""Background work as a thread of the embedded server.

A process of its own could not reach open conversations: the in-process layer ends at the process.
"""

from __future__ import annotations

import logging
import threading

from django_tasks_db.management.commands.db_worker import Worker

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
