"""Alice asks to be phoned, changes her mind and cancels – by plain forms."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from chat import access, promises
from chat.models import Consultation, State, Task, TaskState
from tests.chat import ground
from tests.factories.charter import working_week

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def wednesday() -> Iterator[None]:
    working_week()
    with time_machine.travel("2026-11-25 10:00+02:00", tick=False):
        yield


def wish(**changed: str) -> dict[str, str]:
    window = promises.windows()[0].code
    return {"key": str(uuid4()), "phone": "8 612 34567", "window": window, "language": "en"} | changed


def asked() -> Consultation:
    found = access.for_statistics().get()
    assert isinstance(found, Consultation)
    return found


def test_alice_asks_and_reads_when_she_is_rung(client: Client) -> None:
    answer = client.post("/en/chat/callback/", wish(), follow=True)

    page = answer.content.decode()
    assert "We ring you" in page
    assert "… 4567" in page
    assert "61234567" not in page
    assert "Secret code" in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"phone": "not a number"}, "Check the number"),
        ({"phone": ""}, "Write the number we shall ring"),
        ({"window": "202611250800"}, "no longer free"),
        ({"window": ""}, "Choose when we may ring"),
        ({"language": "xx"}, "Choose the language of the call"),
    ],
)
def test_what_cannot_be_promised_is_asked_for_again(client: Client, changed: dict[str, str], words: str) -> None:
    answer = client.post("/en/chat/callback/", wish(text="Dėl šildymo", **changed))

    page = answer.content.decode()
    assert words in page or "Select a valid choice" in page
    assert "Dėl šildymo" in page
    assert not Task.objects.exists()


def test_alice_moves_the_call_and_then_cancels_it(client: Client) -> None:
    client.post("/en/chat/callback/", wish())
    own = f"/en/chat/{asked().public_id}/callback/"

    client.post(own, {"phone": "861234568", "window": promises.windows()[3].code, "ask": "1"})
    moved = Task.objects.get(state=TaskState.OPEN).begins_at
    client.post(own, {"cancel": "1"})

    assert moved == promises.windows()[3].begins_at
    assert asked().state == State.ABANDONED


def test_who_waits_may_choose_a_call_instead_and_keeps_the_number(client: Client) -> None:
    begun = ground.alice_asks()
    client.cookies["consultation"] = begun.token
    form = {"phone": "861234568", "window": promises.windows()[0].code, "ask": "1"}

    page = client.post(f"/en/chat/{begun.consultation.public_id}/callback/", form, follow=True).content.decode()

    assert begun.consultation.reference in page
    assert "We ring you" in page
    assert Task.objects.get(state=TaskState.OPEN).kind == "callback"


def test_nobody_else_moves_her_call(client: Client) -> None:
    begun = ground.alice_asks()

    answer = client.post(f"/en/chat/{begun.consultation.public_id}/callback/", {"cancel": "1"})

    assert answer.status_code == 404
