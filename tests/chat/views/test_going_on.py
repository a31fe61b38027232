"""Alice comes back to a conversation that has ended: her page offers it, and nothing she types is lost."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from chat import cookie
from chat.actions import consultations, floor
from chat.models import Consultation, State
from portal.core import clock
from tests.chat import ground
from tests.chat.desk.ground import address, at_the_desk
from tests.people import bob

pytestmark = pytest.mark.django_db


def alices_browser(*, abused: bool = False) -> tuple[Client, Consultation]:
    begun = ground.alice_asks()
    taken = consultations.claim(begun.consultation, by=bob())
    ended = floor.end_for_abuse(taken, by=bob()) if abused else consultations.close(taken, by=bob())
    browser = Client()
    browser.cookies[cookie.name()] = begun.token
    return browser, ended


def go_on(browser: Client, over: Consultation, text: str) -> tuple[int, str]:
    answer = browser.post(f"/en/chat/{over.public_id}/again/", {"client_id": str(uuid4()), "text": text})
    return answer.status_code, answer.content.decode()


def test_the_page_says_until_when_and_one_press_goes_on() -> None:
    browser, over = alices_browser()
    page = browser.get(f"/en/chat/{over.public_id}/").content.decode()
    assert "Is something still open?" in page

    assert go_on(browser, over, "And the bath?")[0] == 302

    again = browser.get(f"/en/chat/{over.public_id}/").content.decode()
    assert "You opened the conversation again" in again
    assert "And the bath?" in again
    assert "You are in the queue" in again


def test_too_late_the_words_come_back_to_be_copied() -> None:
    browser, over = alices_browser()
    Consultation.objects.update(ended_at=clock.now() - dt.timedelta(days=8))

    assert "Is something still open?" not in browser.get(f"/en/chat/{over.public_id}/").content.decode()
    status, page = go_on(browser, over, "And the bath?")

    assert status == 409
    assert "And the bath?" in page
    assert "This message was not sent." in page


def test_an_empty_box_opens_nothing_and_says_what_to_do() -> None:
    browser, over = alices_browser()
    status, page = go_on(browser, over, "  ")

    assert status == 422
    assert 'href="#text"' in page
    assert Consultation.objects.get().is_ended


def test_who_was_ended_for_insults_reads_no_offer() -> None:
    browser, over = alices_browser(abused=True)
    assert "Is something still open?" not in browser.get(f"/en/chat/{over.public_id}/").content.decode()
    assert go_on(browser, over, "Bla")[0] == 409


def test_a_foreign_conversation_is_not_opened() -> None:
    eve, _hers = alices_browser()
    _alice, over = alices_browser()
    assert go_on(eve, over, "Labas")[0] == 404
    assert Consultation.objects.get(pk=over.pk).is_ended


def test_bob_opens_again_what_he_ended_by_mistake() -> None:
    _alice, over = alices_browser()
    desk = at_the_desk()
    page = desk.get(address("consultation", over)).content.decode()
    assert "Open it again" in page

    desk.post(address("deed", over), {"do": "reopen"})

    assert Consultation.objects.get().state == State.ACTIVE
    page = desk.get(address("consultation", over)).content.decode()
    assert "Bob opened the conversation again" in page
    assert "Open it again" not in page
