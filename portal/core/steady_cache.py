"""The shared cache on Redis, and a small one of this process while Redis is away.

Pages, brakes and sending messages go on without Redis: a brake then counts what comes to this process only.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
AGAIN = 2.0  # seconds until a Redis that did not answer is asked again
# One go for many counters; the first count starts a counter's time.
_COUNT = (
    "local counts = {} for i, key in ipairs(KEYS) do local n = redis.call('INCR', key)"
    " if n == 1 then redis.call('EXPIRE', key, ARGV[1]) end counts[i] = n end return counts"
)


class SteadyCache(BaseCache):
    """What Redis answers; what this process remembers, while Redis does not answer."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._shared: Any = RedisCache(server, params)
        self._own: Any = LocMemCache(f"beside {server}", {"OPTIONS": {"MAX_ENTRIES": 2000}})
        self._away_until = 0.0

    def _ask(self, work: Callable[[Any], Any]) -> Any:
        if time.monotonic() < self._away_until:
            return work(self._own)
        try:
            return work(self._shared)
        except (RedisError, OSError) as trouble:
            self._away_until = time.monotonic() + AGAIN
            logger.warning("cache: Redis is away: %s", type(trouble).__name__)
            return work(self._own)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(lambda cache: cache.add(*args, **kwargs)))

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(lambda cache: cache.get(*args, **kwargs))

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._ask(lambda cache: cache.set(*args, **kwargs))

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(lambda cache: cache.touch(*args, **kwargs)))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(lambda cache: cache.delete(*args, **kwargs)))

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return int(self._ask(lambda cache: cache.incr(*args, **kwargs)))

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(lambda cache: cache.has_key(*args, **kwargs)))

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        return dict(self._ask(lambda cache: cache.get_many(*args, **kwargs)))

    def set_many(self, *args: Any, **kwargs: Any) -> list[Any]:
        return list(self._ask(lambda cache: cache.set_many(*args, **kwargs)))

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._ask(lambda cache: cache.delete_many(*args, **kwargs))

    def clear(self) -> None:
        self._own.clear()
        self._ask(lambda cache: cache.clear())

    def close(self, **kwargs: Any) -> None:
        self._shared.close(**kwargs)

    def count_many(self, keys: Sequence[str], seconds: int) -> list[int]:
        """Count one more under each key; a counter lives `seconds` from its first count."""
        return list(self._ask(lambda cache: _count(cache, keys, seconds)))


def _count(cache: Any, keys: Sequence[str], seconds: int) -> list[int]:
    if not isinstance(cache, RedisCache):
        return [count_one(cache, key, seconds) for key in keys]
    named = [cache.make_and_validate_key(key) for key in keys]
    client: Any = cache._cache.get_client(None, write=True)
    return [int(count) for count in client.eval(_COUNT, len(named), *named, seconds)]


def count_one(cache: Any, key: str, seconds: int) -> int:
    """Count one more under a key of any cache."""
    if cache.add(key, 1, seconds):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between add and incr
        cache.set(key, 1, seconds)
        return 1
