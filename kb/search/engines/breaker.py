"""A circuit breaker: who has failed twice in a row is left alone for a while, then one try decides."""

from __future__ import annotations

import threading
import time

FAILURES = 2
PAUSE = 10.0  # so whoever is well again is asked again long before a minute is over


class Breaker:
    """Thread-safe. `may_try` before each call, then `succeeded` or `failed`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._try_again_at = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the other side counts as ill."""
        return self._failures >= FAILURES

    def may_try(self) -> bool:
        """True while all is well; after failures once in PAUSE seconds, for one caller."""
        with self._lock:
            if not self.is_open:
                return True
            now = time.monotonic()
            if now < self._try_again_at:
                return False
            self._try_again_at = now + PAUSE
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._try_again_at = time.monotonic() + PAUSE
