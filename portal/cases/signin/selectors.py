"""All cases of one person, in one call to the registry however many there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from portal.cases import access, asking, linking, status_words, words
from portal.cases.asking import Budget
from portal.cases.models import CaseLink
from portal.cases.registries.base import Away, NotThere
from portal.cases.registries.facts import CaseState, PersonLink, Status
from portal.cases.status_words import Vocabulary
from portal.core import clock
from portal.core.languages import Localised, current

ALIAS = "default"


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the list. `public_id` is empty for one that was not asked for through this portal."""

    public_id: str
    number: str
    service: Localised
    status_words: Localised
    look: tuple[str, str]
    submitted_on: dt.date
    is_for_other: bool


def cases_of(person: str) -> tuple[list[Line], bool]:
    """The person's cases, newest first, and whether the registry has just told them: else they are those we know."""
    own = {link.external_id or link.public_id: link for link in access.of_person(person)}
    told, is_fresh = _told(person)
    helped = list(access.helped_by(person))
    codes = {state.service for state in told} | {link.service for link in (*own.values(), *helped)}
    names, vocabulary = words.service_names(codes, current()), status_words.vocabulary({one.kind for one in told})
    lines = [_line_of(state, own.pop(state.id, None), names, vocabulary) for state in told]
    lines += [_line(link, names, vocabulary) for link in own.values()]
    lines += [_line(link, names, vocabulary, is_for_other=True) for link in helped]
    return sorted(lines, key=lambda line: line.submitted_on, reverse=True), is_fresh


def _told(person: str) -> tuple[tuple[CaseState, ...], bool]:
    """What the registry tells; a case of somebody else in it makes the whole answer worthless."""
    try:
        told = asking.ask(ALIAS, lambda r: r.cases_of(PersonLink(person)), budget=Budget(asking.PAGE))
        for state in told if isinstance(told, tuple) else (told,):
            linking.check(state, person=person)
    except (Away, NotThere):
        return (), False
    return told, True


def _line_of(state: CaseState, link: CaseLink | None, names: Mapping[str, Localised], vocabulary: Vocabulary) -> Line:
    service = names.get(state.service) or words.from_office(state.title, current())
    return Line(
        link.public_id if link else "",
        state.number,
        service,
        vocabulary.name(state.status, kind=state.kind, code=state.steps[-1].code if state.steps else ""),
        words.LOOK[state.status],
        clock.day_of(state.submitted_at),
        is_for_other=False,
    )


def _line(
    link: CaseLink, names: Mapping[str, Localised], vocabulary: Vocabulary, *, is_for_other: bool = False
) -> Line:
    status = Status(link.status)
    said = vocabulary.name(status) if link.external_id else status_words.on_its_way()
    day = clock.day_of(link.submitted_at)
    service = names.get(link.service) or words.from_office(link.service, current())
    return Line(link.public_id, link.number or link.reference, service, said, words.LOOK[status], day, is_for_other)
