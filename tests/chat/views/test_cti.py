"""The telephone exchange announces calls: signed, once each, in any order."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from chat import access, cti, numbers
from chat.actions import presence
from chat.models import Call, CallState, Choice, Consultation, Presence, State, Task, TaskReason, TaskState
from tests.chat.desk.ground import address, at_the_desk
from tests.factories.charter import working_week
from tests.people import bob

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SECRET = "a secret of both sides"
NOW = dt.datetime.fromisoformat("2026-11-25T10:00:00+02:00")
names = itertools.count()


@pytest.fixture(autouse=True)
def exchange(settings: Any) -> Iterator[None]:
    settings.CTI_SECRET = SECRET
    working_week()
    presence.choose(bob(), Choice.AVAILABLE)
    Presence.objects.filter(user=bob()).update(extension="204")
    with time_machine.travel(NOW, tick=False):
        yield


def post(body: bytes, *, signed: str | None = None, at: dt.datetime = NOW) -> HttpResponse:
    header = cti.signature(body, at=int(at.timestamp()), secret=SECRET) if signed is None else signed
    answer = Client().post("/cti/calls", body, content_type="application/json", headers={"Parama-Signature": header})
    assert isinstance(answer, HttpResponse)
    return answer


def notice(kind: str, *, seconds: int = 0, **more: str) -> HttpResponse:
    at = NOW - dt.timedelta(minutes=5) + dt.timedelta(seconds=seconds)
    said = {"id": f"e-{next(names)}", "call": "c-1", "kind": kind, "at": at.isoformat(), "number": "+37061234567"}
    return post(json.dumps(said | more).encode())


def contact() -> Consultation:
    found = access.for_statistics().get()
    assert isinstance(found, Consultation)
    return found


def test_a_call_that_is_taken_lies_with_whose_phone_it_was() -> None:
    notice("ringing", language="ru")
    notice("answered", seconds=12, extension="204")

    assert (contact().state, contact().consultant, contact().waited_seconds) == (State.ACTIVE, bob(), 12)
    assert contact().language == "ru"
    assert numbers.unseal(contact().phone) == "+37061234567"


def test_its_card_is_offered_at_that_desk() -> None:
    notice("ringing")
    answered = (NOW - dt.timedelta(seconds=10)).isoformat()
    said = {"id": "e", "call": "c-1", "kind": "answered", "at": answered, "extension": "204"}
    post(json.dumps(said).encode())

    page = at_the_desk().get(address("queue")).content.decode()

    assert "You picked up a call" in page
    assert address("consultation", contact()) in page


def test_the_same_notice_again_changes_nothing() -> None:
    body = json.dumps({"id": "e-x", "call": "c-1", "kind": "ringing", "at": NOW.isoformat()}).encode()

    answers = [json.loads(post(body).content) for _ in range(3)]

    assert answers == [{"duplicate": False}, {"duplicate": True}, {"duplicate": True}]
    assert Call.objects.count() == 1


def test_a_missed_call_is_rung_back_and_marked_as_not_asked_for() -> None:
    notice("ringing")
    notice("missed", seconds=30)

    task = Task.objects.get()
    assert (task.reason, task.is_agreed, contact().state) == (TaskReason.MISSED, False, State.PROMISED)


def test_who_withholds_their_number_cannot_be_rung_back() -> None:
    notice("ringing", number="")
    notice("missed", seconds=30, number="")

    assert contact().state == State.ABANDONED
    assert not Task.objects.exists()


def test_who_hangs_up_is_counted_with_how_long_they_waited() -> None:
    notice("ringing")
    notice("abandoned", seconds=40)

    assert (contact().state, contact().waited_seconds) == (State.ABANDONED, 40)


def test_after_the_call_the_notes_are_still_to_be_written() -> None:
    notice("answered", extension="204")
    notice("ended", seconds=300)

    assert (contact().state, contact().consultant) == (State.WRAPPING_UP, bob())


def test_what_comes_after_the_end_changes_nothing() -> None:
    notice("missed")
    notice("answered", seconds=3, extension="204")
    notice("ringing")

    assert Call.objects.get().state == CallState.MISSED
    assert Task.objects.filter(state=TaskState.OPEN).count() == 1


def test_an_unknown_extension_leaves_it_for_anybody_to_take() -> None:
    notice("ringing")
    notice("answered", seconds=5, extension="999")

    assert (contact().state, contact().consultant) == (State.WAITING, None)


@pytest.mark.parametrize("signed", ["", "t=1,v1=00", "nonsense", "t=²,v1=00"])
def test_who_does_not_sign_says_nothing(signed: str) -> None:
    body = json.dumps({"id": "e", "call": "c", "kind": "ringing", "at": NOW.isoformat()}).encode()

    assert post(body, signed=signed).status_code == 401
    assert not Call.objects.exists()


def test_an_old_signature_is_refused() -> None:
    body = json.dumps({"id": "e", "call": "c", "kind": "ringing", "at": NOW.isoformat()}).encode()

    assert post(body, at=NOW - dt.timedelta(minutes=6)).status_code == 401


def test_without_a_secret_nobody_is_believed(settings: Any) -> None:
    settings.CTI_SECRET = ""
    body = json.dumps({"id": "e", "call": "c", "kind": "ringing", "at": NOW.isoformat()}).encode()

    assert post(body, signed=cti.signature(body, at=int(NOW.timestamp()), secret="")).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"id": "e", "call": "c", "kind": "dancing", "at": "2026-11-25T10:00:00+02:00"}',
        b'{"id": "e", "call": "c", "kind": "ringing", "at": "yesterday"}',
        b'{"id": "e", "call": "c", "kind": "ringing", "at": "2026-11-25T10:00:00"}',
        b'{"id": 7, "call": "c", "kind": "ringing", "at": "2026-11-25T10:00:00+02:00"}',
        b"[" * 5000,
    ],
)
def test_nonsense_is_named_and_kept_nowhere(body: bytes) -> None:
    assert post(body).status_code == 400
    assert not Call.objects.exists()


def test_a_notice_from_the_future_counts_as_now() -> None:
    said = {"id": "e", "call": "c", "kind": "ringing", "at": (NOW + dt.timedelta(hours=1)).isoformat()}
    post(json.dumps(said).encode())

    assert contact().started_at == NOW
