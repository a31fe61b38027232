"""A town with one service and its promise, a consultant, and a registry with moods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from charter.models import Institution, Role
from portal.cases import access, actions, asking
from portal.cases.models import CaseLink
from portal.cases.registries import registries
from portal.cases.registries.facts import Applicant
from portal.core.models import User
from portal.core.receipts import Receipt
from tests.factories import charter
from tests.people import staff
from tests.portal.cases.moody import MoodyRegistry

TODAY = dt.datetime(2026, 11, 4, 9, 42, tzinfo=dt.UTC)
ALICE = Applicant("Alice", identifier="44001010001", phone="+37060000000", language="ru")


@pytest.fixture
def time() -> Iterator[Any]:
    """4 November 2026, 11:42 in the town; it moves only when a test moves it."""
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def registry(settings: Any) -> Iterator[MoodyRegistry]:
    settings.CASE_REGISTRIES = {"default": {"BACKEND": "tests.portal.cases.moody.MoodyRegistry"}}
    asking.forget_failures()
    found = registries.default
    assert isinstance(found, MoodyRegistry)
    yield found
    found.wake_up()
    asking.forget_failures()


@pytest.fixture
def centre(db: None) -> Institution:
    return charter.institution()


@pytest.fixture
def bob(centre: Institution) -> User:
    return staff("Bob", Role.CONSULTANT, institution=centre)


@pytest.fixture
def town(centre: Institution) -> None:
    """Help at home, given by the centre; a decision is promised in 20 days."""
    standard = charter.standard()
    charter.service(provider=centre, commitments=[standard.commitment])


Register = Callable[..., Receipt]


@pytest.fixture
def register(town: None, bob: User, django_capture_on_commit_callbacks: Any) -> Register:
    """Bob registers Alice's request; what follows the commit follows it here too."""

    def register(**changes: Any) -> Receipt:
        facts: dict[str, Any] = {"service": "pagalba", "language": "ru", "by": bob, "person": ALICE}
        with django_capture_on_commit_callbacks(execute=True):
            return actions.register_request(**facts | changes)

    return register


@pytest.fixture
def receipt(registry: MoodyRegistry, register: Register) -> Receipt:
    return register()


@pytest.fixture
def link(receipt: Receipt) -> CaseLink:
    return access.everything().get(reference=receipt.reference)
