"""Daiva's post in the registry, and a case of Alice's."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from portal.core.models import User
from portal.registry import actions
from portal.registry.models import Case, Post
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


@pytest.fixture
def daiva(db: None) -> Post:
    user = User.objects.create(username="daiva", display_name="Daiva")
    return give_post(user, department=CENTRE)


@pytest.fixture
def case(db: None) -> Case:
    return open_case()


@pytest.fixture
def at_work(client: Client, daiva: Post) -> Client:
    """Daiva's browser, signed in."""
    client.force_login(daiva.user)
    return client
