"""What sockets and long-polls ask of the database, for all of them that ask at the same moment.

The right to read is looked at on every visit, not once at the door.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from django.utils import translation

from charter.memberships import Reach, reaches_of
from chat import access, protocol, rows, transcript, visits
from chat.rows import After, Pairs, Stand


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
    invited: set[tuple[int, int]]
    public: After
    staff: After

    def may_resident(self, grant_id: int, consultation_id: int) -> bool:
        return self.grants.get(grant_id) == consultation_id

    def may_colleague(self, user_id: int, consultation_id: int) -> bool:
        stand, reach = self.stands.get(consultation_id), self.reaches.get(user_id)
        return stand is not None and reach is not None and access.is_in_reach(stand, user_id, reach, self.invited)


def _look(asked: Asked) -> Answer:
    stands, grants = rows.stands_and_grants(asked.consultations, asked.grants)
    return Answer(
        stands,
        grants,
        reaches_of(asked.users, *access.ROLES) if asked.users else {},
        rows.invited(asked.users),
        rows.public_after(asked.public),
        rows.staff_after(asked.staff),
    )


async def look(asked: Asked) -> Answer:
    """One visit for all."""
    return await visits.reader.read(lambda: _look(asked))


def _key(public_id: str, token: str) -> Key:
    digest = access.token_digest(token) if token else ""
    found = rows.keys([digest]).get(digest)
    if found is None or found[1] != public_id:
        raise access.NotThere
    return Key(found[0], found[2])


async def key(public_id: str, token: str) -> Key:
    """What the token opens. Raises NotThere."""
    return await visits.door.read(lambda: _key(public_id, token))


def _page(public_id: str, token: str, since: int, language: str) -> dict[str, Any]:
    consultation = access.get_for_resident(public_id, token=token)
    with translation.override(language):
        return protocol.page_of(consultation, transcript.since_for_resident(consultation, since))


async def page(public_id: str, token: str, since: int, language: str) -> dict[str, Any]:
    """The events after `since`, in the words of `language`. Raises NotThere."""
    return await visits.door.read(lambda: _page(public_id, token, since, language))
