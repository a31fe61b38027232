"""A call is recorded by the same three answers, and a request by one form."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from charter.feedback.models import Rating
from chat import access, cookie
from chat.actions import consultations
from chat.models import Channel, Consultation
from portal.cases import access as cases
from tests.chat import ground
from tests.chat.desk.ground import address, answers, at_the_desk
from tests.factories.answers import topic
from tests.factories.charter import service
from tests.people import bob

pytestmark = pytest.mark.django_db


def call(**changed: str) -> dict[str, str]:
    topic("bustas")
    return answers(**{"channel": "phone", "language": "ru", "waited": "1:20"} | changed)


def recorded() -> Consultation:
    found = access.for_statistics().get()
    assert isinstance(found, Consultation)
    return found


def test_a_call_is_recorded_with_how_long_the_caller_waited() -> None:
    answer = at_the_desk().post(address("contact"), call())

    kept = recorded()
    assert (kept.channel, kept.language, kept.waited_seconds) == (Channel.PHONE, "ru", 80)
    assert answer.headers["Location"] == address("recorded", kept)


def test_the_same_form_twice_is_one_contact() -> None:
    desk, form = at_the_desk(), call()
    for _time in range(2):
        desk.post(address("contact"), form)
    assert recorded()


@pytest.mark.parametrize("waited", ["long", "1:xx", "-5", "99999"])
def test_a_waiting_time_nobody_understands_is_asked_for_again(waited: str) -> None:
    page = at_the_desk().post(address("contact"), call(waited=waited, note="Klausė dėl kainos"))

    assert page.status_code == 422
    assert "Klausė dėl kainos" in page.content.decode()
    assert not access.for_statistics().exists()


def test_searching_in_the_middle_loses_nothing() -> None:
    page = at_the_desk().post(address("contact"), call(find="1", k="šildymas", note="Pusė pastabos"))

    assert "Pusė pastabos" in page.content.decode()
    assert not access.for_statistics().exists()


def test_nobody_at_the_desk_answers_for_a_resident_who_writes() -> None:
    taken = ground.taken_by_bob()
    consultations.end_by_resident(taken)

    answer = at_the_desk().post(address("rate", taken), {"score": "5"})

    assert answer.status_code == 404
    assert not Rating.objects.exists()


def test_the_callers_answer_is_counted_as_entered_by_staff() -> None:
    desk = at_the_desk()
    desk.post(address("contact"), call())

    desk.post(address("rate", recorded()), {"score": "4"})

    assert Rating.objects.values_list("score", "entry_kind", "channel").get() == (4, "staff", "phone")


def request(**changed: str) -> dict[str, str]:
    service("sildymas")
    return {"service": "sildymas", "name": "Ona Petraitė", "language": "lt", "key": str(uuid4())} | changed


def test_a_request_gives_the_caller_a_receipt() -> None:
    desk = at_the_desk()
    desk.post(address("contact"), call())

    page = desk.post(address("request", recorded()), request())

    link = cases.everything().get()
    assert link.consultation_reference == recorded().reference
    assert link.reference in page.content.decode()
    assert page.content.decode().count("receipt__code") > 2  # number and secret


def test_in_an_open_chat_the_resident_is_told_and_nobody_reads_the_secret() -> None:
    taken = ground.taken_by_bob()

    page = at_the_desk().post(address("request", taken), request()).content.decode()

    assert "receipt__code" not in page
    assert access.public_events(taken).filter(kind="request").exists()


def test_pressing_register_twice_is_one_request() -> None:
    taken, desk, form = ground.taken_by_bob(), at_the_desk(), request()
    for _time in range(2):
        desk.post(address("request", taken), form)

    assert cases.everything().count() == 1
    assert access.public_events(taken).filter(kind="request").count() == 1


def test_a_request_without_a_name_is_asked_for_it_and_keeps_the_rest() -> None:
    page = at_the_desk().post(address("request", ground.taken_by_bob()), request(name="", phone="8 600 00000"))

    assert page.status_code == 422
    assert "8 600 00000" in page.content.decode()
    assert not cases.everything().exists()


def test_alice_opens_the_receipt_and_her_case_from_the_conversation() -> None:
    started = ground.alice_asks()
    taken = consultations.claim(started.consultation, by=bob())
    at_the_desk().post(address("request", taken), request())
    alice = Client()
    alice.cookies[cookie.name()] = started.token
    link = cases.everything().get()

    page = alice.get(f"/en/chat/{taken.public_id}/request/").content.decode()
    opened = alice.post(f"/en/chat/{taken.public_id}/request/", {"reference": link.reference})

    assert link.reference in page
    assert page.count("receipt__code") > 2
    assert alice.get(opened["Location"]).status_code == 200


def test_nobody_else_opens_that_receipt() -> None:
    taken = ground.taken_by_bob()
    at_the_desk().post(address("request", taken), request())
    link = cases.everything().get()

    for stranger in (Client(), at_the_desk()):
        assert stranger.get(f"/en/chat/{taken.public_id}/request/").status_code == 404
        assert stranger.post(f"/en/chat/{taken.public_id}/request/", {"reference": link.reference}).status_code == 404


def test_a_callers_case_opens_out_of_the_conversation_with_a_reason() -> None:
    taken, desk = ground.taken_by_bob(), at_the_desk()
    desk.post(address("request", taken), request())
    link = cases.everything().get()

    form = desk.get(address("matter", taken), {"reference": link.reference}).content.decode()
    assert link.reference in form
    assert desk.post(address("matter", taken), {"reference": link.reference, "cause": ""}).status_code == 422
    assert desk.post(address("matter", taken), {"reference": "B0000-0000", "cause": "question"}).status_code == 422
    opened = desk.post(address("matter", taken), {"reference": link.reference, "cause": "question"})

    opening = link.openings.get()
    assert (opening.conversation, opening.identity_at) == (taken.reference, None)
    assert "Who are you speaking with?" in desk.get(opened["Location"]).content.decode()


def test_who_was_checked_in_the_conversation_is_not_checked_again() -> None:
    taken, desk = ground.taken_by_bob(), at_the_desk()
    desk.post(address("request", taken), request())
    desk.post(address("identity", taken), {"proof": ["name", "birth_date", "address"]})
    link = cases.everything().get()

    desk.post(address("matter", taken), {"reference": link.reference, "cause": "question"})

    assert link.openings.get().identity_at is not None
