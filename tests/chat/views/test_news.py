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
from portal.core import audit, silence
from portal.core.models import SilencedAddress
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


def test_an_address_that_never_wants_to_hear_of_us_is_not_written_to_about_any_question(
    client: Client, alice: Started, django_capture_on_commit_callbacks: Any
) -> None:
    link = told(client, alice, django_capture_on_commit_callbacks)
    other = ground.alice_asks("Kitas klausimas")
    news.wish(other.consultation, "Alice@Example.lt")  # asked for before
    Client(enforce_csrf_checks=True).post(link, {"never": "1"})
    mail.outbox.clear()

    answered(other, django_capture_on_commit_callbacks)

    assert not mail.outbox
    assert not NewsWish.objects.exists()
    assert wants(client, alice, to="alice@example.lt") in {302, 422}
    assert not NewsWish.objects.exists()
    assert "alice" not in SilencedAddress.objects.get().digest


def test_who_silenced_an_address_takes_it_back_by_the_same_link(
    client: Client, alice: Started, django_capture_on_commit_callbacks: Any
) -> None:
    link = told(client, alice, django_capture_on_commit_callbacks)
    stranger = Client(enforce_csrf_checks=True)
    stranger.post(link, {"never": "1"})
    assert "Vėl galite man rašyti" in stranger.get(link).content.decode()

    stranger.post(link, {"again": "1"})

    assert not SilencedAddress.objects.exists()
    begun = ground.alice_asks("Dar vienas")
    news.wish(begun.consultation, "alice@example.lt")
    assert news.is_wished(begun.consultation)


@pytest.mark.parametrize("form", [{"never": "1"}, {"again": "1"}])
def test_a_made_up_link_silences_nobody_and_wakes_nobody(client: Client, alice: Started, form: dict[str, str]) -> None:
    wants(client, alice, to="alice@example.lt")
    silence.silence("bob@example.lt", by_link="1-abc")

    client.post(f"/en/chat/no-news/{NewsWish.objects.get().pk}-{'0' * 26}/", form)

    assert news.is_wished(alice.consultation)
    assert not silence.is_silent("alice@example.lt")
    assert silence.is_silent("BOB@example.lt ")


def test_a_silent_address_is_refused_with_the_way_back_said(client: Client, alice: Started) -> None:
    silence.silence("alice@example.lt", by_link="1-abc")

    answer = client.post(f"/en/chat/{alice.consultation.public_id}/news/", {"to": "alice@example.lt"})

    assert answer.status_code == 422
    assert "takes that back" in answer.content.decode()


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
