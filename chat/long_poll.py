"""The long-poll: an answer as soon as there is news, at the latest after `wait` seconds. No thread waits with it.

It stands beside Django's views, not among them: under their synchronous middleware each waiting resident would
hold a thread.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings

from chat import access, cookie, protocol, pulling, wire
from chat.events import group_of
from portal.core.throttling import TooMany

logger = logging.getLogger(__name__)
LONGEST = 25.0
WITHOUT_HINTS = 5.0  # the layer is away: look again after so many seconds
_waiters: Counter[int] = Counter()  # of this process
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


async def events(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """`GET …/events?since=&wait=`, as an ASGI application."""
    if scope["method"] != "GET":
        await _answer(send, 405, {"code": protocol.Code.GARBLED})
        return
    asked = wire.query(scope)
    since, wait = protocol.read_sequence(asked.get("since", "")), protocol.read_sequence(asked.get("wait", ""))
    try:
        page = await _page_or_news(scope, receive, since=since, wait=min(float(wait), LONGEST))
    except access.NotThere:
        await _answer(send, 404, {"code": protocol.Code.NOT_YOURS})
    except TooMany:
        await _answer(send, 429, {"code": protocol.Code.TOO_MANY})
    except Exception:  # nothing of it may reach the other side
        logger.exception("chat: a long-poll failed")
        await _answer(send, 503, {"code": protocol.Code.TROUBLE})
    else:
        await _answer(send, 200, page)


async def _page_or_news(scope: dict[str, Any], receive: Receive, *, since: int, wait: float) -> dict[str, Any]:
    public_id, token = str(scope["url_route"]["kwargs"]["public_id"]), cookie.token_in(scope)
    language = wire.language_of(scope)
    grant, consultation_id = await pulling.key(public_id, token)
    until = asyncio.get_running_loop().time() + wait
    with _waiting(grant, most=settings.CHAT_LIMITS["sockets"]):
        async with _Hints(consultation_id) as hints:  # joined first, read after: nothing falls between
            while True:
                page: dict[str, Any] = await pulling.page(public_id, token, since, language)
                left = until - asyncio.get_running_loop().time()
                if page["events"] or left <= 0 or not await _news_or_gone(hints, receive, left):
                    return page


@contextmanager
def _waiting(grant: int, *, most: int) -> Iterator[None]:
    """One key waits as often at once as it may have sockets. Raises TooMany."""
    if _waiters[grant] >= most:
        raise TooMany(int(LONGEST))
    _waiters[grant] += 1
    try:
        yield
    finally:
        _waiters[grant] -= 1
        if not _waiters[grant]:
            del _waiters[grant]


async def _news_or_gone(hints: _Hints, receive: Receive, seconds: float) -> bool:
    """True when there may be news or the time is over; False when the browser has gone."""
    news, gone = asyncio.ensure_future(hints.next(seconds)), asyncio.ensure_future(_gone(receive))
    try:
        done, _ = await asyncio.wait({news, gone}, return_when=asyncio.FIRST_COMPLETED)
        return gone not in done
    finally:
        for task in (news, gone):
            task.cancel()
        await asyncio.gather(news, gone, return_exceptions=True)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class _Hints:
    """The hints of one consultation; where the layer is away, a pause instead."""

    def __init__(self, consultation_id: int) -> None:
        self._group = group_of(consultation_id)
        self._layer = get_channel_layer()
        self._channel = ""

    async def __aenter__(self) -> _Hints:
        try:
            channel = await self._layer.new_channel()
            await self._layer.group_add(self._group, channel)
            self._channel = channel
        except Exception as trouble:
            logger.warning("chat: the layer did not answer: %s", type(trouble).__name__)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._channel:
            try:
                await self._layer.group_discard(self._group, self._channel)
            except Exception as trouble:
                logger.warning("chat: the layer did not answer: %s", type(trouble).__name__)

    async def next(self, seconds: float) -> None:
        """Until a hint comes, but not longer than `seconds`."""
        if not self._channel:
            await asyncio.sleep(min(seconds, WITHOUT_HINTS))
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._layer.receive(self._channel), seconds)


async def _answer(send: Send, status: int, body: dict[str, Any]) -> None:
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(content)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
