"""Alice is told that there is an answer, at the address she left, and nothing of what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from chat.actions import consultations, news
from chat.actions.starting import Started
from chat.models import NewsWish
from portal.core import audit
from tests.chat import ground
from tests.chat.desk.ground import address, at_the_desk
from tests.people import bob

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def alice(client: Client) -> Started:
    begun = ground.alice_asks("Mano paslaptis")
    client.cookies["consultation"] = begun.token
    return begun


def wants(client: Client, alice: Started, **form: str) -> int:
    return client.post(f"/en/chat/{alice.consultation.public_id}/news/", form).status_code


def answered(alice: Started, capture: Any, *, times: int = 1) -> None:
    consultations.claim(alice.consultation, by=bob())
    desk = at_the_desk()
    with capture(execute=True):
        for _time in range(times):
            form = {"text": "Slaptas atsakymas", "send": "1", "key": str(uuid4())}
            desk.post(address("write", alice.consultation), form)


def test_a_letter_names_the_number_and_no_word_of_the_answer(
    client: Client, alice: Started, django_capture_on_commit_callbacks: Any
) -> None:
    wants(client, alice, to="alice@example.lt")

    answered(alice, django_capture_on_commit_callbacks, times=3)

    (letter,) = mail.outbox
    assert alice.consultation.reference in letter.body
    assert "Slaptas" not in letter.body
    assert "/lt/chat/resume/" in letter.body


def test_a_phone_gets_a_short_message(
    client: Client, alice: Started, django_capture_on_commit_callbacks: Any, tmp_path: Path, settings: Any
) -> None:
    settings.SMS_BACKENDS = {
        "default": {"BACKEND": "portal.core.sms.files.FileSms", "OPTIONS": {"folder": str(tmp_path / "sms")}}
    }
    wants(client, alice, to="8 612 34567")

    answered(alice, django_capture_on_commit_callbacks)

    assert next((tmp_path / "sms").iterdir()).read_text().startswith("+37061234567")


def test_who_stops_is_told_nothing_and_forgotten(
    client: Client, alice: Started, django_capture_on_commit_callbacks: Any
) -> None:
    wants(client, alice, to="alice@example.lt")
    wants(client, alice, stop="1")

    answered(alice, django_capture_on_commit_callbacks)

    assert not mail.outbox
    assert not NewsWish.objects.exists()


LINK = re.compile(r"https?://[^/]+(/\S+/no-news/\S+/)")


def link_in(letter: Any) -> str:
    return str(LINK.findall(letter.body)[0])


def told(client: Client, alice: Started, capture: Any) -> str:
    """The address of the link in the letter she got."""
    wants(client, alice, to="alice@example.lt")
    answered(alice, capture)
    return link_in(mail.outbox[0])


def test_the_link_in_the_letter_stops_it_without_a_receipt(
    client: Client, alice: Started, django_capture_on_commit_callbacks: Any
) -> None:
    link = told(client, alice, django_capture_on_commit_callbacks)
    stranger = Client(enforce_csrf_checks=True)

    shown = stranger.get(link).content.decode()
    assert news.is_wished(alice.consultation)  # a program that looks at the links of letters stops nothing
    done = stranger.post(link).content.decode()

    assert not NewsWish.objects.exists()
    assert alice.consultation.reference not in shown + done
    assert "alice@" not in shown + done


def test_her_mail_program_may_press_it_for_her(
    client: Client, alice: Started, django_capture_on_commit_callbacks: Any
) -> None:
    link = told(client, alice, django_capture_on_commit_callbacks)
    headers = mail.outbox[0].extra_headers

    assert headers["List-Unsubscribe"].endswith(f"{link}>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
    assert not NewsWish.objects.exists()


def test_a_link_that_somebody_made_up_stops_nothing_and_tells_nothing(client: Client, alice: Started) -> None:
    wants(client, alice, to="alice@example.lt")
    pk = NewsWish.objects.get().pk
    right = news.token_of(NewsWish.objects.get())

    answers = {
        client.post(f"/en/chat/no-news/{token}/").content.partition(b"<main")[2].partition(b"</main>")[0]
        for token in (f"{pk}-{'0' * 26}", f"{pk}", "x-y", f"{pk + 1}{right[right.index('-') :]}", "9" * 40)
    }

    assert len(answers) == 1
    assert news.is_wished(alice.consultation)


def test_what_is_no_address_is_asked_for_again(client: Client, alice: Started) -> None:
    assert wants(client, alice, to="nowhere") == 422
    assert not NewsWish.objects.exists()


def test_the_address_is_not_readable_and_goes_with_the_conversation(client: Client, alice: Started) -> None:
    wants(client, alice, to="alice@example.lt")
    assert "alice" not in NewsWish.objects.get().sealed

    consultations.end_by_resident(alice.consultation)
    consultations.erase(alice.consultation, by=audit.RESIDENT)

    assert not NewsWish.objects.exists()


def test_a_note_is_no_news(client: Client, alice: Started, django_capture_on_commit_callbacks: Any) -> None:
    wants(client, alice, to="alice@example.lt")
    consultations.claim(alice.consultation, by=bob())
    with django_capture_on_commit_callbacks(execute=True):
        form = {"text": "Pastaba", "note": "1", "key": str(uuid4())}
        at_the_desk().post(address("write", alice.consultation), form)

    assert not mail.outbox
    assert news.is_wished(alice.consultation)
