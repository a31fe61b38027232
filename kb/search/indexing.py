"""Keeping the index true: a change reaches it after its commit, by the background worker."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections import defaultdict
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django_tasks import task

from kb.search.documents import Everything, Source, sources
from kb.search.engines import engines
from kb.search.engines.base import EngineDown, IndexMissing, Progress
from kb.search.state import Noting
from portal.core import clock

logger = logging.getLogger(__name__)
AGAIN_AFTER = dt.timedelta(seconds=20)
MOST_TRIES = 180  # an hour of a cluster that is away
REBUILD_ASKED = "search:rebuild-asked"
ALL = ""


def rebuild(progress: Progress | None = None) -> int:
    """Index everything anew; the old index answers until the new one is whole. Returns the number of documents."""
    noting = Noting()

    def follow(done: int) -> None:
        noting.done(done)
        if progress:
            progress(done)

    try:
        count = engines.default.rebuild(Everything(), progress=follow)
    except BaseException as trouble:
        noting.failed(trouble)
        raise
    noting.over(count)
    return count


def ask_for_rebuild() -> None:
    """The index is lost or damaged: the worker makes it anew. Asked often, done once a minute at most."""
    if cache.add(REBUILD_ASKED, 1, 60):
        logger.warning("search: the index is missing or damaged; it is built anew from the database")
        rebuild_later.enqueue()


@task()
def rebuild_later(tries: int = 0) -> None:
    """Build the index; while an engine is away, try again."""
    try:
        logger.warning("search: index built anew, %d documents", rebuild())
    except EngineDown as trouble:
        logger.warning("search: the index could not be built: %s", trouble)
        if tries < MOST_TRIES and rebuild_later.get_backend().supports_defer:
            rebuild_later.using(run_after=clock.now() + AGAIN_AFTER).enqueue(tries + 1)


@task()
def update(kind: str, codes: list[str], tries: int = 0) -> None:
    """Bring documents up to date; an empty code stands for all of the kind. An engine that is away is tried again."""
    source = sources()[kind]
    wanted = None if ALL in codes else codes
    try:
        engines.default.put(kind, wanted, list(source.documents(wanted)))
    except IndexMissing:
        ask_for_rebuild()
    except EngineDown as trouble:
        logger.warning("search: %d changes of kind %s wait: %s", len(codes), kind, trouble)
        if tries < MOST_TRIES and update.get_backend().supports_defer:
            update.using(run_after=clock.now() + AGAIN_AFTER).enqueue(kind, codes, tries + 1)


def watch(source: Source) -> None:
    """Listen to every model of a source."""

    def on_change(*, instance: Any, **_: object) -> None:
        _note(source.kind, source.code_of(instance))

    for model in source.models:
        where = f"{source.kind}-{model.__name__}"
        post_save.connect(on_change, sender=model, weak=False, dispatch_uid=f"search-saved-{where}")
        post_delete.connect(on_change, sender=model, weak=False, dispatch_uid=f"search-deleted-{where}")


def _note(kind: str, code: str) -> None:
    """Remember what changed; when the transaction is over, the first to come sends it all, one task a kind.

    What a rolled-back transaction leaves behind goes with the next one: reading a document again does no harm.
    """
    _waiting.add((kind, code))
    transaction.on_commit(_send)


def _send() -> None:
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, code in sorted(_waiting.take()):
        by_kind[kind].append(code)
    for kind, codes in by_kind.items():
        update.enqueue(kind, codes)


class _Waiting(threading.local):
    """What this thread has changed and not yet sent."""

    def __init__(self) -> None:
        self._changes: set[tuple[str, str]] = set()

    def add(self, change: tuple[str, str]) -> None:
        self._changes.add(change)

    def take(self) -> set[tuple[str, str]]:
        taken, self._changes = self._changes, set()
        return taken


_waiting = _Waiting()
