"""What a case registry tells and is told: plain facts, the same for every registry."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field
from pathlib import Path
from typing import NewType

PersonLink = NewType("PersonLink", str)
"""Our own opaque word for a person. It tells nobody who that is."""


class Status(enum.StrEnum):
    """Where a case stands, in the words every registry's own statuses are mapped to."""

    RECEIVED = "received"
    WORKING = "working"
    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


DECIDED = frozenset({Status.GRANTED, Status.REFUSED})
ENDED = DECIDED | {Status.WITHDRAWN}


class Capability(enum.StrEnum):
    """What not every registry can do: pages offer only what the linked one can."""

    DOCUMENTS = "documents"
    ANSWERS = "answers"
    WITHDRAWAL = "withdrawal"
    CONTACTS = "contacts"
    ENQUIRIES = "enquiries"
    PROGRAMME = "programme"
    VISITS = "visits"
    ACTS = "acts"
    CONFIRM_VISIT = "confirm_visit"
    CASE_TYPES = "case_types"


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks, as told to the consultant. Leaves the portal with the request and is not kept here."""

    name: str
    identifier: str = ""
    phone: str = ""
    email: str = ""
    language: str = "lt"


@dataclass(frozen=True, slots=True)
class NewCase:
    """A request to be registered. `key` makes registering it twice the same as once."""

    key: str
    person: PersonLink
    applicant: Applicant
    service: str
    title: str
    submitted_at: dt.datetime
    clock: str
    promised_until: dt.date | None = None
    legal_until: dt.date | None = None
    office: str = ""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class NewNote:
    """Something for the case's file. `author` is a role and office, not a name."""

    key: str
    person: PersonLink
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A paper the person sent: it lies at `path`, checked and cleaned."""

    key: str
    person: PersonLink
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """The person's answer to what the office asked."""

    key: str
    person: PersonLink
    enquiry: str
    text: str


@dataclass(frozen=True, slots=True)
class NewEnquiry:
    """What the person is asked for, by when. `at` is when it was asked, wherever it waited since."""

    key: str
    person: PersonLink
    text: str
    at: dt.datetime
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """When the case became what. `note` is meant for the person, in the office's language.

    `code`: what the registry itself calls the status, where it has a word of its own.
    """

    status: Status
    at: dt.datetime
    note: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What the office asked of the person, until when, and when it came."""

    id: str
    text: str
    at: dt.datetime
    until: dt.date | None = None
    answered_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseState:
    """A case as the registry tells it. `kind`: its type there, where the registry has types."""

    id: str
    person: PersonLink
    number: str
    service: str
    title: str
    status: Status
    submitted_at: dt.datetime
    changed_at: dt.datetime
    decided_on: dt.date | None = None
    office: str = ""
    worker: str = ""
    steps: tuple[Step, ...] = ()
    enquiries: tuple[Enquiry, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class KnownStatus:
    """A status of a case type, and how we read it."""

    code: str
    meaning: Status


@dataclass(frozen=True, slots=True)
class KnownType:
    """A case type of the registry: the terms it names in days (0: none that we can read), and its statuses."""

    kind: str
    title: str
    promised_days: int = 0
    legal_days: int = 0
    statuses: tuple[KnownStatus, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A paper of a case that the person may read."""

    id: str
    case: str
    person: PersonLink
    name: str
    at: dt.datetime
    from_person: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """Something said or written about the case that is meant for the person."""

    id: str
    case: str
    person: PersonLink
    at: dt.datetime
    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class File:
    """A paper itself, and a name to save it under."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Changes:
    """Cases that changed since a cursor, oldest first, and the cursor to ask with next time."""

    cases: tuple[CaseState, ...] = field(default=())
    cursor: str = ""
