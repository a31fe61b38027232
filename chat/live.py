"""Who follows what in this process, and how news reach them.

Sockets lie in a dictionary by consultation. News – from a commit here, or from another process – wake one reader,
which asks the database once for everybody who is behind and looks at their right to read again. Every 15 seconds
the same is asked for all of them: so a hint that was lost is made good, and whoever lost their right is shown out.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from chat import bus, events, protocol, pulling
from chat.events import News
from chat.followers import Colleague, Follower, Resident, Sleeper
from chat.loops import OfLoops
from chat.pulling import Answer, Asked
from chat.rows import PAGE

logger = logging.getLogger(__name__)
SECONDS = 15
OLDEST = 8 * 60 * 60
AGAIN = 1.0  # seconds until what could not be read is asked again
A_ROUND = 250  # consultations a visit
A_SLICE = 100  # beats between two looks at what else there is to do


class Hub:
    """The followers of one event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._followers: dict[int, set[Follower]] = {}
        self._sockets: Counter[int] = Counter()
        self._sleepers: dict[int, set[Sleeper]] = {}
        self._floor: set[Callable[[], None]] = set()
        self._fresh: dict[int, News] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._outgoing: dict[int, tuple[int, int, int]] = {}
        self._is_queue_outgoing = False
        self._floor_told = 0.0
        self._floor_timer: asyncio.TimerHandle | None = None
        self._is_listening = False

    # Coming and going

    def join(self, follower: Follower, *, most: int = 0) -> bool:
        """False when this resident's key has `most` sockets already."""
        if isinstance(follower, Resident):
            if self._sockets[follower.grant_id] >= most:
                return False
            self._sockets[follower.grant_id] += 1
        self._followers.setdefault(follower.consultation_id, set()).add(follower)
        self._wake_up()
        return True

    def leave(self, follower: Follower) -> None:
        """Leaving twice is nothing."""
        mine = self._followers.get(follower.consultation_id, set())
        if follower not in mine:
            return
        mine.discard(follower)
        if not mine:
            del self._followers[follower.consultation_id]
        if isinstance(follower, Resident):
            self._sockets[follower.grant_id] -= 1
            if not self._sockets[follower.grant_id]:
                del self._sockets[follower.grant_id]
        self._rest()

    def sleep_on(self, sleeper: Sleeper) -> None:
        """Wake `sleeper` once there may be news of its consultation."""
        self._sleepers.setdefault(sleeper.consultation_id, set()).add(sleeper)
        self._wake_up()

    def wake_no_more(self, sleeper: Sleeper) -> None:
        mine = self._sleepers.get(sleeper.consultation_id, set())
        mine.discard(sleeper)
        if not mine:
            self._sleepers.pop(sleeper.consultation_id, None)
        self._rest()

    def watch_floor(self, tell: Callable[[], None]) -> None:
        """Call `tell`, at most once a second, when a queue or somebody's presence changed."""
        self._floor.add(tell)
        self._wake_up()

    def watch_floor_no_more(self, tell: Callable[[], None]) -> None:
        self._floor.discard(tell)
        self._rest()

    def _wake_up(self) -> None:
        if not self._is_listening:
            self._is_listening = True
            events.listen(self)
        self._run("beat", self._beats)
        if bus.is_shared():
            self._run("bus", self._listen)

    def _rest(self) -> None:
        if self._followers or self._sleepers or self._floor:
            return
        self._is_listening = False
        for name in ("beat", "bus"):
            if name in self._tasks:
                self._tasks.pop(name).cancel()

    def _run(self, name: str, work: Callable[[], Any]) -> None:
        """Each kind of work runs once at a time."""
        task = self._tasks.get(name)
        if task is None or task.done():
            self._tasks[name] = self._loop.create_task(work())

    # News

    def hear(self, news: Sequence[News], *, is_queue_changed: bool) -> bool:
        """From this process, out of any thread."""
        if not self._is_listening:
            return False
        try:
            self._loop.call_soon_threadsafe(self._take_own, news, is_queue_changed)
        except RuntimeError:  # the loop has ended
            return False
        return True

    def _take_own(self, news: Sequence[News], is_queue_changed: bool) -> None:
        self._take(news, is_queue_changed)
        if bus.is_shared():
            for one in news:  # a sign does not push out a number
                known = self._outgoing.get(one.consultation)
                self._outgoing[one.consultation] = one[:3] if known is None else max(known, one[:3])
            self._is_queue_outgoing |= is_queue_changed
            self._run("tell", self._tell_others)

    async def _tell_others(self) -> None:
        """Once for all that was stored meanwhile; what could not be told waits, one line a consultation."""
        while self._outgoing or self._is_queue_outgoing:
            numbers, is_queue_changed = self._outgoing, self._is_queue_outgoing
            self._outgoing, self._is_queue_outgoing = {}, False
            try:
                await bus.send(list(numbers.values()), is_queue_changed=is_queue_changed)
            except Exception as trouble:
                logger.warning("chat: the layer did not answer: %s", type(trouble).__name__)
                self._outgoing = numbers | self._outgoing
                self._is_queue_outgoing |= is_queue_changed
                await asyncio.sleep(AGAIN)

    async def _listen(self) -> None:
        await bus.listen(lambda numbers, is_queue: self._take([News(*one) for one in numbers], is_queue))

    def _take(self, news: Iterable[News], is_queue_changed: bool) -> None:
        for one in news:
            for sleeper in self._sleepers.get(one.consultation, ()):
                sleeper.hear(one)
            if one.consultation in self._followers and not one.is_sign:
                self._note(one)
        if is_queue_changed:
            self._tell_floor()

    def _note(self, news: News) -> None:
        known = self._fresh.get(news.consultation)
        self._fresh[news.consultation] = news if known is None else _later(known, news)
        self._run("read", self._read)

    def _tell_floor(self) -> None:
        if self._floor_timer is not None:
            return
        wait = self._floor_told + 1.0 - time.monotonic()
        self._floor_timer = self._loop.call_later(max(0.0, wait), self._tell_floor_now)

    def _tell_floor_now(self) -> None:
        self._floor_timer, self._floor_told = None, time.monotonic()
        for tell in list(self._floor):
            tell()

    # Reading

    def follow(self, follower: Follower) -> None:
        """It has said where it stands and wants what came after."""
        follower.is_following, follower.is_live = True, False
        self._note(News(follower.consultation_id, 0, 0))

    async def _read(self) -> None:
        while self._fresh:
            news = [self._fresh.pop(pk) for pk in list(self._fresh)[:A_ROUND]]
            behind = [(one, follower, follower.sent) for one in news for follower in self._behind(one)]
            if not behind:
                continue
            try:
                answer = await pulling.look(_asked(behind))
            except Exception as trouble:  # the database is away: nobody is shown out for that
                logger.warning("chat: nothing could be read: %s", type(trouble).__name__)
                self._loop.call_later(AGAIN, self._again, news)
                continue
            self._deliver(behind, answer)

    def _behind(self, news: News) -> Iterator[Follower]:
        for follower in self._followers.get(news.consultation, ()):
            if follower.is_following and (not follower.is_live or follower.sent < follower.number_in(news)):
                yield follower

    def _again(self, news: Iterable[News]) -> None:
        for one in news:
            if one.consultation in self._followers:
                self._note(one)

    def _deliver(self, behind: Sequence[tuple[News, Follower, int]], answer: Answer) -> None:
        frames: dict[tuple[Any, ...], str] = {}
        for news, follower, since in behind:
            if follower.sent != since or not follower.is_following:  # it has said something else meanwhile
                self._note(news)
            elif not follower.is_allowed(answer):
                follower.show_out()
                self.leave(follower)
            else:
                self._send(follower, news, since, answer, frames)

    def _send(
        self, follower: Follower, news: News, since: int, answer: Answer, frames: dict[tuple[Any, ...], str]
    ) -> None:
        found = follower.read_in(news, since) or follower.found_in(answer, since)
        stand = answer.stands[follower.consultation_id]
        if found:
            kind = follower.kind_of_frame(since)
            frame = frames.get(kind)
            if frame is None:
                frame = frames[kind] = follower.frame(found, stand)
            if not follower.write(frame):  # the line is full: later, when it has been emptied
                self._loop.call_later(AGAIN, self._again, [news])
                return
            follower.sent = follower.sequence_of(found[-1])
        if len(found) >= PAGE:
            self._note(News(follower.consultation_id, 0, 0))
            follower.is_live = False
        elif not follower.is_live:
            follower.is_live = follower.write(json.dumps(follower.about({"type": "live", "head": follower.sent})))
            if not follower.is_live:
                self._loop.call_later(AGAIN, self._again, [news])

    # The heartbeat

    async def _beats(self) -> None:
        while True:
            await asyncio.sleep(SECONDS)
            await self.beat()

    async def beat(self) -> None:
        """Tell everybody once how far their conversation has come."""
        followers = [follower for each in self._followers.values() for follower in each]
        sleepers = [sleeper for each in self._sleepers.values() for sleeper in each]
        try:
            answer = await pulling.look(_standing(followers, sleepers))
        except Exception as trouble:  # the database is away: nobody is shown out for that
            logger.warning("chat: no heartbeat: %s", type(trouble).__name__)
            return
        for sleeper in sleepers:
            stand = answer.stands.get(sleeper.consultation_id)
            if stand:
                sleeper.hear(News(stand.id, stand.public_sequence, stand.staff_sequence))
        oldest = time.monotonic() - OLDEST
        for number, follower in enumerate(followers):
            if number % A_SLICE == A_SLICE - 1:
                await asyncio.sleep(0)
            self._beat_one(follower, answer, oldest)

    def _beat_one(self, follower: Follower, answer: Answer, oldest: float) -> None:
        if not follower.is_allowed(answer):
            follower.show_out()
            self.leave(follower)
        elif follower.began < oldest:
            follower.say_bye(random.uniform(0, 4))  # noqa: S311
        elif follower.is_following:
            stand = answer.stands[follower.consultation_id]
            news = News(stand.id, stand.public_sequence, stand.staff_sequence)
            head = follower.number_in(news)
            follower.write(json.dumps(follower.about({"type": "beat", "head": head, **protocol.pressing(stand)})))
            if follower.sent < head:
                self._note(news)

    async def farewell(self) -> None:
        """The server ends: everybody comes back within a few seconds, not all at once."""
        for each in list(self._followers.values()):
            for follower in list(each):
                follower.say_bye(random.uniform(0, 4))  # noqa: S311
        await asyncio.sleep(0)


def _later(one: News, other: News) -> News:
    """Both as one. What was added is kept when nothing is missing between."""
    first, last = (one, other) if one.staff <= other.staff else (other, one)
    added = last.added
    if added and first.added and first.added[-1].staff_sequence + 1 == added[0].staff_sequence:
        added = first.added + added
    return News(last.consultation, max(one.public, other.public), last.staff, added)


def _asked(behind: Sequence[tuple[News, Follower, int]]) -> Asked:
    """What has to be read for those who are behind; what was written here is known already."""
    public: set[tuple[int, int]] = set()
    staff: set[tuple[int, int]] = set()
    for news, follower, since in behind:
        if not follower.read_in(news, since):
            (public if isinstance(follower, Resident) else staff).add((follower.consultation_id, since))
    standing = _standing([follower for _news, follower, _since in behind], ())
    return standing._replace(public=public, staff=staff)


def _standing(followers: Sequence[Follower], sleepers: Sequence[Sleeper]) -> Asked:
    return Asked(
        consultations={one.consultation_id for one in followers} | {one.consultation_id for one in sleepers},
        grants={one.grant_id for one in followers if isinstance(one, Resident)},
        users={one.user_id for one in followers if isinstance(one, Colleague)},
    )


hub = OfLoops(Hub)
