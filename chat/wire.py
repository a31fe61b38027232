"""What the first bytes of a socket or long-poll say: whence it comes, and in which language the page is."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import parse_qs, urlsplit

from portal.core.languages import DEFAULT, LANGUAGES

Message = dict[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Coroutine[Any, Any, Message]]
Send = Callable[[Message], Coroutine[Any, Any, None]]


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


def write_now(send: Send, text: str) -> bool:
    """Send a frame without waiting. False when the line is full or gone: then nothing was sent.

    One reader asleep must not keep the others waiting, and a task a frame would cost more than the frame: so the
    server's `send` is taken one step. It ends in that step wherever there is room on the line.
    """
    step = send({"type": "websocket.send", "text": text})
    try:
        step.send(None)
    except StopIteration:
        return True
    except Exception:  # the socket closes; its own coroutine is being told
        return False
    step.close()
    return False
