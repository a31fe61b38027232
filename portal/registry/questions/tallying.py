"""Facts added up by what a question is broken down by. Everything that is shown comes from here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.registry.models import Outcome
from portal.registry.questions import events, facts, persons, programmes
from portal.registry.questions.facts import Fact, Wanted
from portal.registry.questions.persons import NOBODY, Known
from portal.registry.questions.question import Question, Span
from portal.registry.questions.reach import Reach
from portal.registry.questions.vocabulary import Kind, Unit

Key = tuple[Any, ...]
OLD = 80
ABOUT_PERSON = ("district", "language", "group", "age")


@dataclass(slots=True)
class Tally:
    """One place of the answer. `each`: the single amounts, where a middle of them is asked for."""

    amount: int = 0
    many: int = 0
    people: set[int] = field(default_factory=set)
    each: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what is needed to count it once."""

    question: Question
    reach: Reach
    span: Span
    parts: tuple[str, ...] = ()

    @property
    def wanted(self) -> Wanted:
        return Wanted.of(self.question, self.reach)


def tallies(asked: Asked) -> dict[Key, Tally]:
    """{(values of the breakdowns): what is there}. Nothing that is empty is among them."""
    return _added(asked, _source(asked))


def outcomes(asked: Asked) -> dict[Key, dict[str, int]]:
    """Visits written down, by the breakdowns and by how they went: beside what was planned."""
    need = {*facts.needed(asked.question, (), hides=not asked.reach.names), "outcome"}
    found: dict[Key, dict[str, int]] = {}
    for key, known, amount, _who in _keyed(asked, facts.of_visits(asked.question, asked.span, asked.wanted, need)):
        place = found.setdefault(key, dict.fromkeys(Outcome.values, 0))
        place[known["outcome"]] += amount
    return found


def _source(asked: Asked) -> Iterator[Fact]:
    question, span, wanted = asked.question, asked.span, asked.wanted
    need = facts.needed(question, asked.parts, hides=not asked.reach.names)
    code, day = question.measure.code, span.last
    by_kind: dict[Kind, Callable[[], Iterator[Fact]]] = {
        Kind.VISITS: lambda: facts.of_visits(question, span, wanted, need),
        Kind.SERVICES: lambda: facts.of_services(question, span, wanted, need),
        Kind.PLANNED: lambda: programmes.planned(span, wanted, question),
        Kind.ACTS: lambda: facts.of_acts(question, span, wanted),
        Kind.CASES: lambda: events.cases(code, span, wanted),
        Kind.AHEAD: lambda: programmes.ahead(span, wanted, question),
    }
    by_code: dict[str, Callable[[], Iterator[Fact]]] = {
        "in_programme": lambda: programmes.in_programme(day, wanted),
        "pace": lambda: programmes.pace(day, wanted),
        "open": lambda: events.still_open(day, wanted),
        "unvisited": lambda: programmes.unvisited(day, wanted, question.days),
        "to_decision": lambda: events.to_decision(span, wanted),
        "to_programme": lambda: events.to_programme(span, wanted),
        "to_visit": lambda: events.to_visit(span, wanted),
    }
    return by_code[code]() if code in by_code else by_kind[question.measure.kind]()


def _added(asked: Asked, source: Iterable[Fact]) -> dict[Key, Tally]:
    keeps_each = asked.question.measure.unit is Unit.DAYS
    found: dict[Key, Tally] = {}
    for key, _known, amount, recipient in _keyed(asked, source):
        place = found.setdefault(key, Tally())
        place.amount += amount
        place.many += 1
        if recipient is not None:
            place.people.add(recipient)
        if keeps_each:
            place.each.append(amount)
    return found


def _keyed(asked: Asked, source: Iterable[Fact]) -> Iterator[tuple[Key, Mapping[str, Any], int, int | None]]:
    """Facts with their place, without those that the conditions or the part leave out."""
    question = asked.question
    names = {*question.breakdowns, *question.only, *asked.parts}
    rows = source
    people: dict[int, Known] = {}
    if names & {*ABOUT_PERSON, "aged_80", "other_language", "no_group"}:
        rows = list(source)
        people = persons.known({known["recipient"] for known, _amount in rows})
    tests = [_condition(name, question.only[name], asked.span.last) for name in ABOUT_PERSON if name in question.only]
    tests += [_part(name, asked.span.last) for name in asked.parts]
    keys = [_breakdown(name, asked.span.last) for name in question.breakdowns]
    for known, amount in rows:
        recipient = known.get("recipient")
        person = people.get(recipient, NOBODY) if recipient is not None else NOBODY
        if all(test(known, person) for test in tests):
            yield tuple(key(known, person) for key in keys), known, amount, recipient


Test = Callable[[Mapping[str, Any], Known], bool]


def _condition(name: str, value: str, day: dt.date) -> Test:
    wanted = "" if value == "-" else value  # "-" in an address: where nothing is known
    return lambda _known, person: person.said(name, day) == wanted


def _part(name: str, day: dt.date) -> Test:
    if name == "late":
        return lambda known, _person: bool(known["late"])
    if name in facts.OUTCOMES:
        return lambda known, _person: bool(known["outcome"] == facts.OUTCOMES[name])
    if name == "aged_80":
        return lambda _known, person: (person.age_on(day) or 0) >= OLD
    if name == "other_language":
        return lambda _known, person: person.language not in ("", "lt")
    return lambda _known, person: person.group == ""


def _breakdown(name: str, day: dt.date) -> Callable[[Mapping[str, Any], Known], Any]:
    if name in ABOUT_PERSON:
        return lambda _known, person: person.said(name, day)
    if name == "person":
        return lambda known, _person: known["recipient"]
    if name == "month":
        return lambda known, _person: known["day"].replace(day=1)
    if name == "quarter":
        return lambda known, _person: known["day"].replace(day=1, month=(known["day"].month - 1) // 3 * 3 + 1)
    if name == "year":
        return lambda known, _person: known["day"].replace(day=1, month=1)
    if name in ("day", "week"):
        return lambda known, _person: known["day"]
    return lambda known, _person: known[name]


def people_of(found: Collection[Tally]) -> int:
    """Different people behind these places together."""
    return len(set().union(*(tally.people for tally in found))) if found else 0
