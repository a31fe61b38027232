"""How much one browser may send. Repeats after a lost answer count too: twenty a minute is more than anyone types."""

from __future__ import annotations

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
    Limit("chat-message", settings.CHAT_LIMITS["messages_a_minute"], 60).check(access.token_digest(token))


def check_start(request: HttpRequest) -> None:
    """Raises TooMany."""
    NEW_CONVERSATIONS.check(throttling.network(request))
