"""What sockets and long-polls ask of the database, for all of them that ask at the same moment.

The right to read is looked at on every visit, not once at the door.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from functools import partial
from typing import Any, NamedTuple

from django.utils import translation

from charter.memberships import Reach, places_asked, reaches_in
from chat import access, protocol, rows, transcript, visits
from chat.loops import OfLoops
from chat.rows import After, Pairs, Stand

MOST = 200  # browsers looked up in one visit


class Key(NamedTuple):
    """What a browser's token opens."""

    grant_id: int
    consultation_id: int


class Asked(NamedTuple):
    """Who wants to know what: numbers of consultations, keys, colleagues; and (consultation, since)."""

    consultations: Collection[int]
    grants: Collection[int]
    users: Collection[int]
    public: Pairs = ()
    staff: Pairs = ()


class Answer(NamedTuple):
    """`grants`: those still good, with their consultation. `reaches`: of colleagues who still have one."""

    stands: dict[int, Stand]
    grants: dict[int, int]
    reaches: dict[int, Reach]
    invited: Pairs
    public: After
    staff: After

    def may_resident(self, grant_id: int, consultation_id: int) -> bool:
        return self.grants.get(grant_id) == consultation_id

    def may_colleague(self, user_id: int, consultation_id: int) -> bool:
        stand, reach = self.stands.get(consultation_id), self.reaches.get(user_id)
        return stand is not None and reach is not None and access.is_in_reach(stand, user_id, reach, self.invited)


def _look(asked: Asked) -> Answer:
    seen = rows.see(
        asked.consultations,
        grants=asked.grants,
        places=places_asked(asked.users, *access.ROLES),
        users=asked.users,
        public=asked.public,
        staff=asked.staff,
    )
    return Answer(seen.stands, seen.grants, reaches_in(seen.places), seen.invited, seen.public, seen.staff)


async def look(asked: Asked) -> Answer:
    """One visit for all."""
    return await visits.reader.read(lambda: _look(asked))


Found = tuple[int, str, int]  # grant, public id, consultation


class Door:
    """The one of an event loop: whoever knocks while others are being looked up is looked up with the next ones.

    After a restart everybody comes back within seconds; a visit each would keep the last ones waiting.
    """

    def __init__(self) -> None:
        self._knocking: list[tuple[str, asyncio.Future[Found | None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def find(self, digest: str) -> Found | None:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Found | None] = loop.create_future()
        self._knocking.append((digest, answer))
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        while self._knocking:
            now, self._knocking = self._knocking[:MOST], self._knocking[MOST:]
            digests = {digest for digest, _answer in now}
            try:
                found = await visits.door.read(partial(rows.keys, digests))
            except Exception as trouble:
                for _digest, answer in now:
                    if not answer.done():
                        answer.set_exception(trouble)
            else:
                for digest, answer in now:
                    if not answer.done():  # whoever gave up meanwhile hears nothing
                        answer.set_result(found.get(digest))


door = OfLoops(Door)


async def key(public_id: str, token: str) -> Key:
    """What the token opens. Raises NotThere."""
    found = await door().find(access.token_digest(token)) if token else None
    if found is None or found[1] != public_id:
        raise access.NotThere
    return Key(found[0], found[2])


def _page(public_id: str, token: str, since: int, language: str) -> dict[str, Any]:
    consultation = access.get_for_resident(public_id, token=token)
    with translation.override(language):
        return protocol.page_of(consultation, transcript.since_for_resident(consultation, since))


async def page(public_id: str, token: str, since: int, language: str) -> dict[str, Any]:
    """The events after `since`, in the words of `language`. Raises NotThere."""
    return await visits.door.read(lambda: _page(public_id, token, since, language))
