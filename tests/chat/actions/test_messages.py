"""Messages: stored once, in order, told apart from notes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from charter.models import Role
from chat import transcript
from chat.actions import consultations, messages
from chat.actions.errors import Conflict, Ended, NotYours, Unfit
from chat.models import Consultation, Event
from tests.chat import ground
from tests.factories.kb import article
from tests.people import bob, staff

pytestmark = pytest.mark.django_db


def public_numbers(consultation: Consultation) -> list[int]:
    return [event.sequence for event in transcript.since_for_resident(consultation, 0)]


def test_a_note_between_two_messages_leaves_no_gap() -> None:
    taken = ground.taken_by_bob()
    ground.bob_writes(taken, "Labas.")
    messages.note(taken, text="Sunkiai girdi.", client_id=uuid4(), by=bob())
    ground.bob_writes(taken, "Kiek jums metų?")

    assert public_numbers(taken) == [1, 2, 3, 4]
    assert [event.sequence for event in transcript.since_for_staff(taken, 0)] == [1, 2, 3, 4, 5]
    assert "Sunkiai girdi." not in str(transcript.since_for_resident(taken, 0))


def test_a_message_sent_twice_is_stored_once() -> None:
    asked, client_id = ground.alice_asks().consultation, uuid4()
    first = ground.alice_writes(asked, client_id=client_id)
    second = ground.alice_writes(asked, client_id=client_id)

    assert (first.is_duplicate, second.is_duplicate) == (False, True)
    assert first.event == second.event


def test_another_text_under_the_same_id_is_a_conflict() -> None:
    asked, client_id = ground.alice_asks().consultation, uuid4()
    ground.alice_writes(asked, "Vienas", client_id=client_id)
    with pytest.raises(Conflict):
        ground.alice_writes(asked, "Du", client_id=client_id)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_message_twenty_times_at_once_is_one_event() -> None:
    asked, client_id = ground.alice_asks().consultation, uuid4()

    def send(_: int) -> bool:
        try:
            return ground.alice_writes(asked, client_id=client_id).is_duplicate
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as doors:
        duplicates = list(doors.map(send, range(20)))

    assert duplicates.count(False) == 1
    assert Event.objects.filter(client_id=client_id).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_who_write_at_once_leave_no_gap() -> None:
    asked = ground.alice_asks().consultation

    def send(number: int) -> None:
        try:
            ground.alice_writes(asked, f"Nr. {number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as doors:
        list(doors.map(send, range(24)))

    assert public_numbers(asked) == list(range(1, 26))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_nothing_is_said_after_the_end_however_close_it_was() -> None:
    taken = ground.taken_by_bob()

    def write_or_end(number: int) -> None:
        try:
            if number == 5:
                consultations.close(taken, by=bob())
            else:
                ground.alice_writes(taken, f"Nr. {number}")
        except Ended:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as doors:
        list(doors.map(write_or_end, range(10)))

    kinds = [event.kind for event in transcript.since_for_resident(taken, 0)]
    assert kinds.index("closed") == len(kinds) - 1


def test_a_closed_conversation_takes_no_message_but_knows_one_it_has() -> None:
    taken, client_id = ground.taken_by_bob(), uuid4()
    ground.alice_writes(taken, client_id=client_id)
    consultations.close(taken, by=bob())

    assert ground.alice_writes(taken, client_id=client_id).is_duplicate
    with pytest.raises(Ended):
        ground.alice_writes(taken)


def test_only_who_holds_it_writes_to_the_resident() -> None:
    with pytest.raises(NotYours):
        ground.bob_writes(ground.taken_by_bob(), by=staff("Ona", Role.CONSULTANT))


def test_an_empty_message_is_no_message() -> None:
    with pytest.raises(Unfit):
        ground.alice_writes(ground.alice_asks().consultation, " \n\0 ")


def test_the_first_reply_of_a_person_is_timed_once() -> None:
    taken = ground.taken_by_bob()
    messages.note(taken, text="Tikrinu", client_id=uuid4(), by=bob())
    assert Consultation.objects.get(pk=taken.pk).first_reply_at is None

    ground.bob_writes(taken)
    replied = Consultation.objects.get(pk=taken.pk).first_reply_at
    ground.bob_writes(taken)

    assert replied is not None
    assert Consultation.objects.get(pk=taken.pk).first_reply_at == replied


def test_an_article_is_sent_in_the_residents_language_with_its_version() -> None:
    made = article(languages=("ru", "en"))
    made.save_revision().publish()
    made.refresh_from_db()
    asked = ground.alice_asks(language="ru").consultation
    taken = consultations.claim(asked, by=bob())

    sent = messages.send_article(taken, code=made.code, client_id=uuid4(), by=bob()).event

    assert sent.data["title"] == "Как получить компенсацию за отопление?"
    assert sent.data["url"].startswith("/ru/")
    assert (sent.article_id, sent.article_version) == (made.pk, made.live_revision_id)


def test_an_article_nobody_may_read_is_not_sent() -> None:
    taken = ground.taken_by_bob()
    with pytest.raises(Unfit):
        messages.send_article(taken, code="A-404", client_id=uuid4(), by=bob())
