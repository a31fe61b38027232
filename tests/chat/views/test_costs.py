"""What a page and a message cost the database; one query more fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from chat.actions import consultations
from chat.actions.starting import Started
from tests.chat import ground
from tests.people import bob

pytestmark = pytest.mark.django_db
Queries = Callable[[int], Any]


@pytest.fixture
def alice(client: Client) -> Started:
    begun = ground.alice_asks()
    client.cookies["consultation"] = begun.token
    client.get("/lt/chat/resume/")  # what is read once a process is read
    return begun


def test_the_form(client: Client, alice: Started, django_assert_max_num_queries: Queries) -> None:
    with django_assert_max_num_queries(8):
        client.get("/lt/chat/")


def test_the_queue(client: Client, alice: Started, django_assert_max_num_queries: Queries) -> None:
    with django_assert_max_num_queries(12):
        client.get(f"/lt/chat/{alice.consultation.public_id}/")


def test_a_conversation(client: Client, alice: Started, django_assert_max_num_queries: Queries) -> None:
    taken = consultations.claim(alice.consultation, by=bob())
    for _ in range(30):
        ground.bob_writes(taken)
    with django_assert_max_num_queries(3):
        client.get(f"/lt/chat/{taken.public_id}/")


def test_a_poll(client: Client, alice: Started, django_assert_max_num_queries: Queries) -> None:
    with django_assert_max_num_queries(2):
        client.get(f"/lt/chat/{alice.consultation.public_id}/events?since=0")


def test_a_message(client: Client, alice: Started, django_assert_max_num_queries: Queries) -> None:
    fields, headers = {"text": "Labas", "client_id": str(uuid4())}, {"Accept": "application/json"}
    with django_assert_max_num_queries(7):  # key, savepoint, lock, duplicate?, counters, event, savepoint
        client.post(f"/lt/chat/{alice.consultation.public_id}/events", fields, headers=headers)
