"""What is made of the whole index and kept: renewed when the index has changed, without anybody waiting for it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.db import connections

logger = logging.getLogger(__name__)
T = TypeVar("T")
QUICK = 0.3  # seconds: what takes less is made while somebody waits
PAUSE = 10.0  # between two renewals of what takes more


class Renewed(Generic[T]):
    """`make` gives the value for the state it finds; a slow one is renewed by a thread while the old one serves.

    `first`: serves until there is one, where even the first would keep somebody waiting for long.
    """

    def __init__(self, make: Callable[[], T], *, first: Callable[[], T | None] = lambda: None) -> None:
        self._make = make
        self._first = first
        self._lock = threading.Lock()
        self._value: T | None = None
        self._owner: object = None
        self._state: Hashable = None
        self._is_slow = False
        self._not_before = 0.0
        self._worker: threading.Thread | None = None

    def of(self, owner: object, state: Hashable) -> T:
        """The value, of this state or – while a slow one is being made – of an earlier one of the same owner."""
        if self._owner is not owner:
            self.forget()
            self._owner = owner
        value = self._value
        if value is not None and self._state == state:
            return value
        if value is None:
            value = self._value = self._first()
            self._is_slow = value is not None
        if value is None or not self._is_slow:
            return self._renew(state)
        if time.monotonic() >= self._not_before:
            self._renew_beside(state)
        return value

    def renew(self, owner: object, state: Hashable) -> T:
        """The value of this state, whoever has to wait for it."""
        self._owner = owner
        return self._renew(state)

    def is_current(self, state: Hashable) -> bool:
        return self._state == state

    def forget(self) -> None:
        self._value, self._state, self._not_before = None, None, 0.0

    def _renew(self, state: Hashable) -> T:
        began = time.monotonic()
        value = self._make()
        seconds = time.monotonic() - began
        self._value, self._state = value, state
        self._is_slow = seconds >= QUICK
        self._not_before = time.monotonic() + PAUSE
        return value

    def _renew_beside(self, state: Hashable) -> None:
        with self._lock:
            if self._worker is None or not self._worker.is_alive():
                self._worker = threading.Thread(target=self._run, args=(state,), name="search-renewal", daemon=True)
                self._worker.start()

    def _run(self, state: Hashable) -> None:
        try:
            self._renew(state)
        except Exception:
            logger.exception("search: the words of the index could not be read; the earlier ones serve on")
            self._not_before = time.monotonic() + PAUSE
        finally:
            connections.close_all()
