"""What the first bytes of a socket or long-poll say: whence it comes, and in which language the page is."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

from redis.exceptions import RedisError

from chat.protocol import Close
from portal.core.languages import DEFAULT, LANGUAGES

logger = logging.getLogger(__name__)


class WithoutLayer:
    """For a socket: where the layer is away none opens – one line in the log, and the browser polls instead."""

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            await super().__call__(scope, receive, send)  # type: ignore[misc]
        except (OSError, RedisError) as trouble:
            logger.warning("chat: no socket without the layer: %s", type(trouble).__name__)
            await send({"type": "websocket.close", "code": int(Close.COME_BACK)})


def header(scope: dict[str, Any], name: bytes) -> str:
    """The last header of this name, or nothing."""
    found = [value for key, value in scope["headers"] if key == name]
    return found[-1].decode("latin-1") if found else ""


def is_same_origin(scope: dict[str, Any]) -> bool:
    """Whether the page that opens it is ours. No Origin, or the word `null`, is not."""
    origin = urlsplit(header(scope, b"origin"))
    return origin.scheme in {"http", "https"} and origin.netloc == header(scope, b"host")


def query(scope: dict[str, Any]) -> dict[str, str]:
    """The last value of each parameter of the address."""
    pairs = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=10)
    return {name: values[-1] for name, values in pairs.items()}


def language_of(scope: dict[str, Any]) -> str:
    """The page's language, as its script says."""
    language = query(scope).get("language", "")
    return language if language in LANGUAGES else DEFAULT
