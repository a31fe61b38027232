"""A supervisor takes out what should not stand in a conversation."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from charter.models import Role
from chat import transcript
from chat.actions import attachments
from chat.models import Consultation, Event
from portal.core import audit, uploads
from portal.core.models import AuditEntry
from tests.chat import ground
from tests.chat.desk.ground import address, at_the_desk
from tests.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Consultation:
    return ground.alice_asks("Mano asmens kodas 38001010000").consultation


def remove(asked: Consultation, *, role: str = Role.SUPERVISOR, **form: str) -> int:
    desk = at_the_desk(staff("Sigita", role))
    return desk.post(address("redact", asked), {"of": "1", "why": "personal"} | form).status_code


def test_the_words_are_gone_everywhere_and_their_place_stays(asked: Consultation) -> None:
    assert remove(asked) == 302

    first, told = transcript.since_for_resident(asked, 0)
    assert (first.text, first.data) == ("", {"redacted": True})
    assert (told.kind, told.data["of"]) == ("redacted", 1)
    assert not Event.objects.filter(text__contains="3800101").exists()
    assert AuditEntry.objects.filter(action="consultation.redacted").count() == 1
    page = at_the_desk().get(address("consultation", asked)).content.decode()
    assert "This message was removed." in page
    assert "3800101" not in page


def test_twice_is_once(asked: Consultation) -> None:
    assert [remove(asked), remove(asked)] == [302, 302]
    assert AuditEntry.objects.filter(action="consultation.redacted").count() == 1


def test_a_consultant_removes_nothing(asked: Consultation) -> None:
    assert remove(asked, role=Role.CONSULTANT) == 409
    assert "3800101" in transcript.since_for_resident(asked, 0)[0].text


@pytest.mark.parametrize("form", [{"of": "2"}, {"of": "²"}, {"of": ""}, {"why": "because"}])
def test_without_a_message_or_a_reason_nothing_is_removed(asked: Consultation, form: dict[str, str]) -> None:
    assert remove(asked, **form) == 409
    assert "3800101" in transcript.since_for_resident(asked, 0)[0].text


def test_a_file_is_erased_with_its_line(
    asked: Consultation, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.DATA_DIR = tmp_path
    paper = SimpleUploadedFile("x.pdf", b"%PDF-1.7")
    attachments.attach(asked, [paper], client_id=uuid4(), by=audit.RESIDENT)

    with django_capture_on_commit_callbacks(execute=True):
        assert remove(asked, of="2") == 302

    assert not list(uploads.folder().iterdir())
