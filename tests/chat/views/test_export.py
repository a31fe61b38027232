"""Whoever holds the receipt takes away all that is kept, and nobody else does."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client

from chat.actions import messages
from tests.chat import ground
from tests.people import bob

pytestmark = pytest.mark.django_db


def test_alice_downloads_everything_but_what_colleagues_noted(client: Client) -> None:
    begun = ground.alice_asks("Ar man priklauso?")
    client.cookies["consultation"] = begun.token
    messages.note(begun.consultation, text="Mano pastaba", client_id=uuid4(), by=bob())

    answer = client.get(f"/en/chat/{begun.consultation.public_id}/export/")

    said = json.loads(answer.content)
    assert said["number"] == begun.consultation.reference
    assert [event["text"] for event in said["events"]] == ["Ar man priklauso?"]
    assert said["promises"][0]["kind"] == "written"
    assert "Mano pastaba" not in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_nobody_else_downloads_it(client: Client) -> None:
    begun = ground.alice_asks()

    assert client.get(f"/en/chat/{begun.consultation.public_id}/export/").status_code == 404
