"""How the index stands: what is in it, what waits, how far a rebuild has come. For screens, commands and health."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kb.search.documents import Everything
from kb.search.engines import engines
from kb.search.engines.base import EngineDown
from portal.core import clock

PROGRESS = "search:progress"
KEPT = 24 * 3600
TASKS = ("kb.search.indexing.update", "kb.search.indexing.rebuild_later")
NOTED_EVERY = 100  # documents


@dataclass(frozen=True, slots=True)
class Rebuild:
    """The last rebuild, or the one under way."""

    started_at: dt.datetime
    done: int
    total: int
    is_over: bool = False
    trouble: str = ""

    @property
    def share(self) -> int:
        """In hundredths; never a hundred before it is over."""
        return 100 if self.is_over else min(99, self.done * 100 // max(1, self.total))


@dataclass(frozen=True, slots=True)
class State:
    """`trouble`: in words, when the engine can't tell; `waiting`: pieces of work of the worker's queue."""

    engine: str
    documents: int
    waiting: int
    failed: int
    oldest_waits_since: dt.datetime | None
    rebuild: Rebuild | None
    trouble: str = ""


def state() -> State:
    """As it is now; a handful of cheap questions."""
    documents, trouble = 0, ""
    try:
        documents = engines.default.count()
    except EngineDown as down:
        trouble = str(down)
    engine: Any = settings.SEARCH["default"]
    mine = DBTaskResult.objects.filter(task_path__in=TASKS)
    waiting = mine.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    return State(
        engine=engine["BACKEND"].rpartition(".")[2].removesuffix("Engine"),
        documents=documents,
        waiting=waiting.count(),
        failed=mine.filter(status=TaskResultStatus.FAILED).count(),
        oldest_waits_since=waiting.order_by("enqueued_at").values_list("enqueued_at", flat=True).first(),
        rebuild=cache.get(PROGRESS),
        trouble=trouble,
    )


def documents_wanted() -> int:
    """How many documents the database has for the index; reads them all."""
    return sum(1 for _ in Everything())


class Noting:
    """Follows a rebuild so that others see how far it is. `total`: what the index before had."""

    def __init__(self) -> None:
        self._began = clock.now()
        try:
            self._total = engines.default.count()
        except EngineDown:
            self._total = 0
        self._note(0)

    def done(self, count: int) -> None:
        if count % NOTED_EVERY == 0:
            self._note(count)

    def over(self, count: int) -> None:
        self._note(count, is_over=True)

    def failed(self, trouble: BaseException) -> None:
        self._note(0, is_over=True, trouble=str(trouble) or type(trouble).__name__)

    def _note(self, done: int, *, is_over: bool = False, trouble: str = "") -> None:
        cache.set(PROGRESS, Rebuild(self._began, done, max(self._total, done), is_over, trouble), KEPT)
