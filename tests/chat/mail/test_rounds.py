"""Alice writes a letter and is answered by letter; none is lost, doubled or answered by a machine to a machine."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from chat import transcript
from chat.actions import attachments, consultations, letters
from chat.mail import rounds
from chat.models import Channel, Consultation, Event, Letter, MailThread, TaskReason
from portal.core import audit, clock, uploads
from tests.chat import ground
from tests.chat.desk.ground import address, at_the_desk
from tests.chat.mail.imap import Box, mailbox
from tests.people import bob

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ALICE = "Alisa Kalnė <alisa@example.lt>"


@pytest.fixture
def box(settings: Any, tmp_path: Path) -> Iterator[Box]:
    settings.DATA_DIR = tmp_path
    with mailbox() as made:
        settings.MAILBOX_URL = made.url
        yield made


def letter(text: str = "Ar man priklauso šildymo kompensacija?", **headers: str) -> bytes:
    made = EmailMessage()
    given = {"From": ALICE, "To": "klausimai@example.lt", "Subject": "Klausimas", "Message-ID": "<pirmas@alisa>"}
    for name, value in (given | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        made[name] = value
    made.set_content(text)
    return bytes(made)


def words(consultation: Consultation) -> list[str]:
    return [event.text for event in transcript.since_for_resident(consultation, 0) if event.kind == "message"]


def only() -> Consultation:
    return Consultation.objects.get()


def test_a_letter_waits_in_the_queue_with_a_promise(box: Box) -> None:
    box.put(letter())

    assert rounds.take_letters() == 1

    asked = only()
    assert (asked.channel, asked.language, asked.name, asked.state) == (Channel.EMAIL, "lt", "Alisa Kalnė", "waiting")
    assert words(asked) == ["Klausimas\n\nAr man priklauso šildymo kompensacija?"]
    assert asked.tasks.get().reason == TaskReason.BY_MAIL
    assert box.seen == {1}
    assert "alisa" not in MailThread.objects.get().sealed


def test_alice_hears_that_it_came_and_reads_the_answer_in_her_thread(box: Box) -> None:
    box.put(letter())
    rounds.take_letters()
    rounds.send_answers()
    asked = consultations.claim(only(), by=bob())
    ground.bob_writes(asked, "Taip, priklauso.")

    rounds.send_answers()
    rounds.send_answers()

    receipt, answer = mail.outbox
    assert receipt.extra_headers["Auto-Submitted"] == "auto-replied"
    assert asked.reference in receipt.body
    assert "Taip, priklauso." in answer.body
    assert answer.to == ["alisa@example.lt"]
    assert answer.reply_to == ["klausimai@example.lt"]
    assert answer.extra_headers["In-Reply-To"] == "<pirmas@alisa>"
    assert answer.subject == f"Re: Klausimas [{asked.reference}]"


def test_what_she_answers_goes_on_in_the_same_conversation_without_our_words(box: Box) -> None:
    box.put(letter())
    rounds.take_letters()
    rounds.send_answers()
    ours = mail.outbox[0].extra_headers["Message-ID"]
    box.put(letter("Ačiū.\n\nParama rašė:\n> Gavome jūsų laišką", Message_ID="<antras@alisa>", In_Reply_To=ours))

    rounds.take_letters()

    assert words(only())[1:] == ["Ačiū."]


def test_a_stranger_who_knows_the_number_reaches_no_foreign_conversation(box: Box) -> None:
    box.put(letter())
    rounds.take_letters()
    asked = only()
    box.put(
        letter("Parodykite", From="dan@example.lt", Message_ID="<kitas@dan>", Subject=f"Re: {asked.reference}"),
    )

    rounds.take_letters()

    assert len(words(asked)) == 1
    assert Consultation.objects.count() == 2


def test_a_letter_to_a_conversation_that_is_just_over_opens_it_again(box: Box) -> None:
    box.put(letter())
    rounds.take_letters()
    over = consultations.end_by_resident(only())
    box.put(letter("Dar vienas klausimas", Message_ID="<antras@alisa>", Subject=f"Re: [{over.reference}]"))

    rounds.take_letters()

    assert (only().state, words(over)[-1]) == ("waiting", "Dar vienas klausimas")
    assert only().tasks.filter(state="open").get().reason == TaskReason.BY_MAIL


def test_a_letter_to_a_conversation_that_is_long_over_begins_one_that_names_it(box: Box) -> None:
    box.put(letter())
    rounds.take_letters()
    over = consultations.end_by_resident(only())
    Consultation.objects.update(ended_at=clock.now() - dt.timedelta(days=8))
    box.put(letter("Dar vienas klausimas", Message_ID="<antras@alisa>", Subject=f"Re: [{over.reference}]"))

    rounds.take_letters()

    new = Consultation.objects.exclude(pk=over.pk).get()
    assert transcript.since_for_staff(new, 0)[-1].data == {"continues": over.reference}
    page = at_the_desk().get(address("consultation", new)).content.decode()
    assert f"goes on with {over.reference}" in page


def test_a_letter_whose_language_nobody_can_tell_is_set_right_by_a_person(box: Box) -> None:
    box.put(letter("OK 123", Subject="?"))
    rounds.take_letters()
    taken, desk = consultations.claim(only(), by=bob()), at_the_desk()
    assert "The language of this letter could not be told" in desk.get(address("consultation", taken)).content.decode()

    desk.post(address("deed", taken), {"do": "language", "language": "uk"})

    assert only().language == "uk"
    assert "Answer in Ukrainian" in desk.get(address("consultation", taken)).content.decode()


def test_a_language_that_is_none_of_ours_is_not_set(box: Box) -> None:
    box.put(letter())
    rounds.take_letters()
    taken = consultations.claim(only(), by=bob())

    assert at_the_desk().post(address("deed", taken), {"do": "language", "language": "xx"}).status_code == 409
    assert only().language == "lt"


def test_cut_off_before_it_was_marked_it_is_not_taken_twice(box: Box) -> None:
    box.put(letter())
    box.breaks_on = "STORE"
    rounds.take_letters()
    assert not box.seen

    assert rounds.take_letters() == 0

    assert box.seen == {1}
    assert len(words(only())) == 1


def test_cut_off_before_it_was_stored_it_comes_again(box: Box) -> None:
    box.put(letter())
    with mock.patch.object(letters, "_note", side_effect=RuntimeError):
        rounds.take_letters()
    assert not Consultation.objects.exists()
    assert not box.seen

    assert rounds.take_letters() == 1


def test_one_broken_letter_does_not_hold_up_the_next(box: Box) -> None:
    box.put(letter("Pirmas"))
    box.put(letter("Antras", Message_ID="<antras@alisa>"))
    take, calls = letters.take, iter([RuntimeError(), None])

    def breaks_once(one: Any) -> Consultation | None:
        if trouble := next(calls):
            raise trouble
        return take(one)

    with mock.patch.object(letters, "take", breaks_once):
        assert rounds.take_letters() == 1
    assert box.seen == {2}


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"From": "MAILER-DAEMON@example.lt"},
        {"From": "klausimai@example.lt"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
    ],
)
def test_what_a_program_wrote_is_known_and_not_answered(box: Box, headers: dict[str, str]) -> None:
    box.put(letter(**headers))

    rounds.take_letters()
    rounds.send_answers()

    assert not Consultation.objects.exists()
    assert not mail.outbox
    assert Letter.objects.get().fate == "automatic"
    assert box.seen == {1}


def test_a_sender_who_never_rests_waits_in_the_mailbox(box: Box) -> None:
    for number in range(letters.LETTERS.times + 2):
        box.put(letter(Message_ID=f"<nr{number}@alisa>"))

    rounds.take_letters()

    assert len(box.seen) == letters.LETTERS.times


def test_a_post_office_that_refuses_gets_the_same_letter_again(box: Box) -> None:
    box.put(letter())
    rounds.take_letters()
    with mock.patch("chat.mail.answering.EmailMessage.send", side_effect=OSError):
        assert rounds.send_answers() == 0
    with mock.patch.object(Letter.objects, "get_or_create", side_effect=RuntimeError):  # killed after sending
        rounds.send_answers()

    rounds.send_answers()

    first, second = (sent.extra_headers["Message-ID"] for sent in mail.outbox)
    assert first == second


def test_a_letter_in_html_is_read_as_words(box: Box) -> None:
    made = EmailMessage()
    made["From"], made["Message-ID"] = ALICE, "<html@alisa>"
    made.set_content("<style>p{}</style><p>Laba&nbsp;diena,</p><p>ar <b>priklauso</b>?</p>", subtype="html")
    box.put(bytes(made))

    rounds.take_letters()

    assert re.sub(r"\s+", " ", words(only())[0]) == "Laba diena, ar priklauso?"


def test_files_come_along_and_what_is_not_let_through_is_told_to_bob(box: Box) -> None:
    made = EmailMessage()
    made["From"], made["Message-ID"], made["Subject"] = ALICE, "<byla@alisa>", "Byla"
    made.set_content("Žr. priedą")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="pazyma.pdf")
    made.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="virusas.exe")
    box.put(bytes(made))

    rounds.take_letters()

    page = at_the_desk().get(address("consultation", only())).content.decode()
    assert "left in the mailbox: virusas.exe" in page
    assert "pazyma.pdf</a>" in page
    assert all("virusas" not in str(event.data) for event in transcript.since_for_resident(only(), 0))


def test_bob_s_file_goes_along_with_his_answer(box: Box) -> None:
    box.put(letter())
    rounds.take_letters()
    asked = consultations.claim(only(), by=bob())
    paper = SimpleUploadedFile("Prašymas.pdf", b"%PDF-1.7")
    attachments.attach(asked, [paper], client_id=uuid4(), by=bob())

    rounds.send_answers()

    assert mail.outbox[-1].attachments[0][:2] == ("Prašymas.pdf", b"%PDF-1.7")


def test_a_letter_that_was_not_stored_leaves_no_file(box: Box) -> None:
    made = EmailMessage()
    made["From"], made["Message-ID"] = ALICE, "<byla@alisa>"
    made.set_content("Žr. priedą")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="pazyma.pdf")
    box.put(bytes(made))

    with mock.patch.object(letters, "_note", side_effect=RuntimeError):
        rounds.take_letters()

    assert not list(uploads.folder().iterdir())


def test_a_very_long_letter_is_several_messages_and_whole(box: Box) -> None:
    box.put(letter("žodis " * 1500))

    rounds.take_letters()

    assert " ".join(words(only())).count("žodis") == 1500


def test_a_letter_that_is_far_too_large_is_flagged_for_a_person(box: Box) -> None:
    box.put(letter())
    box.claimed_size = 10**9

    assert rounds.take_letters() == 0
    assert box.flagged == {1}


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "SEARCH", "FETCH"])
def test_a_mailbox_that_breaks_off_is_asked_again(box: Box, command: str) -> None:
    box.put(letter())
    box.breaks_on = command
    assert rounds.take_letters() == 0

    assert rounds.take_letters() == 1


def test_a_wrong_password_is_no_disaster(box: Box, settings: Any) -> None:
    settings.MAILBOX_URL = box.url.replace("slaptas", "kitas")

    assert rounds.take_letters() == 0


def test_bob_answers_at_the_desk(box: Box) -> None:
    box.put(letter("Як отримати допомогу?", Subject="Допомога"))
    rounds.take_letters()
    asked, desk = only(), at_the_desk()
    assert asked.language == "uk"
    desk.post(address("claim", asked))

    page = desk.get(address("consultation", asked)).content.decode()
    assert 'name="send"' in page


def test_erased_it_names_nobody_and_nothing_more_is_sent(box: Box) -> None:
    box.put(letter())
    rounds.take_letters()
    consultations.end_by_resident(only())
    consultations.erase(only(), by=audit.SYSTEM)

    assert rounds.send_answers() == 0
    assert not MailThread.objects.exists()
    assert not Event.objects.exists()
