"""The one read behind socket, long-poll, poll and plain page: what came after a number, in order.

Two readers, two functions, two kinds of rows: the resident's function never touches what only staff see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from chat import access
from chat.models import STAFF_KINDS, Author, Consultation, Event, EventKind
from chat.rows import PAGE, Stored
from portal.core import clock
from portal.core.models import User
from portal.core.templatetags.parama import in_figures

_PUBLIC = ("public_sequence", "kind", "author", "by__display_name", "text", "language", "data", "client_id", "at")
_STAFF = (
    "staff_sequence",
    "public_sequence",
    "kind",
    "author",
    "by_id",
    "by__display_name",
    "text",
    "language",
    "data",
    "article__code",
    "article_version",
    "at",
)


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """What the resident sees. `client_id` only of their own messages, so that their outbox knows them again."""

    sequence: int
    kind: str
    author: str
    name: str
    text: str
    language: str
    data: Mapping[str, Any]
    client_id: str
    at: dt.datetime

    @property
    def look(self) -> str:
        """Which kind of line it is on a page."""
        if self.kind == EventKind.TRANSFERRED:
            return "transferred" if "to" in self.data else "moved"
        if self.kind == EventKind.PROMISED:
            return f"{self.kind}-{self.data.get('kind', '')}"
        if self.kind in {EventKind.MESSAGE, EventKind.ATTACHMENT, EventKind.CLOSED, EventKind.REOPENED}:
            return f"{self.kind}-{self.author}"
        return self.kind

    @property
    def moment(self) -> str:
        """The time of day; on another day than today with the date."""
        return moment(self.at)

    def as_frame(self) -> dict[str, Any]:
        """For a socket or a poll."""
        return {
            "sequence": self.sequence,
            "kind": self.kind,
            "look": self.look,
            "author": self.author,
            "name": self.name,
            "text": self.text,
            "language": self.language,
            "data": dict(self.data),
            "client_id": self.client_id,
            "at": self.at.isoformat(),
            "time": moment(self.at),
        }


@dataclass(frozen=True, slots=True)
class StaffEvent:
    """What colleagues see: everything, with who did it."""

    sequence: int
    public_sequence: int | None
    kind: str
    author: str
    by_id: int | None
    name: str
    text: str
    language: str
    data: Mapping[str, Any]
    article_code: str
    article_version: int | None
    at: dt.datetime

    @property
    def is_internal(self) -> bool:
        return self.public_sequence is None

    def as_frame(self) -> dict[str, Any]:
        """For a desk's socket."""
        return {
            "sequence": self.sequence,
            "is_internal": self.is_internal,
            "kind": self.kind,
            "author": self.author,
            "name": self.name,
            "text": self.text,
            "language": self.language,
            "data": dict(self.data),
            "article": self.article_code,
            "article_version": self.article_version,
            "at": self.at.isoformat(),
            "time": moment(self.at),
        }


def moment(at: dt.datetime) -> str:
    """`10:04` today, `2026-11-24 10:04` (as the active language writes it) on another day."""
    local = timezone.localtime(at)
    time = local.strftime("%H:%M")
    return time if local.date() == clock.today() else f"{in_figures(local.date())} {time}"


def since_for_resident(consultation: Consultation, sequence: int, *, limit: int = PAGE) -> list[PublicEvent]:
    """Public events after `sequence`, at most `limit`."""
    rows = access.public_events(consultation).filter(public_sequence__gt=sequence).values_list(*_PUBLIC)[:limit]
    return [
        PublicEvent(
            sequence=number,
            kind=kind,
            author=author,
            name=name or "",
            text=text,
            language=language,
            data=data,
            client_id=str(client_id) if client_id and author == Author.RESIDENT else "",
            at=at,
        )
        for number, kind, author, name, text, language, data, client_id, at in rows
        if number is not None
    ]


def since_for_staff(consultation: Consultation, sequence: int, *, limit: int = PAGE) -> list[StaffEvent]:
    """All events after `sequence` (of the staff's count), at most `limit`."""
    rows = access.all_events(consultation).filter(staff_sequence__gt=sequence).values_list(*_STAFF)[:limit]
    return [
        StaffEvent(
            sequence=number,
            public_sequence=public,
            kind=kind,
            author=author,
            by_id=by_id,
            name=name or "",
            text=text,
            language=language,
            data=data,
            article_code=code or "",
            article_version=version,
            at=at,
        )
        for number, public, kind, author, by_id, name, text, language, data, code, version, at in rows
    ]


def public_event(stored: Stored) -> PublicEvent:
    """As the resident sees it; it must have a public number."""
    assert stored.public_sequence is not None  # noqa: S101
    is_theirs = stored.client_id is not None and stored.author == Author.RESIDENT
    return PublicEvent(
        sequence=stored.public_sequence,
        kind=stored.kind,
        author=stored.author,
        name=stored.name,
        text=stored.text,
        language=stored.language,
        data=stored.data,
        client_id=str(stored.client_id) if is_theirs else "",
        at=stored.at,
    )


def staff_event(stored: Stored) -> StaffEvent:
    """As colleagues see it."""
    return StaffEvent(
        sequence=stored.staff_sequence,
        public_sequence=stored.public_sequence,
        kind=stored.kind,
        author=stored.author,
        by_id=stored.by_id,
        name=stored.name,
        text=stored.text,
        language=stored.language,
        data=stored.data,
        article_code=stored.article_code,
        article_version=stored.article_version,
        at=stored.at,
    )


@dataclass(frozen=True, slots=True)
class Body:
    """What an event says, and how it is known again when it is sent twice."""

    text: str = ""
    language: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    client_id: UUID | None = None
    body_hash: str = ""
    article_id: int | None = None
    article_version: int | None = None


def append(
    consultation: Consultation,
    *,
    kind: EventKind,
    author: Author,
    by: User | None = None,
    body: Body | None = None,
) -> Event:
    """Add an event to a consultation whose row the caller has locked; its counters move on with it."""
    said = body or Body()
    now = clock.now()
    consultation.staff_sequence += 1
    if kind not in STAFF_KINDS:
        consultation.public_sequence += 1
    consultation.changed_at = now
    consultation.save(update_fields=["staff_sequence", "public_sequence", "changed_at"])
    return Event.objects.create(
        consultation=consultation,
        staff_sequence=consultation.staff_sequence,
        public_sequence=None if kind in STAFF_KINDS else consultation.public_sequence,
        kind=kind,
        author=author,
        by=by,
        text=said.text,
        language=said.language,
        data=dict(said.data),
        client_id=said.client_id,
        body_hash=said.body_hash,
        article_id=said.article_id,
        article_version=said.article_version,
        at=now,
    )
