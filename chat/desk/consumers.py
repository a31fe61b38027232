"""The desk's socket: hints that something is new, and the conversations it follows, frame by frame.

A bare ASGI application, as the resident's (docs/decisions/0006-bare-sockets.md). Of a queue a frame carries no facts,
so what a colleague may not see can't leak there; of a conversation only what its follower may open. Rights are
looked at on every reading and writing, the session with the signs of life, so that a socket ends soon after either.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from http.cookies import CookieError
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie

from charter.memberships import reach_of
from chat import access, visits, wire
from chat.actions import presence
from chat.desk import frames, lock, opening
from chat.desk.frames import Follow, Leave, Write
from chat.followers import Colleague, Sleeper
from chat.live import hub
from chat.models import Consultation
from chat.protocol import Close, Code
from chat.wire import Receive, Scope, Send
from chat.writing import writer
from portal.core import second_factor
from portal.core.models import User

logger = logging.getLogger(__name__)
SHORTEST = 10.0  # seconds between two signs of life that are looked at
MOST_FOLLOWED = 200
FRAMES_OF_A_RESIDENT = 10  # so many times more frames a minute may a desk send


async def desk(scope: Scope, receive: Receive, send: Send) -> None:
    """One socket, from its opening to its end."""
    await receive()
    if not wire.is_same_origin(scope):
        await send({"type": "websocket.close"})
        return
    line = DeskSocket(scope, send)
    try:
        try:
            user = await line.staff()
            if user is not None:
                await line.open(user, wire.query(scope).get("open", ""))
        except Exception as trouble:  # the database is away
            logger.warning("chat: a desk was not opened: %s", type(trouble).__name__)
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.close", "code": int(Close.COME_BACK)})
            return
        await line.accept()  # also for strangers: else the browser would not see the code
        if user is None:
            await send({"type": "websocket.close", "code": int(Close.NOT_STAFF)})
            return
        while (message := await receive())["type"] == "websocket.receive":
            await line.take(message.get("text"))
    finally:
        line.end()


class DeskSocket:
    """Follows the queue, hints at one conversation (`?open=`) and at those held, and carries those it was told to."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.language = wire.language_of(scope)
        self._session = _session_key(scope)
        self._send = send
        self._user: User | None = None
        self._early: list[str] | None = []
        self._followed: dict[str, Followed] = {}
        self._sleeper: Sleeper | None = None
        self._held: dict[int, Sleeper] = {}
        self._told = 0.0
        self._telling: asyncio.TimerHandle | None = None
        self._looked_at = 0.0
        self._window, self._frames = time.monotonic(), 0
        self._closing: asyncio.Task[None] | None = None

    async def open(self, user: User, public_id: str) -> None:
        """Listens before the line is accepted: a desk looks anew then, and what comes after that look is heard."""
        self._user = user
        hub().watch_floor(self._tell_queue)
        if public_id and (found := await self._find(public_id)) is not None:
            self._sleeper = Sleeper(
                found.pk, self._tell_news, since=found.staff_sequence, is_staff=True, on_sign=self._tell_typing
            )
            hub().sleep_on(self._sleeper)
        await self._look_at_held()

    async def accept(self) -> None:
        """Hints that came meanwhile follow at once, each kind once."""
        await self._send({"type": "websocket.accept"})
        early, self._early = self._early or [], None
        for hint in dict.fromkeys(early):
            self.write(hint)

    def end(self) -> None:
        hub().watch_floor_no_more(self._tell_queue)
        if self._sleeper is not None:
            hub().wake_no_more(self._sleeper)
        for held in self._held.values():
            hub().wake_no_more(held)
        if self._telling is not None:
            self._telling.cancel()
        for followed in self._followed.values():
            hub().leave(followed)

    async def take(self, text: str | None) -> None:
        """One frame. Whatever it says, it is a sign of life."""
        if self._closing is not None:
            return
        if self._is_flood():
            self.close(Close.TOO_MANY_SOCKETS)
            return
        is_looked_at = time.monotonic() - self._looked_at < SHORTEST
        if not is_looked_at and not await self._is_still_staff():
            self.close(Close.NOT_STAFF)
            return
        if not is_looked_at:
            await self._look_at_held()
        frame = frames.read(text)
        if isinstance(frame, Follow):
            await self._follow(frame)
        elif isinstance(frame, Leave):
            self._forget(frame.consultation)
        elif isinstance(frame, Write):
            self._write(frame)

    def write(self, frame: str) -> bool:
        if self._early is not None:
            self._early.append(frame)
            return True
        return self._closing is None and wire.write_now(self._send, frame)

    def close(self, code: Close) -> None:
        if self._closing is None:
            step = self._send({"type": "websocket.close", "code": int(code)})
            self._closing = asyncio.get_running_loop().create_task(step)

    def forget_and_say(self, public_id: str) -> None:
        """A colleague who lost their right hears nothing but that."""
        self._forget(public_id)
        self.write(json.dumps({"type": "gone", "consultation": public_id}))

    async def staff(self) -> User | None:
        """Who is signed in now, if they work here. The session is read anew: it may have ended elsewhere."""
        return await visits.door.read(lambda: _staff(self._session))

    async def _is_still_staff(self) -> bool:
        try:
            user = await self.staff()
            if user is not None:
                await visits.door.visit(lambda: presence.beat(user))
        except visits.BROKEN as trouble:  # the database is away: nobody is shown out for that
            logger.warning("chat: a sign of life was not noted: %s", type(trouble).__name__)
            return True
        self._looked_at = time.monotonic()
        self._user = user
        return user is not None

    async def _look_at_held(self) -> None:
        """Words in a conversation that lies here and is not open change its line in the queue."""
        user = self._user
        if user is None:
            return
        try:
            found = await visits.door.read(lambda: dict(access.held_by(user).values_list("pk", "staff_sequence")))
        except visits.BROKEN as trouble:  # the next sign of life looks again
            logger.warning("chat: what a desk holds was not read: %s", type(trouble).__name__)
            return
        for pk in self._held.keys() - found.keys():
            hub().wake_no_more(self._held.pop(pk))
        for pk in found.keys() - self._held.keys():
            self._held[pk] = Sleeper(pk, self._tell_held, since=found[pk], is_staff=True)
            hub().sleep_on(self._held[pk])

    async def _find(self, public_id: str) -> Consultation | None:
        user = self._user
        assert user is not None  # noqa: S101
        try:
            return await visits.door.visit(lambda: opening.opened(public_id, by=user))
        except access.NotThere:
            return None

    async def _follow(self, frame: Follow) -> None:
        followed = self._followed.get(frame.consultation)
        if followed is None:
            found = await self._find(frame.consultation) if len(self._followed) < MOST_FOLLOWED else None
            if found is None or self._user is None:
                self.write(json.dumps({"type": "gone", "consultation": frame.consultation}))
                return
            followed = Followed(self, self._user.pk, found)
            self._followed[frame.consultation] = followed
            hub().join(followed)
        followed.sent = frame.since
        hub().follow(followed)

    def _forget(self, public_id: str) -> None:
        followed = self._followed.pop(public_id, None)
        if followed is not None:
            hub().leave(followed)

    def _write(self, frame: Write) -> None:
        followed = self._followed.get(frame.consultation)
        if followed is None or self._user is None:
            self._answer(frames.refusal(frame, Code.NOT_YOURS))
            return
        letter = frames.letter(frame, followed.consultation_id, by=self._user, answer=self._answer)
        if letter is not None:
            writer().post(letter)

    def _answer(self, frame: dict[str, Any]) -> None:
        self.write(json.dumps(frame))

    def _tell_queue(self) -> None:
        self.write('{"type": "queue"}')

    def _tell_held(self) -> None:
        """At most once a second, as of the queue."""
        if self._telling is None:
            wait = max(0.0, self._told + 1.0 - time.monotonic())
            self._telling = asyncio.get_running_loop().call_later(wait, self._tell_held_now)

    def _tell_held_now(self) -> None:
        self._telling, self._told = None, time.monotonic()
        self._tell_queue()

    def _tell_news(self) -> None:
        self.write('{"type": "news"}')

    def _tell_typing(self) -> None:
        self.write('{"type": "typing"}')

    def _is_flood(self) -> bool:
        now = time.monotonic()
        if now - self._window > 60:
            self._window, self._frames = now, 0
        self._frames += 1
        return self._frames > FRAMES_OF_A_RESIDENT * settings.CHAT_LIMITS["frames_a_minute"]


class Followed(Colleague):
    """One conversation at one desk."""

    __slots__ = ("_desk",)

    def __init__(self, desk: DeskSocket, user_id: int, found: Consultation) -> None:
        super().__init__(user_id, found.pk, found.public_id, language=desk.language)
        self._desk = desk

    def write(self, frame: str) -> bool:
        return self._desk.write(frame)

    def show_out(self) -> None:
        self._desk.forget_and_say(self.public_id)

    def say_bye(self, retry_in: float) -> None:
        self._desk.write(json.dumps({"type": "bye", "retry_in": round(retry_in, 1)}))
        self._desk.close(Close.COME_BACK)


def _session_key(scope: Scope) -> str:
    try:
        return parse_cookie(wire.header(scope, b"cookie")).get(settings.SESSION_COOKIE_NAME, "")
    except CookieError:
        return ""


def _staff(session_key: str) -> User | None:
    visit = HttpRequest()
    visit.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(visit)
    if not isinstance(user, User) or second_factor.is_missing(user):
        return None
    if lock.is_closed(visit):  # until the password is typed again nothing of the desk is shown
        return None
    return user if reach_of(user, *access.ROLES) else None
