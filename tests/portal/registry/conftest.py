"""Daiva's post in the registry and her colleagues', and a case of Alice's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from portal.core.models import User
from portal.registry import actions
from portal.registry.models import (
    BaseSum,
    CareService,
    Case,
    PaymentRule,
    Post,
    PostRole,
    Programme,
    Recipient,
    Status,
    Tariff,
)
from portal.registry.posts import give_post
from portal.registry.programmes import actions as programmes
from portal.registry.programmes.actions import Line, Plan
from portal.registry.visits.actions import Done, Entry

CENTRE = "Socialinės paramos centras"
ALICE = actions.Person("Alice", code="44001010001", phone="+37060000000", language="ru")


def open_case(person: actions.Person = ALICE, *, department: str = CENTRE, until: dt.date | None = None) -> Case:
    return actions.open_case(
        person=person,
        handle="alice",
        service_code="pagalba",
        title="Pagalba į namus",
        by=None,
        terms=actions.Terms(promised_until=until),
        department=department,
    )


def post(name: str, role: str, department: str = CENTRE) -> Post:
    user, _made = User.objects.get_or_create(username=name.lower(), defaults={"display_name": name})
    return give_post(user, department=department, role=role)


def browser(post: Post) -> Client:
    """The browser of whoever holds this post, signed in."""
    client = Client()
    client.force_login(post.user)
    return client


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    """It is noon by the town's clock on 25 November 2026."""
    with time_machine.travel("2026-11-25 10:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def daiva(db: None) -> Post:
    """A social worker."""
    return post("Daiva", PostRole.SOCIAL_WORKER)


@pytest.fixture
def hanna(db: None) -> Post:
    """The head of the department."""
    return post("Hanna", PostRole.HEAD)


@pytest.fixture
def clara(db: None) -> Post:
    """A clerk."""
    return post("Clara", PostRole.CLERK)


@pytest.fixture
def otto(db: None) -> Post:
    """The data-protection officer."""
    return post("Otto", PostRole.OFFICER)


@pytest.fixture
def at(db: None) -> Callable[[Post], Client]:
    return browser


@pytest.fixture
def case(db: None) -> Case:
    return open_case()


@pytest.fixture
def alice(case: Case) -> Recipient:
    """The person of the case."""
    return case.recipient


@pytest.fixture
def at_work(client: Client, daiva: Post) -> Client:
    """Daiva's browser, signed in."""
    client.force_login(daiva.user)
    return client


@dataclass(frozen=True)
class Catalogue:
    """What the department provides: help by the hour, a bath by the time, and snow shovelled as an extra."""

    help: CareService
    bath: CareService
    snow: CareService
    rule: PaymentRule


RULE = {
    "base": "VRP",
    "steps": [{"up_to": "2", "share": "0"}, {"up_to": "3", "share": "20"}, {"up_to": None, "share": "50"}],
}


@pytest.fixture
def catalogue(db: None) -> Catalogue:
    def service(code: str, unit: str, cents: int, *, is_extra: bool = False) -> CareService:
        made = CareService.objects.create(code=code, names={"en": code.title()}, unit=unit, is_extra=is_extra)
        Tariff.objects.create(service=made, valid_from=dt.date(2026, 1, 1), cents=cents)
        return made

    BaseSum.objects.create(code="VRP", valid_from=dt.date(2026, 1, 1), cents=23300)
    return Catalogue(
        help=service("help", "hour", 1250),
        bath=service("bath", "time", 700),
        snow=service("snow", "time", 500, is_extra=True),
        rule=PaymentRule.objects.create(code="usual", names={"en": "By income"}, document=RULE),
    )


MakePlan = Callable[..., Plan]
SINCE, UNTIL = dt.date(2026, 10, 1), dt.date(2027, 3, 31)


@pytest.fixture
def plan(catalogue: Catalogue, daiva: Post) -> MakePlan:
    """A plan of help twice a week and a bath once, from October to March, by Daiva."""

    def make(**changes: Any) -> Plan:
        lines = [Line(catalogue.help, 2, "week", 60), Line(catalogue.bath, 1, "week", 30)]
        facts: dict[str, Any] = {"since": SINCE, "until": UNTIL, "lines": lines, "worker": daiva, "weekdays": "024"}
        return Plan(**facts | changes)

    return make


@pytest.fixture
def granted(case: Case, hanna: Post) -> Case:
    """Alice's case, decided in her favour."""
    actions.decide(case, Status.GRANTED, by=hanna, note="Twice a week.")
    case.refresh_from_db()
    return case


@pytest.fixture
def programme(granted: Case, hanna: Post, plan: MakePlan) -> Programme:
    """Alice's programme, signed."""
    return programmes.sign(programmes.draft(granted.recipient, plan(), case=granted, by=hanna), by=hanna)


MakeEntry = Callable[..., Entry]


@pytest.fixture
def entry(programme: Programme, catalogue: Catalogue) -> MakeEntry:
    """A visit to Alice on 2 November 2026 at nine: an hour of help."""

    def make(**changes: Any) -> Entry:
        facts: dict[str, Any] = {
            "client_id": uuid4(),
            "recipient": programme.recipient_id,
            "started_at": dt.datetime(2026, 11, 2, 7, tzinfo=dt.UTC),
            "minutes": 60,
            "services": (Done(catalogue.help.pk, minutes=60),),
        }
        return Entry(**facts | changes)

    return make
