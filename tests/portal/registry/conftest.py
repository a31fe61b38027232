"""Daiva's post in the registry and her colleagues', and a case of Alice's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from portal.core.models import User
from portal.registry import actions
from portal.registry.models import Case, Post, PostRole, Recipient
from portal.registry.posts import give_post

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
