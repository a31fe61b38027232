"""Brakes: how often something may be tried from one place, counted in the cache."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from portal.core.crypto import keyed
from portal.core.steady_cache import count_one


class TooMany(Exception):
    """The limit is reached; `seconds` until trying again makes sense."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` in `seconds` for one key."""

    name: str
    times: int
    seconds: int

    def _key(self, key: str) -> str:
        return f"limit:{self.name}:{keyed('limit', key)[:32]}"

    def count(self, key: str) -> int:
        """Note one more try and return how many there were."""
        return count_one(cache, self._key(key), self.seconds)

    def count_many(self, keys: Sequence[str]) -> list[int]:
        """The same for many at once, with a shared cache in one go."""
        names = [self._key(key) for key in keys]
        together: Callable[[Sequence[str], int], list[int]] | None = getattr(cache, "count_many", None)
        if together is not None:
            return together(names, self.seconds)
        return [count_one(cache, name, self.seconds) for name in names]

    def is_reached(self, key: str) -> bool:
        return int(cache.get(self._key(key), 0)) >= self.times

    def check(self, key: str) -> None:
        """Note one more try. Raises TooMany when there were more than allowed."""
        if self.count(key) > self.times:
            raise TooMany(self.seconds)


def address(request: HttpRequest) -> str:
    """The visitor's address as our own proxies saw it (PROXIES of them); never believed from elsewhere."""
    remote = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXIES:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if len(hops) >= settings.PROXIES:
            remote = hops[-settings.PROXIES]
    return remote


def network(request: HttpRequest) -> str:
    """The visitor's network: an IPv4 address, or the /64 of an IPv6 one. A library or a shelter is one network."""
    try:
        ip = ipaddress.ip_address(address(request))
    except ValueError:
        return "unknown"
    if ip.version == 6:
        return str(ipaddress.ip_network(f"{ip}/64", strict=False))
    return str(ip)
