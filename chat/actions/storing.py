"""How what people write is stored: many at once, each judged on its own, one commit for all.

A message alone is a batch of one and goes the same way. Nothing is acknowledged before the commit.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from charter.memberships import Reach, places_asked, reaches_in
from chat import access, events, rows
from chat.actions.errors import Conflict, Ended, NotYours, Refused
from chat.models import OPEN_STATES, STAFF_KINDS, Author, EventKind, State
from chat.rows import Stand, Step, Stored
from portal.core import clock
from portal.core.models import User

# A note may still be written while the consultation is wrapped up.
_NOTE_STATES = OPEN_STATES | {State.WRAPPING_UP}
# What is shown as it was written; of anything else readers need more than the event's own row.
_HANDED_ON = frozenset({EventKind.MESSAGE, EventKind.NOTE})


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to add. `by` is a member of staff, or `portal.core.audit.RESIDENT`.

    `language` is the one it is written in; None: the conversation's own.
    """

    kind: EventKind
    by: User | str
    client_id: UUID
    text: str = ""
    language: str | None = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    article_id: int | None = None
    article_version: int | None = None

    @property
    def staff(self) -> User | None:
        return self.by if isinstance(self.by, User) else None

    @property
    def author(self) -> Author:
        return Author.CONSULTANT if isinstance(self.by, User) else Author.RESIDENT

    def body_hash(self, language: str) -> str:
        """The same content has the same hash, whoever retries."""
        parts = (self.kind, self.author, language, self.text, str(self.article_id or ""))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """A draft and where it goes.

    `grant_id`: the resident's key, looked at once more where it is stored. `is_at_desk`: the right of the member of
    staff is looked at there too. Without either the caller has opened the consultation through its door.
    """

    consultation_id: int
    draft: Draft
    grant_id: int | None = None
    is_at_desk: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """The stored event; `is_duplicate`: it had been stored before, by an earlier try."""

    event: Stored
    is_duplicate: bool


Outcome = Sent | Refused | access.NotThere
Tell = Callable[[list[events.News]], None]


class _Batch:
    """Entries of one transaction, judged one after the other against rows that nobody else can change."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._now = clock.now()
        at_desk = {entry.draft.staff.pk for entry in entries if entry.is_at_desk and entry.draft.staff}
        locked = rows.lock(
            sorted({entry.consultation_id for entry in entries}),
            grants={entry.grant_id for entry in entries if entry.grant_id is not None},
            keys={(entry.consultation_id, entry.draft.client_id) for entry in entries},
            places=places_asked(at_desk, *access.ROLES),
            users=at_desk,
        )
        self._stands, self._grants, self._known = locked.stands, locked.grants, locked.known
        self._reaches, self._invited = reaches_in(locked.places), locked.invited
        self._added: list[Stored] = []
        self._steps: dict[int, Step] = {}
        self.outcomes = [self._outcome(entry) for entry in entries]

    def write(self) -> list[events.News]:
        """Store what was accepted; returns what there is to tell."""
        if self._added:
            rows.write(self._added, self._steps.values())
        told: dict[int, list[Stored]] = {pk: [] for pk in self._steps}
        for event in self._added:
            told[event.consultation_id].append(event)
        return [
            events.News(step.id, step.public_sequence, step.staff_sequence, _handed_on(told[step.id]))
            for step in self._steps.values()
        ]

    def _outcome(self, entry: Entry) -> Outcome:
        try:
            return self._judge(entry)
        except (Refused, access.NotThere) as refusal:
            return refusal

    def _judge(self, entry: Entry) -> Sent:
        draft, stand = entry.draft, self._stands.get(entry.consultation_id)
        if stand is None or not self._may_enter(entry, stand):
            raise access.NotThere
        language = stand.language if draft.language is None else draft.language
        body_hash = draft.body_hash(language)
        stored = self._known.get((stand.id, draft.client_id))
        if stored is not None:
            if stored.body_hash != body_hash:
                raise Conflict
            return Sent(stored, is_duplicate=True)
        _check(stand, draft)
        event = self._add(stand, draft, language, body_hash)
        self._known[stand.id, draft.client_id] = event
        return Sent(event, is_duplicate=False)

    def _may_enter(self, entry: Entry, stand: Stand) -> bool:
        if entry.grant_id is not None:
            return self._grants.get(entry.grant_id) == stand.id
        staff = entry.draft.staff
        if entry.is_at_desk and staff is not None:
            reach = self._reaches.get(staff.pk, Reach.nowhere())
            return access.is_in_reach(stand, staff.pk, reach, self._invited)
        return True

    def _add(self, stand: Stand, draft: Draft, language: str, body_hash: str) -> Stored:
        before = self._steps.get(stand.id)
        is_public = draft.kind not in STAFF_KINDS
        public = (before or stand).public_sequence + is_public
        staff = (before or stand).staff_sequence + 1
        replied_at = before.replied_at if before else None
        if draft.staff and is_public and not stand.is_replied and replied_at is None:
            replied_at = self._now
        seconds = _seconds(stand.queued_since, replied_at) if replied_at else None
        self._steps[stand.id] = Step(stand.id, public, staff, self._now, replied_at, seconds)
        event = Stored(
            consultation_id=stand.id,
            staff_sequence=staff,
            public_sequence=public if is_public else None,
            kind=str(draft.kind),
            author=str(draft.author),
            by_id=draft.staff.pk if draft.staff else None,
            name=draft.staff.display_name if draft.staff else "",
            text=draft.text,
            language=language,
            data=dict(draft.data),
            client_id=draft.client_id,
            body_hash=body_hash,
            article_id=draft.article_id,
            article_code="",
            article_version=draft.article_version,
            at=self._now,
        )
        self._added.append(event)
        return event


def store(entries: Sequence[Entry], *, tell: Tell = events.announce) -> list[Outcome]:
    """What became of each entry, in their order. A refused one does not fail its neighbours.

    `tell` is called with the news after the commit.
    """
    with transaction.atomic():
        batch = _Batch(entries)
        news = batch.write()
        if news:
            transaction.on_commit(partial(tell, news))
    return batch.outcomes


def store_one(consultation_id: int, draft: Draft) -> Sent:
    """A batch of one, for whoever has opened the consultation. Raises what it was refused for."""
    outcome = store([Entry(consultation_id, draft)])[0]
    if isinstance(outcome, Sent):
        return outcome
    raise outcome


def _check(stand: Stand, draft: Draft) -> None:
    states = _NOTE_STATES if draft.kind == EventKind.NOTE else OPEN_STATES
    if stand.state not in states or stand.is_erased:
        raise Ended
    if draft.staff is None or draft.kind == EventKind.NOTE:
        return
    if stand.consultant_id != draft.staff.pk:
        raise NotYours


def _handed_on(added: Sequence[Stored]) -> tuple[Stored, ...]:
    """Followers in this process need not read again what was written here."""
    return tuple(added) if all(event.kind in _HANDED_ON for event in added) else ()


def _seconds(since: dt.datetime, until: dt.datetime) -> int:
    return max(0, int((until - since).total_seconds()))
