"""A resident adds to their case by themselves: a question, a paper, news, a helper."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.cases.models import CaseLink, CaseNews, Kind, Mandate, OutboxItem
from portal.cases.registries.facts import Status
from portal.core.receipts import Receipt
from tests.portal.cases.moody import MoodyRegistry
from tests.portal.cases.test_my_case import look_up, page, words
from tests.portal.cases.test_requesting import receipt_in

pytestmark = pytest.mark.django_db
ORIGIN: dict[str, Any] = {"HTTP_SEC_FETCH_SITE": "same-origin"}
CASE = "/en/case/mine/"


@pytest.fixture
def alice(client: Client, receipt: Receipt) -> Client:
    look_up(client, receipt.reference, receipt.secret)
    return client


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("sp2.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")


def test_a_question_and_a_paper_reach_the_office_once(
    alice: Client, registry: MoodyRegistry, django_capture_on_commit_callbacks: Any
) -> None:
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            alice.post(f"{CASE}write/", {"text": "When do you come?", "files": paper(), "key": "k"}, **ORIGIN)
    assert [note.text for note in registry.notes("D-0001")] == ["When do you come?"]
    assert "sp2.pdf" in page(alice)


def test_what_is_wrong_is_said_and_the_words_stay(alice: Client) -> None:
    answer = alice.post(f"{CASE}write/", {"text": " ", "key": "k"}, **ORIGIN)
    assert answer.status_code == 422
    assert 'href="#text-more"' in answer.content.decode()
    bad = SimpleUploadedFile("virus.exe", b"MZ")
    answer = alice.post(f"{CASE}write/", {"text": "See this.", "files": bad, "key": "k"}, **ORIGIN)
    assert "See this.</textarea>" in answer.content.decode()
    assert not OutboxItem.objects.filter(kind=Kind.DOCUMENT).exists()


def test_news_begin_and_end_on_the_page(alice: Client) -> None:
    assert alice.post(f"{CASE}news/", {"to": "come by"}, **ORIGIN).status_code == 422
    alice.post(f"{CASE}news/", {"to": "alice@example.org"}, **ORIGIN)
    assert "alice" not in CaseNews.objects.get().sealed
    assert "You get a message when the case moves." in words(page(alice))
    alice.post(f"{CASE}news/", {"stop": "1"}, **ORIGIN)
    assert not CaseNews.objects.exists()


def test_a_helper_let_in_sees_the_case_and_lets_nobody_else_in(alice: Client) -> None:
    facts = {"key": str(uuid4()), "name": "Dan", "role": "child", "may": "see", "until": "2999-01-01"}
    assert alice.post(f"{CASE}helpers/", {**facts, "until": "2020-01-01"}, **ORIGIN).status_code == 422
    reference, secret = receipt_in(alice.post(f"{CASE}helpers/", facts, **ORIGIN).content.decode())
    assert Mandate.objects.count() == 1
    dan = Client()
    look_up(dan, reference, secret)
    assert "You help this person" in page(dan)
    assert dan.get(f"{CASE}helpers/").status_code == 404
    assert "Dan, their son or daughter" in words(page(alice))
    alice.post(f"{CASE}helpers/{Mandate.objects.get().public_id}/end/", **ORIGIN)
    assert dan.get(CASE).status_code == 404


def test_a_stranger_ends_nobodys_help(alice: Client, link: CaseLink, client: Client) -> None:
    assert alice.post(f"{CASE}helpers/{'0' * 32}/end/", **ORIGIN).status_code == 404
    assert Client().post(f"{CASE}helpers/{'0' * 32}/end/", **ORIGIN)["Location"] == "/en/case/"


def test_a_pause_is_explained_while_it_lasts_and_after(
    time: Any, client: Client, receipt: Receipt, registry: MoodyRegistry
) -> None:
    time.shift(dt.timedelta(days=12))
    registry.ask("D-0001", "SP-2")
    time.shift(dt.timedelta(days=3))
    look_up(client, receipt.reference, receipt.secret)
    told = words(page(client))
    assert "Day 12 of 20" in told
    assert "Paused for 3 days: we are waiting for you." in told
    registry.move("D-0001", Status.WORKING)
    time.shift(dt.timedelta(days=1))
    look_up(client, receipt.reference, receipt.secret)
    told = words(page(client))
    assert "Day 13 of 20" in told
    assert "Paused for 3 days, while we waited for you" in told
