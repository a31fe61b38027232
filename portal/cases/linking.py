"""What a registry tells, checked before it is believed, and kept with its time.

Never trust a registry's filtering: whatever it answers must be the thing that was asked for, of the person who asked.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from typing import Any, TypeVar

from django.utils import timezone

from charter.clocks import day_clock
from portal.cases import access, asking, keeping, news, status_words, terms
from portal.cases.asking import Budget
from portal.cases.keeping import CaseFile
from portal.cases.models import CaseLink, RegistryCursor
from portal.cases.registries import registries
from portal.cases.registries.base import Away, NotThere
from portal.cases.registries.care import Act, Care, Programme, Visit
from portal.cases.registries.facts import Capability, CaseState, Contact, Document, PersonLink, Status
from portal.core import audit, clock
from portal.core.schedule import every

logger = logging.getLogger(__name__)
AGAIN_AFTER = dt.timedelta(minutes=1)
Owned = TypeVar("Owned", Contact, Document, Visit, Act)


class Foreign(Away):
    """The registry answered with something of another person or another case. Nothing of it is shown."""


def read(link: CaseLink, *, budget: Budget) -> CaseFile:
    """The case with its papers and contacts, fresh from the registry, checked and kept. Raises Away, NotThere."""
    person, case = PersonLink(link.person_link), link.external_id
    try:
        state = asking.ask(link.registry, lambda registry: registry.get_case(case, person=person), budget=budget)
        check(state, person=person, case=case)
        documents = asking.ask(link.registry, lambda registry: registry.documents(case, person=person), budget=budget)
        contacts = asking.ask(link.registry, lambda registry: registry.contacts(case, person=person), budget=budget)
        care = _care(link, state, budget)
        file = CaseFile(state, _mine(documents, Document, state), _mine(contacts, Contact, state), care)
    except Foreign as foreign:
        logger.error("registry: a foreign object was refused for %s", link.reference)
        audit.record("case.foreign_object_refused", link, by=audit.SYSTEM, what=str(foreign))
        raise
    keep(link, file)
    return file


def _care(link: CaseLink, state: CaseState, budget: Budget) -> Care:
    """The help it led to, as far as the registry can tell; nothing is asked before it was granted."""
    can = registries[link.registry].capabilities() if state.status == Status.GRANTED else frozenset()
    person, case = state.person, state.id
    programme: Programme | None = None
    visits: tuple[Visit, ...] = ()
    acts: tuple[Act, ...] = ()
    if Capability.PROGRAMME in can:
        programme = asking.ask(link.registry, lambda r: r.programme(case, person=person), budget=budget)
    if Capability.VISITS in can:
        visits = asking.ask(link.registry, lambda r: r.visits(case, person=person), budget=budget)
    if Capability.ACTS in can:
        acts = asking.ask(link.registry, lambda r: r.acts(case, person=person), budget=budget)
    if programme is not None:
        if not isinstance(programme, Programme):
            raise Away(f"answered with {type(programme).__name__}")
        if (programme.person, programme.case) != (person, case):
            raise Foreign("programme")
    return Care(programme, _mine(visits, Visit, state), _mine(acts, Act, state))


def check(state: Any, *, person: str, case: str | None = None) -> None:
    """Raises Away for what is no case at all, Foreign for a case of somebody else or another case."""
    if not isinstance(state, CaseState):
        raise Away(f"answered with {type(state).__name__}")
    if state.person != person or (case is not None and state.id != case):
        raise Foreign("case")


def _mine(told: Any, kind: type[Owned], state: CaseState) -> tuple[Owned, ...]:
    if not isinstance(told, tuple) or not all(isinstance(one, kind) for one in told):
        raise Away(f"answered with {type(told).__name__}")
    if any(not one.id or one.person != state.person or one.case != state.id for one in told):
        raise Foreign(kind.__name__.lower())
    return told


def keep(link: CaseLink, file: CaseFile) -> None:
    """Keep what was told, for when the registry does not answer and for the measurement.

    The same told again within a minute is not written again.
    """
    state = file.state
    is_recent = link.kept_at is not None and clock.now() - link.kept_at < AGAIN_AFTER
    if is_recent and keeping.from_text(link.kept) == file:
        return
    link.number, link.status, link.decided_on = state.number, state.status, state.decided_on
    link.kept, link.kept_at = keeping.to_text(file), clock.now()
    link.promised_until = moved(link, state, link.promised_days, link.promised_until)
    if link.legal_pauses:
        link.legal_until = moved(link, state, link.legal_days, link.legal_until)
    link.save(update_fields=["number", "status", "decided_on", "kept", "kept_at", "promised_until", "legal_until"])
    status_words.meet(state)
    news.heard(link, state)


def keep_state(link: CaseLink, state: CaseState) -> None:
    """Keep a changed state beside the papers and contacts known before."""
    known = keeping.from_text(link.kept)
    keep(link, known.with_state(state) if known else CaseFile(state))


def moved(link: CaseLink, state: CaseState, days: int | None, until: dt.date | None) -> dt.date | None:
    """The last day of a term of `days`, moved by those the clock has stood; while it stands, `until` as it was."""
    stops = terms.stops_of(state.steps, timezone.get_current_timezone())
    if days is None or not stops or (stops[-1].until is None and state.decided_on is None):
        return until
    start = clock.day_of(link.submitted_at)
    term = terms.term_of(
        days,
        start=start,
        clock=day_clock(link.clock, around=start),
        stops=stops,
        today=clock.today(),
        ended_on=state.decided_on,
    )
    return term.until


@every(60, "case changes")
def read_changes(alias: str = "default") -> int:
    """Hear what changed in the registry since the last time; returns how many cases of ours did."""
    place, _created = RegistryCursor.objects.get_or_create(registry=alias)
    try:
        told = asking.ask(alias, lambda r: r.changes(place.cursor), budget=Budget(asking.BACKGROUND))
    except (Away, NotThere):
        return 0
    changed = _keep_changes(alias, told.cases)
    place.cursor, place.read_at = told.cursor, clock.now()
    place.save(update_fields=["cursor", "read_at"])
    return changed


def _keep_changes(alias: str, cases: Iterable[CaseState]) -> int:
    told = {case.id: case for case in cases}
    links = access.everything().filter(registry=alias, external_id__in=list(told))
    changed = 0
    for link in links:
        state = told[link.external_id]
        if state.person != link.person_link:
            audit.record("case.foreign_object_refused", link, by=audit.SYSTEM, what="change")
            continue
        keep_state(link, state)
        changed += 1
    return changed
