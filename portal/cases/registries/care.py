"""What a registry that also does the work tells of it: the programme, the visits, the acts. Plain facts."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.cases.registries.facts import PersonLink

Names = Mapping[str, str]
"""A name in each language it has: {language: name}."""


class Per(enum.StrEnum):
    """How often: so many times in what."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class VisitState(enum.StrEnum):
    """What became of a visit. `MISSED`: its day is over and nobody wrote that they came."""

    PLANNED = "planned"
    DONE = "done"
    NOBODY_OPENED = "nobody_opened"
    DECLINED = "declined"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class CareLine:
    """One service of a programme, how often, and for how many minutes each time."""

    names: Names
    times: int
    per: Per
    minutes: int


@dataclass(frozen=True, slots=True)
class Programme:
    """What is to be done for the person, from when until when. `weekdays`: 0 is Monday."""

    id: str
    case: str
    person: PersonLink
    number: str
    since: dt.date
    until: dt.date
    lines: tuple[CareLine, ...] = ()
    weekdays: tuple[int, ...] = ()
    hour: dt.time | None = None
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """What the person has said of a visit. `appeal`: the number of the complaint it became."""

    is_confirmed: bool
    at: dt.datetime
    text: str = ""
    appeal: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit that was, should have been, or is to be."""

    id: str
    case: str
    person: PersonLink
    day: dt.date
    state: VisitState
    at: dt.time | None = None
    minutes: int = 0
    services: tuple[Names, ...] = ()
    word: Word | None = None

    @property
    def may_be_confirmed(self) -> bool:
        return self.word is None and self.state not in {VisitState.PLANNED, VisitState.MISSED}

    @property
    def may_be_disputed(self) -> bool:
        return self.word is None and self.state != VisitState.PLANNED


@dataclass(frozen=True, slots=True)
class Act:
    """What was done in a month, and what the person pays for it."""

    id: str
    case: str
    person: PersonLink
    month: dt.date
    number: str
    visits: int
    minutes: int
    to_pay_cents: int
    version: int = 1


@dataclass(frozen=True, slots=True)
class NewWord:
    """What the person says of a visit: that it was as written down, or what was not done."""

    key: str
    person: PersonLink
    visit: str
    is_confirmed: bool
    text: str = ""
    appeal: str = ""


@dataclass(frozen=True, slots=True)
class Care:
    """The help a case has led to, as far as its registry can tell."""

    programme: Programme | None = None
    visits: tuple[Visit, ...] = field(default=())
    acts: tuple[Act, ...] = field(default=())
