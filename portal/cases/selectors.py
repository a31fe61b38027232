"""What "my case" shows, put together from the registry's answer or, when there is none, from what was kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from charter.clocks import day_clock
from charter.models import Clock, Role
from portal.cases import asking, causes, keeping, linking, status_words, terms, words
from portal.cases.access import Held
from portal.cases.actions import answer_key, submitted_on
from portal.cases.asking import Budget
from portal.cases.care_page import CarePage, care_page
from portal.cases.keeping import CaseFile
from portal.cases.models import CaseLink, Kind, OutboxItem, Progress
from portal.cases.outbox import key_of
from portal.cases.registries import registries
from portal.cases.registries.base import Away, NotThere
from portal.cases.registries.facts import ENDED, Capability, CaseState, Document, Enquiry, Status
from portal.cases.status_words import Vocabulary
from portal.cases.terms import Term
from portal.core import clock
from portal.core.languages import Localised, current
from portal.core.translations import columns_of, text

LONGEST_RULER = 31
MOST_OTHERS = 20
FOR_STAFF = frozenset({Kind.NOTE, Kind.ENQUIRY})
_DECISION = _("The decision")


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of the way: its place (done, now, next), its words, when, and what the office said."""

    place: str
    name: Localised
    at: dt.datetime | None
    note: Localised


@dataclass(frozen=True, slots=True)
class ToDo:
    """What is expected of the resident."""

    id: str
    text: Localised
    until: dt.date | None
    is_on_its_way: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Something said about the case."""

    at: dt.datetime
    how: Any
    text: Localised


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """Who opened the case: a role and an office, never a name. `cause` is in the reader's language."""

    at: dt.datetime
    role: Any
    office: Localised
    cause: Localised
    reason: Localised


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything on the page. `as_of`: when the registry told it; `is_fresh`: just now."""

    link: CaseLink
    about: words.About
    status: Status
    status_words: Localised
    expected: Localised
    look: tuple[str, str]
    as_of: dt.datetime | None
    is_fresh: bool
    submitted_on: dt.date
    worker: str
    office: Localised
    term: Term | None
    ruler: tuple[str, ...]
    legal_until: dt.date | None
    is_working_clock: bool
    to_dos: tuple[ToDo, ...]
    way: tuple[StepLine, ...]
    documents: tuple[Document, ...]
    told: tuple[Told, ...]
    care: CarePage | None
    openings: tuple[OpeningLine, ...]
    on_the_way: tuple[Any, ...]
    given_up: bool
    can: frozenset[Capability]

    @property
    def is_ended(self) -> bool:
        return self.status in ENDED

    @property
    def has_arrived(self) -> bool:
        return bool(self.link.external_id)


def case_file(link: CaseLink, *, budget: Budget) -> tuple[CaseFile | None, bool]:
    """The case as the registry tells it now (True), or as it told it last (False); None before it ever did."""
    if link.external_id:
        try:
            return linking.read(link, budget=budget), True
        except (Away, NotThere):
            pass
    return keeping.from_text(link.kept), False


def case_page(link: CaseLink, *, held: Held | None = None, is_for_staff: bool = False) -> CasePage:
    """The resident's page, within the time a page may take. A helper sees what their mandate opens.

    Staff also see which notes of theirs still wait.
    """
    language = current()
    file, is_fresh = case_file(link, budget=Budget(asking.PAGE))
    if file is not None and held is not None and not held.sees_all:
        file = _without_words(file)
    state = file.state if file else None
    status = state.status if state else Status(link.status)
    vocabulary = status_words.vocabulary([state.kind] if state else ())
    own = {"kind": state.kind, "code": state.steps[-1].code} if state and state.steps else {}
    waiting, given_up = _undelivered(link)
    about = words.about(link, language)
    term, can = _term(link, state), registries[link.registry].capabilities()
    return CasePage(
        link=link,
        about=about,
        status=status,
        status_words=vocabulary.name(status, **own) if link.external_id else status_words.on_its_way(),
        expected=vocabulary.expected(status, **own) if link.external_id else words.NOTHING,
        look=words.LOOK[status],
        as_of=link.kept_at,
        is_fresh=is_fresh or not link.external_id,
        submitted_on=submitted_on(link),
        worker=state.worker if state else "",
        office=about.institution or words.from_office(state.office if state else "", language),
        term=term,
        ruler=_ruler(term),
        legal_until=link.legal_until,
        is_working_clock=link.clock == Clock.WORKING,
        to_dos=tuple(_to_do(asked, link, waiting, language) for asked in _open_enquiries(state)),
        way=_way(link, state, vocabulary),
        documents=file.documents if file else (),
        told=tuple(
            Told(one.at, words.CHANNELS.get(one.channel, words.CHANNELS["note"]), words.from_office(one.text, language))
            for one in (file.contacts if file else ())
        ),
        care=care_page(link, file.care, language, can) if file else None,
        openings=_openings(link, language),
        on_the_way=tuple(Kind(item.kind).label for item in waiting if is_for_staff or item.kind not in FOR_STAFF),
        given_up=given_up,
        can=can,
    )


def _without_words(file: CaseFile) -> CaseFile:
    """What somebody may see whose right nobody has confirmed: where it stands, what is asked, their own papers."""
    silent = tuple(replace(step, note="") for step in file.state.steps)
    return CaseFile(
        state=replace(file.state, steps=silent), documents=tuple(one for one in file.documents if one.from_person)
    )


def _undelivered(link: CaseLink) -> tuple[list[OutboxItem], bool]:
    """What waits in the outbox, and whether something was given up and lies with staff."""
    items = list(link.outbox.exclude(progress=Progress.DELIVERED).only("kind", "key", "progress"))
    waiting = [item for item in items if item.progress == Progress.WAITING]
    return waiting, len(waiting) < len(items)


def _open_enquiries(state: CaseState | None) -> list[Enquiry]:
    if state is None or state.status in ENDED:
        return []
    return [asked for asked in state.enquiries if asked.answered_at is None]


def _to_do(asked: Enquiry, link: CaseLink, waiting: list[OutboxItem], language: str) -> ToDo:
    mine = key_of(link, answer_key(asked.id))
    return ToDo(
        id=asked.id,
        text=words.from_office(asked.text, language),
        until=asked.until,
        is_on_its_way=any(item.key == mine for item in waiting),
    )


def _term(link: CaseLink, state: CaseState | None) -> Term | None:
    if not link.promised_days or link.status == Status.WITHDRAWN:
        return None
    start = submitted_on(link)
    return terms.term_of(
        link.promised_days,
        start=start,
        clock=day_clock(link.clock, around=start),
        stops=terms.stops_of(state.steps if state else (), timezone.get_current_timezone()),
        today=clock.today(),
        ended_on=link.decided_on,
    )


def _ruler(term: Term | None) -> tuple[str, ...]:
    """A cell a day: gone, standing, left; none for a term too long to be seen at a glance."""
    if term is None or term.days > LONGEST_RULER:
        return ()
    stands = ("is-paused",) if term.stands_since else ()
    return ("is-gone",) * term.day + stands + ("",) * term.left


def _way(link: CaseLink, state: CaseState | None, vocabulary: Vocabulary) -> tuple[StepLine, ...]:
    language, nothing = vocabulary.language, words.from_office("", vocabulary.language)
    decision = Localised(str(_DECISION), language)
    if state is None:
        now = vocabulary.name(Status.RECEIVED) if link.external_id else status_words.on_its_way()
        return (StepLine("now", now, link.submitted_at, nothing), StepLine("next", decision, None, nothing))
    last = len(state.steps) - 1
    lines = [
        StepLine(
            "now" if number == last and state.status not in ENDED else "done",
            vocabulary.name(step.status, kind=state.kind, code=step.code),
            step.at,
            words.from_office(step.note, language),
        )
        for number, step in enumerate(state.steps)
    ]
    if state.status not in ENDED:
        lines.append(StepLine("next", decision, None, nothing))
    return tuple(lines)


def _openings(link: CaseLink, language: str) -> tuple[OpeningLine, ...]:
    joined = "institution__"
    asked = ("at", "role", "cause", "reason", "institution_id")
    found = link.openings.values(*asked, *columns_of(("name",), prefix=joined))
    known = causes.known() if found else {}
    return tuple(
        OpeningLine(
            row["at"],
            Role(row["role"]).label,
            text(row, "name", language, prefix=joined) if row["institution_id"] else words.NOTHING,
            known.get(row["cause"], causes.NONE).words,
            words.from_office(row["reason"], language),
        )
        for row in found
    )


def others_of(link: CaseLink, among: QuerySet[CaseLink]) -> tuple[tuple[str, Localised, dt.datetime], ...]:
    """Other requests of the same person: number, service, when. Each is opened with a reason of its own."""
    language = current()
    found = among.filter(person_link=link.person_link).exclude(pk=link.pk).order_by("-submitted_at")[:MOST_OTHERS]
    lines = [(one.reference, one.service, one.submitted_at) for one in found]
    names = words.service_names({service for _number, service, _at in lines}, language)
    return tuple(
        (number, names.get(service, words.from_office(service, language)), at) for number, service, at in lines
    )


def may_be_withdrawn(page: CasePage) -> bool:
    return Capability.WITHDRAWAL in page.can and not page.is_ended and page.has_arrived
