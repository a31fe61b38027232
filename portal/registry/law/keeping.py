"""What must be kept of a person, why and until when; what has no rule here may go as soon as the care has ended."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Model
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.registry.law import graph
from portal.registry.models import Act, Case, Programme, Recipient, Visit
from portal.registry.models.case import OPEN


class Group(enum.Enum):
    """Why something is kept; its value is what people read."""

    NOTHING = _("Nothing asks for it to be kept once the care has ended.")
    FILE = _("A decision may be looked into again until its term is over.")
    MONEY = _("What was provided and paid for is kept as long as accounts are.")
    PERSON = _("Who the kept papers are about has to be known as long as they are kept.")


@dataclass(frozen=True, slots=True)
class Rule:
    """Why a table is kept, and whether its rows go with their words, or stay to be counted with nothing of the person.

    `counted`: columns with words, days or data that say nothing about who it was.
    """

    group: Group
    stays: bool = False
    counted: frozenset[str] = frozenset()


def _stays(group: Group, *counted: str) -> Rule:
    return Rule(group, stays=True, counted=frozenset(counted))


RULES: dict[str, Rule] = {
    "registry.Recipient": _stays(Group.PERSON, "department", "language"),
    "registry.Case": _stays(
        Group.FILE,
        *("number", "service_code", "department", "status", "clock", "decided_on", "promised_until", "legal_until"),
    ),
    "registry.StatusChange": _stays(Group.FILE, "status"),
    "registry.CaseNote": Rule(Group.FILE),
    "registry.CaseDocument": Rule(Group.FILE),
    "registry.Contact": Rule(Group.FILE),
    "registry.Enquiry": Rule(Group.FILE),
    "registry.Assessment": Rule(Group.FILE),
    "registry.Consent": Rule(Group.FILE),
    "registry.Programme": _stays(
        Group.MONEY, "number", "department", "state", "form", "since", "until", "runs_until", "weekdays", "payment"
    ),
    "registry.ProgrammeLine": _stays(Group.MONEY, "per"),
    "registry.Suspension": _stays(Group.MONEY, "since", "until"),
    "registry.Visit": _stays(Group.MONEY, "department", "day", "outcome"),
    "registry.Provided": _stays(Group.MONEY),
    "registry.FieldRecord": Rule(Group.MONEY),
    "registry.Act": _stays(Group.MONEY, "number", "lines"),
    "registry.Produced": Rule(Group.MONEY),
    "registry.Look": _stays(Group.PERSON, "role", "department"),
    "registry.Restriction": Rule(Group.PERSON),
    "registry.Erasure": _stays(Group.PERSON, "ground", "done", "rest_on"),
}
# What of the record itself is needed for nothing but the care.
REACHED_BY = ("phone", "phone_key", "email", "address", "district", "other_languages")
WITHOUT_A_RULE = Rule(Group.NOTHING)


def rule_of(model: type[Model]) -> Rule:
    """The table's own rule; without one it goes with what it hangs on, and what hangs on the record goes at once."""
    own = RULES.get(model._meta.label)
    if own is not None:
        return own
    parent = next((table.parent for table in graph.tables() if table.model is model), Recipient)
    return WITHOUT_A_RULE if parent is Recipient else Rule(rule_of(parent).group)


def going_on(people: list[int]) -> dt.date | None:
    """The day until which somebody still works for the person; None when nobody does."""
    today = clock.today()
    if Case.objects.filter(recipient__in=people, status__in=OPEN).exists():
        return today
    running = Programme.objects.running(today, dt.date.max).filter(recipient__in=people)
    last: dt.date | None = running.aggregate(last=Max("runs_until"))["last"]
    return last


def kept_until(people: list[int]) -> dict[Group, dt.date | None]:
    """The last day of each group; None: there is nothing of it, or nothing asks for it to be kept."""
    case = Case.objects.filter(recipient__in=people).aggregate(decided=Max("decided_on"), changed=Max("changed_at"))
    ended = [day for day in (case["decided"], clock.day_of(case["changed"]) if case["changed"] else None) if day]
    file = _after(max(ended, default=None), "file")
    care = [
        Programme.objects.filter(recipient__in=people, signed_at__isnull=False).aggregate(last=Max("runs_until")),
        Visit.objects.filter(recipient__in=people).aggregate(last=Max("day")),
        Act.objects.filter(recipient__in=people).aggregate(last=Max("month__first")),
    ]
    money = _after(max((one["last"] for one in care if one["last"]), default=None), "money")
    person = max((day for day in (file, money) if day), default=None)
    return {Group.NOTHING: None, Group.FILE: file, Group.MONEY: money, Group.PERSON: person}


def _after(day: dt.date | None, what: str) -> dt.date | None:
    """The end of the year in which the years of keeping are over: papers are put away by the year."""
    return day and dt.date(day.year + settings.KEEP_YEARS[what], 12, 31)


def due(people: list[int], day: dt.date) -> set[Group]:
    """The groups that nothing asks to be kept on this day."""
    return {group for group, until in kept_until(people).items() if until is None or until < day}


def is_erased(person: Recipient) -> bool:
    return person.name == GONE


GONE = "–"
