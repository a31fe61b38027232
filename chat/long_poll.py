"""The long-poll: an answer as soon as there is news, at the latest after `wait` seconds. No thread waits with it.

It stands beside Django's views, not among them: under their synchronous middleware each waiting resident would
hold a thread.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from chat import access, cookie, protocol, pulling, wire
from chat.followers import Sleeper
from chat.live import hub
from chat.wire import Receive, Scope, Send
from portal.core.throttling import TooMany

logger = logging.getLogger(__name__)
LONGEST = 25.0
_waiters: Counter[int] = Counter()  # of this process


async def events(scope: Scope, receive: Receive, send: Send) -> None:
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


async def _page_or_news(scope: Scope, receive: Receive, *, since: int, wait: float) -> dict[str, Any]:
    public_id, token = str(scope["url_route"]["kwargs"]["public_id"]), cookie.token_in(scope)
    language = wire.language_of(scope)
    grant, consultation_id = await pulling.key(public_id, token)
    until = asyncio.get_running_loop().time() + wait
    with _waiting(grant, most=settings.CHAT_LIMITS["sockets"]), _hints(consultation_id, since) as news:
        while True:  # joined first, read after: nothing falls between
            news.clear()
            page = await pulling.page(public_id, token, since, language)
            left = until - asyncio.get_running_loop().time()
            if page["events"] or left <= 0 or not await _news_or_gone(news, receive, left):
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


@contextmanager
def _hints(consultation_id: int, since: int) -> Iterator[asyncio.Event]:
    """Set as soon as there may be news."""
    news = asyncio.Event()
    sleeper = Sleeper(consultation_id, news.set, since=since)
    hub().sleep_on(sleeper)
    try:
        yield news
    finally:
        hub().wake_no_more(sleeper)


async def _news_or_gone(news: asyncio.Event, receive: Receive, seconds: float) -> bool:
    """True when there may be news or the time is over; False when the browser has gone."""
    waiting, gone = asyncio.ensure_future(news.wait()), asyncio.ensure_future(_gone(receive))
    try:
        done, _ = await asyncio.wait({waiting, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        return gone not in done
    finally:
        for task in (waiting, gone):
            task.cancel()
        await asyncio.gather(waiting, gone, return_exceptions=True)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


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
