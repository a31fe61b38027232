"""How much one browser may send. Repeats after a lost answer count too: twenty a minute is more than anyone types."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest

from chat import access
from portal.core import throttling
from portal.core.throttling import Limit

HOUR = 60 * 60
# A library or a shelter is one network: many people may ask from it.
NEW_CONVERSATIONS = Limit("chat-new", 60, HOUR)


def check_message(token: str) -> None:
    """Raises TooMany."""
    _messages().check(access.token_digest(token))


def may_write(digests: Sequence[str]) -> list[bool]:
    """Whether each of these browsers may send one more message; an empty digest is not counted."""
    counted = [digest for digest in digests if digest]
    counts = iter(_messages().count_many(counted) if counted else [])
    most = settings.CHAT_LIMITS["messages_a_minute"]
    return [not digest or next(counts) <= most for digest in digests]


def _messages() -> Limit:
    return Limit("chat-message", settings.CHAT_LIMITS["messages_a_minute"], 60)


def check_start(request: HttpRequest) -> None:
    """Raises TooMany."""
    NEW_CONVERSATIONS.check(throttling.network(request))
