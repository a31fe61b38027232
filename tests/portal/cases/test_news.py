"""A resident hears that their case has moved – once, in their language, and never what it is about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from portal.cases import linking, news
from portal.cases.models import CaseLink, CaseNews
from portal.cases.registries.facts import Status
from portal.core import crypto
from tests.portal.cases.moody import MoodyRegistry

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(link: CaseLink, registry: MoodyRegistry, django_capture_on_commit_callbacks: Any) -> Any:
    """Alice asked for news; `heard()` reads what changed and gives the letters there are."""
    news.wish(link, "alice@example.org")

    def heard() -> list[Any]:
        with django_capture_on_commit_callbacks(execute=True):
            linking.read_changes()
        return mail.outbox

    return heard


def test_a_change_is_told_once_and_nothing_of_the_matter(time: Any, heard: Any, registry: MoodyRegistry) -> None:
    assert heard() == []
    time.shift(60)
    registry.ask("D-0001", "Pajamų pažyma")
    assert len(heard()) == len(heard()) == 1
    letter = mail.outbox[0]
    assert letter.to == ["alice@example.org"]
    assert "/ru/case/" in letter.body
    for secret in ("Pajamų", "Help at home", "Pagalba", "D-0001"):
        assert secret not in f"{letter.body} {letter.subject}"
    assert letter.extra_headers["List-Unsubscribe"]


def test_a_phone_gets_a_text_message(
    time: Any, heard: Any, registry: MoodyRegistry, link: CaseLink, settings: Any, tmp_path: Path
) -> None:
    settings.SMS_BACKENDS = {
        "default": {"BACKEND": "portal.core.sms.files.FileSms", "OPTIONS": {"folder": str(tmp_path)}}
    }
    news.wish(link, "8 612 34567")
    heard()
    time.shift(60)
    registry.move("D-0001", Status.GRANTED, "Skirta.")
    assert heard() == []
    assert next(tmp_path.iterdir()).read_text().startswith("+37061234567\n")


def test_the_link_in_a_message_stops_them_without_signing_in(
    time: Any, heard: Any, registry: MoodyRegistry, client: Client
) -> None:
    address = f"/ru/case/no-news/{news.token_of(CaseNews.objects.get())}/"
    client.get(address)
    assert CaseNews.objects.exists()
    client.post(address.replace("-", "-x", 2))
    assert CaseNews.objects.exists()
    client.post(address)
    time.shift(60)
    registry.move("D-0001", Status.GRANTED)
    assert heard() == []


def test_an_address_is_silenced_for_good_and_taken_back_by_the_same_link(
    time: Any, heard: Any, registry: MoodyRegistry, client: Client, link: CaseLink
) -> None:
    address = f"/en/case/no-news/{news.token_of(CaseNews.objects.get())}/"
    to = crypto.decrypt(CaseNews.objects.get().sealed)
    client.post(address, {"never": "1"})
    time.shift(60)
    registry.move("D-0001", Status.GRANTED)
    assert heard() == []
    with pytest.raises(news.Silent):
        news.wish(link, to)
    assert "You may write to me again" in client.get(address).content.decode()
    client.post(address, {"again": "1"})
    news.wish(link, to)
    assert CaseNews.objects.exists()


def test_what_is_no_address_is_refused(link: CaseLink) -> None:
    with pytest.raises(news.Unfit):
        news.wish(link, "come by")
