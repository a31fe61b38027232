"""The help that a case of the registry built in has led to, said in the facts of the port."""

from __future__ import annotations

from portal.cases.registries.base import NotThere, Refused
from portal.cases.registries.care import Act, CareLine, NewWord, Per, Programme, Visit, VisitState, Word
from portal.cases.registries.facts import PersonLink
from portal.registry import models
from portal.registry.visits import person as seen_by


def programme(case: models.Case) -> Programme | None:
    found = seen_by.current_of(seen_by.programmes_of(case))
    if found is None:
        return None
    return Programme(
        id=str(found.pk),
        case=case.number or "",
        person=PersonLink(case.person_handle),
        number=str(found),
        since=found.since,
        until=found.runs_until,
        lines=tuple(
            CareLine(line.service.names, line.times, Per(line.per), line.minutes) for line in found.lines.all()
        ),
        weekdays=tuple(sorted(int(day) for day in found.weekdays)),
        hour=found.hour,
        worker=str(found.worker.user) if found.worker else "",
    )


def visits(case: models.Case) -> tuple[Visit, ...]:
    return tuple(
        Visit(
            id=seen.id,
            case=case.number or "",
            person=PersonLink(case.person_handle),
            day=seen.day,
            state=VisitState(seen.state),
            at=seen.at,
            minutes=seen.minutes,
            services=seen.services,
            word=_word(seen.word) if seen.word else None,
        )
        for seen in seen_by.visits_of(seen_by.programmes_of(case))
    )


def _word(word: models.VisitWord) -> Word:
    return Word(word.is_confirmed, word.at, word.text, word.appeal)


def acts(case: models.Case) -> tuple[Act, ...]:
    return tuple(
        Act(
            id=str(act.pk),
            case=case.number or "",
            person=PersonLink(case.person_handle),
            month=act.month.first,
            number=act.number,
            visits=act.visits,
            minutes=act.minutes,
            to_pay_cents=act.to_pay_cents,
            version=act.version,
        )
        for act in seen_by.acts_of(seen_by.programmes_of(case))
    )


def hear(case: models.Case, word: NewWord) -> None:
    try:
        seen_by.hear(
            case,
            word.visit,
            is_confirmed=word.is_confirmed,
            text=word.text,
            appeal=word.appeal,
            outer_key=word.key,
        )
    except seen_by.NoSuchVisit as nothing:
        raise NotThere(word.visit) from nothing
    except seen_by.SaidAlready as twice:
        raise Refused("the person has said something else of this visit") from twice
