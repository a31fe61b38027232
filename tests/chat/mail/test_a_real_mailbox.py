"""Letters in and out against a mail server as offices run it."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from chat import transcript
from chat.actions import consultations
from chat.mail import mailbox, rounds
from chat.models import Channel, Consultation, EventKind
from tests.chat import ground
from tests.people import bob
from tests.services.dovecot import PASSWORD

pytestmark = pytest.mark.django_db
SHORT, LONG = b"Subject: a\r\n\r\nb", b"Subject: a\r\n\r\n" + b"x" * 60 + b"\r\n"


class Office:
    """The mailbox of an office, as its people's mail program sees it."""

    def __init__(self, server: str) -> None:
        port, tls_port, self.certificate = server.split(" ", 2)
        self.port, self.tls_port = int(port), int(tls_port)
        self.name = f"klausimai-{uuid4().hex[:8]}"
        self.line = imaplib.IMAP4("127.0.0.1", self.port)
        self.line.login(self.name, PASSWORD)

    @property
    def url(self) -> str:
        return f"imap://{self.name}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    @property
    def tls_url(self) -> str:
        return f"imaps://{self.name}:{PASSWORD}@localhost:{self.tls_port}/INBOX"

    def put(self, letter: bytes, folder: str = "INBOX") -> None:
        self.line.create(folder)
        self.line.append(folder, "", "", letter)

    def flags(self, folder: str = "INBOX") -> list[str]:
        """Of each letter in the folder."""
        self.line.select(folder, readonly=True)
        _state, found = self.line.fetch("1:*", "(FLAGS)")
        return [one.decode() for one in found if isinstance(one, bytes)]


@pytest.fixture
def office(imap_server: str, settings: Any) -> Iterator[Office]:
    found = Office(imap_server)
    settings.MAILBOX_URL, settings.MAILBOX_ADDRESS = found.url, "klausimai@example.lt"
    yield found
    found.line.logout()


def letter(text: str = "Ar man priklauso šildymo kompensacija?", **headers: str) -> bytes:
    made = EmailMessage()
    usual = {"From": "Alisa Kalnė <alisa@example.lt>", "Subject": "Klausimas", "Message-ID": f"<{uuid4()}@alisa>"}
    for name, value in (usual | headers).items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def only() -> Consultation:
    return Consultation.objects.get()


def test_a_letter_is_taken_in_once_marked_and_left_where_it_is(office: Office) -> None:
    office.put(letter())

    assert [rounds.take_letters(), rounds.take_letters()] == [1, 0]

    assert (only().channel, only().language) == (Channel.EMAIL, "lt")
    assert ["\\Seen" in flags for flags in office.flags()] == [True]


def test_a_question_and_its_answers_stay_in_one_thread(office: Office) -> None:
    office.put(letter())
    rounds.take_letters()
    taken = consultations.claim(only(), by=bob())
    ground.bob_writes(taken, "Taip, priklauso.")
    rounds.send_answers()
    ours = mail.outbox[-1]

    reply = letter("Ačiū, o vonia?", Subject=str(ours.subject), In_Reply_To=ours.extra_headers["Message-ID"])
    office.put(reply)
    rounds.take_letters()

    said = [event.text for event in transcript.since_for_resident(taken, 0) if event.kind == EventKind.MESSAGE]
    assert said[1:] == ["Taip, priklauso.", "Ačiū, o vonia?"]


def test_many_letters_are_taken_in_the_order_they_came(office: Office) -> None:
    for number in range(5):
        office.put(letter(f"Klausimas numeris {number} ąčę", From=f"a{number}@example.lt"))

    assert rounds.take_letters() == 5

    texts = [transcript.since_for_resident(one, 0)[0].text for one in Consultation.objects.order_by("pk")]
    assert [text.split()[-2] for text in texts] == [str(number) for number in range(5)]


def test_what_a_person_has_read_in_the_mailbox_is_theirs(office: Office) -> None:
    office.line.append("INBOX", "\\Seen", "", letter())
    assert rounds.take_letters() == 0


def test_a_folder_of_its_own_may_be_read(office: Office, settings: Any) -> None:
    settings.MAILBOX_URL = office.url.replace("INBOX", "Klausimai")
    office.put(letter(), "Klausimai")
    office.put(letter())

    assert rounds.take_letters() == 1
    assert ["\\Seen" in flags for flags in office.flags()] == [False]


def test_broken_letters_hinder_no_other(office: Office) -> None:
    for raw in (b"\r\n", SHORT, LONG, b"From: \xff\xfe\r\nSubject: =?utf-8?b?!!?=\r\n\r\n\x00\xff"):
        office.put(raw)
    office.put(letter())

    rounds.take_letters()

    last = Consultation.objects.latest("pk")
    assert "Ar man priklauso" in transcript.since_for_resident(last, 0)[0].text


def test_a_letter_that_is_too_large_is_flagged_for_a_person(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "LARGEST", 1000)
    office.put(letter("x" * 900 + "\n" + "y" * 900))

    assert rounds.take_letters() == 0
    assert ["\\Flagged" in flags for flags in office.flags()] == [True]


@pytest.mark.parametrize("wrong", ["password", "folder", "port"])
def test_a_mailbox_that_can_not_be_opened_is_tried_again_later(office: Office, settings: Any, wrong: str) -> None:
    right = settings.MAILBOX_URL
    settings.MAILBOX_URL = {
        "password": right.replace(PASSWORD, "kitas"),
        "folder": right.replace("INBOX", "nera"),
        "port": right.replace(str(office.port), "1"),
    }[wrong]
    office.put(letter())

    assert rounds.take_letters() == 0
    settings.MAILBOX_URL = right
    assert rounds.take_letters() == 1


def test_by_tls_the_server_must_show_who_it_is(office: Office, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MAILBOX_URL = office.tls_url
    office.put(letter())
    assert rounds.take_letters() == 0  # nobody we trust answers for its certificate

    monkeypatch.setenv("SSL_CERT_FILE", office.certificate)
    assert rounds.take_letters() == 1

    settings.MAILBOX_URL = office.tls_url.replace("localhost", "127.0.0.1")
    assert rounds.take_letters() == 0
