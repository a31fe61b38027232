"""Bob takes a call: one key, who it is, what was answered, and the answer sent after it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from charter.models import Role
from chat import access
from chat.actions import consultations
from chat.models import Consultation, State
from portal.core.models import AuditEntry
from tests.chat import ground
from tests.chat.desk.ground import address, answers, at_the_desk
from tests.factories.answers import article, topic
from tests.people import bob, staff

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def messages(tmp_path: Path, settings: Any) -> Path:
    """Where short messages go."""
    settings.SMS_BACKENDS = {
        "default": {"BACKEND": "portal.core.sms.files.FileSms", "OPTIONS": {"folder": str(tmp_path / "sms")}}
    }
    return tmp_path / "sms"


def a_call() -> Consultation:
    at_the_desk().post(address("call"), {"key": str(uuid4())})
    found = access.held_by(bob()).get()
    assert isinstance(found, Consultation)
    return found


def with_an_article() -> Consultation:
    call = a_call()
    article("A-001")
    at_the_desk().post(address("send_article", call), {"article": "A-001", "key": str(uuid4())})
    return call


def test_one_key_opens_the_card_and_a_second_press_is_the_same_call() -> None:
    desk, key = at_the_desk(), {"key": str(uuid4())}

    first, second = desk.post(address("call"), key), desk.post(address("call"), key)

    assert first.headers["Location"] == second.headers["Location"]
    page = desk.get(first.headers["Location"]).content.decode()
    assert "Steps of the call" in page
    assert "Keep as a note" in page
    assert 'name="send"' not in page


def test_a_caller_is_known_again_by_the_number() -> None:
    first, desk = a_call(), at_the_desk()
    desk.post(address("caller", first), {"phone": "8 612 34567", "name": "Ona", "language": "lt"})
    topic("bustas")
    desk.post(address("write", first), answers(end="1"))

    second = a_call()
    desk.post(address("caller", second), {"phone": "+37061234567", "name": "", "language": "ru"})

    page = desk.get(address("consultation", second)).content.decode()
    assert "Earlier contacts from this number" in page
    assert first.reference in page


def test_nothing_of_another_institutions_caller_is_shown() -> None:
    first = a_call()
    at_the_desk().post(address("caller", first), {"phone": "861234567", "name": "Ona", "language": "lt"})
    Consultation.objects.filter(pk=first.pk).update(institution=ground.institution("rytas"))
    far = at_the_desk(staff("Rita", Role.CONSULTANT, institution=ground.institution("vakaras")))

    page = far.post(address("find"), {"q": "861234567"}).content.decode()

    assert first.reference not in page
    assert "Nothing that you may open" in page


def test_a_contact_is_found_by_the_number_of_its_receipt() -> None:
    call = a_call()

    assert call.reference in at_the_desk().post(address("find"), {"q": call.reference.lower()}).content.decode()


def test_which_proofs_were_asked_is_kept_and_never_what_was_said() -> None:
    call, desk = a_call(), at_the_desk()

    desk.post(address("identity", call), {"proof": ["name", "birth_date", "address", "made up"]})

    assert AuditEntry.objects.get(action="consultation.identity_checked").facts == {"proofs": 3}
    assert "Checked at" in desk.get(address("consultation", call)).content.decode()


def test_two_proofs_are_too_few() -> None:
    call, desk = a_call(), at_the_desk()

    desk.post(address("identity", call), {"proof": ["name", "address"]})

    assert "Too little asked" in desk.get(address("consultation", call)).content.decode()


def test_the_answers_go_to_the_callers_phone(messages: Path) -> None:
    call = with_an_article()

    at_the_desk().post(address("send_out", call), {"to": "8 612 34567"})

    sent = next(messages.iterdir()).read_text()
    assert sent.startswith("+37061234567\n")
    assert "How to get compensation?: http" in sent
    assert call.reference not in sent


def test_the_answers_go_by_mail() -> None:
    call = with_an_article()

    at_the_desk().post(address("send_out", call), {"to": "ona@example.lt"})

    assert mail.outbox[0].to == ["ona@example.lt"]
    assert "Hand in a request." in mail.outbox[0].body


@pytest.mark.parametrize("to", ["", "abc", "ona@", "a@b.lt\nBcc: c@d.lt"])
def test_nothing_goes_to_what_is_no_address(to: str, messages: Path) -> None:
    call = with_an_article()

    answer = at_the_desk().post(address("send_out", call), {"to": to})

    assert answer.status_code == 422
    assert not mail.outbox
    assert not messages.exists()


def test_a_call_without_an_answer_has_nothing_to_send() -> None:
    answer = at_the_desk().post(address("send_out", a_call()), {"to": "861234567"})

    assert "Note at least one article first" in answer.content.decode()


def test_a_gateway_that_does_not_answer_is_said_and_the_number_stays(settings: Any) -> None:
    settings.SMS_BACKENDS = {
        "default": {"BACKEND": "portal.core.sms.gateway.GatewaySms", "OPTIONS": {"url": "http://127.0.0.1:9/sms"}}
    }
    answer = at_the_desk().post(address("send_out", with_an_article()), {"to": "861234567"})

    assert answer.status_code == 503
    assert "861234567" in answer.content.decode()


def test_a_colleague_cannot_note_the_caller_of_somebody_elses_call() -> None:
    call = a_call()

    answer = at_the_desk(staff("Ona", Role.CONSULTANT)).post(address("caller", call), {"name": "X", "language": "lt"})

    assert answer.status_code == 409


def test_a_call_is_wrapped_up_like_any_conversation() -> None:
    call = a_call()
    topic("bustas")

    at_the_desk().post(address("write", call), answers(end="1"))

    call.refresh_from_db()
    assert call.state == State.CLOSED
    assert consultations.is_registered(call) is False
