"""A circuit breaker: who has failed again and again is left alone for a while, then asked once.

Pure: the caller says what time it is.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class Breaker:
    """`failures` within `window` seconds open it for `pause` seconds; then one probe decides."""

    failures: int = 5
    window: float = 30.0
    pause: float = 30.0
    _failed: deque[float] = field(default_factory=deque)
    _opened: float | None = None
    _probe_since: float | None = None
    _lock: Lock = field(default_factory=Lock)

    def may_call(self, now: float) -> bool:
        """Whether a call may be made. After the pause only one is: its end decides for all others.

        A probe whose end was never told (its thread died) blocks nobody longer than one more pause.
        """
        with self._lock:
            if self._opened is None:
                return True
            if now - self._opened < self.pause:
                return False
            if self._probe_since is not None and now - self._probe_since < self.pause:
                return False
            self._probe_since = now
            return True

    def is_open(self, now: float) -> bool:
        """Whether calls are refused just now; asking this is no probe."""
        return self._opened is not None and now - self._opened < self.pause

    def succeeded(self) -> None:
        with self._lock:
            self._opened = self._probe_since = None
            self._failed.clear()

    def failed(self, now: float) -> None:
        with self._lock:
            if self._opened is not None:  # the probe, or a call that began before it opened
                self._opened, self._probe_since = now, None
                return
            self._failed.append(now)
            while self._failed and now - self._failed[0] > self.window:
                self._failed.popleft()
            if len(self._failed) >= self.failures:
                self._opened = now
                self._failed.clear()
