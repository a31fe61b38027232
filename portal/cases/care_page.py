"""How "my case" shows the help a case led to: what is agreed, who comes when, what was done, what it costs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.cases.keeping import NO_CARE
from portal.cases.models import CaseLink
from portal.cases.models import VisitWord as OwnWord
from portal.cases.registries.care import Act, Care, CareLine, Per, Programme, Visit, VisitState
from portal.cases.registries.facts import Capability
from portal.core import clock
from portal.core.languages import Localised, pick
from portal.core.sums import in_euros

COMING = 3
RECENT = 4
STATES = {
    VisitState.PLANNED: _("planned"),
    VisitState.DONE: _("done"),
    VisitState.NOBODY_OPENED: _("nobody opened the door"),
    VisitState.DECLINED: _("you did not want it that day"),
    VisitState.MISSED: _("nobody has written down a visit"),
}
LOOK = {
    VisitState.PLANNED: ("info", "clock"),
    VisitState.DONE: ("good", "check"),
    VisitState.NOBODY_OPENED: ("care", "warn"),
    VisitState.DECLINED: ("info", "close"),
    VisitState.MISSED: ("care", "warn"),
}


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """One service of the programme and how often it is given."""

    name: Localised
    often: str
    minutes: int


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit as it is shown. `said`: True confirmed, False disputed, None nothing yet."""

    visit: Visit
    state: Any
    look: tuple[str, str]
    services: tuple[Localised, ...]
    said: bool | None
    appeal: str
    text: str

    @property
    def may_confirm(self) -> bool:
        return self.said is None and self.visit.may_be_confirmed

    @property
    def may_dispute(self) -> bool:
        return self.said is None and self.visit.may_be_disputed


@dataclass(frozen=True, slots=True)
class ActLine:
    """What was done in a month and what the person pays."""

    act: Act
    month: dt.date
    to_pay: str


@dataclass(frozen=True, slots=True)
class CarePage:
    """The programme, the next visits, those of the last month – newest first, the older ones apart – and the acts."""

    programme: Programme | None
    agreed: tuple[AgreedLine, ...]
    weekdays: tuple[Any, ...]
    is_over: bool
    coming: tuple[VisitLine, ...]
    past: tuple[VisitLine, ...]
    earlier: tuple[VisitLine, ...]
    acts: tuple[ActLine, ...]
    may_say: bool


def care_page(link: CaseLink, care: Care, language: str, can: frozenset[Capability]) -> CarePage | None:
    """None where there is nothing to show. What was said here is known before the registry tells it."""
    if care == NO_CARE:
        return None
    said = {word.visit: word for word in OwnWord.objects.filter(link=link)} if care.visits else {}
    lines = [_line(visit, said.get(visit.id), language) for visit in care.visits]
    past = tuple(reversed([line for line in lines if line.visit.state != VisitState.PLANNED]))
    programme = care.programme
    return CarePage(
        programme=programme,
        agreed=tuple(_agreed(line, language) for line in programme.lines) if programme else (),
        weekdays=tuple(WEEKDAYS[day] for day in programme.weekdays) if programme else (),
        is_over=programme is not None and programme.until < clock.today(),
        coming=tuple(line for line in lines if line.visit.state == VisitState.PLANNED)[:COMING],
        past=past[:RECENT],
        earlier=past[RECENT:],
        acts=tuple(ActLine(act, act.month, in_euros(Decimal(act.to_pay_cents) / 100, language)) for act in care.acts),
        may_say=Capability.CONFIRM_VISIT in can,
    )


def _line(visit: Visit, own: OwnWord | None, language: str) -> VisitLine:
    told = visit.word
    is_confirmed = own.is_confirmed if own else told.is_confirmed if told else None
    return VisitLine(
        visit=visit,
        state=STATES[visit.state],
        look=LOOK[visit.state],
        services=tuple(pick(names, language) for names in visit.services),
        said=is_confirmed,
        appeal=own.appeal if own else told.appeal if told else "",
        text=told.text if told else "",
    )


def _agreed(line: CareLine, language: str) -> AgreedLine:
    return AgreedLine(pick(line.names, language), often(line), line.minutes)


def often(line: CareLine) -> str:
    """How often, in words."""
    count = line.times
    if line.per == Per.DAY:
        return ngettext("%(count)s time a day", "%(count)s times a day", count) % {"count": count}
    if line.per == Per.WEEK:
        return ngettext("%(count)s time a week", "%(count)s times a week", count) % {"count": count}
    return ngettext("%(count)s time a month", "%(count)s times a month", count) % {"count": count}
