"""What was begun comes back with its papers by its code – and goes with them when its days are over."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.cases import access, retention
from portal.cases.models import Draft, DraftFile, Kind, OutboxItem
from portal.core import clock, uploads
from portal.core.crypto import decrypt
from tests.portal.cases.test_requesting import ORIGIN, post, receipt_in, said

pytestmark = pytest.mark.django_db


def paper(name: str = "sp2.pdf", content: bytes = b"%PDF-1.4\n%%EOF\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def facts(town: None, data: Path) -> dict[str, Any]:
    return said()


def kept() -> list[str]:
    return sorted(path.name for path in uploads.folder().iterdir())


def test_a_saved_paper_comes_back_by_the_code_and_goes_to_the_office_once(
    client: Client, facts: dict[str, Any]
) -> None:
    saved = post(client, facts | {"save": "check", "files": paper()}).content.decode()
    assert "Saved with it: sp2.pdf" in saved
    reference, secret = receipt_in(saved)
    other = Client()
    back = other.post("/en/case/", {"reference": reference, "secret": secret}, **ORIGIN).content.decode()
    assert "sp2.pdf" in back
    for _ in range(2):
        post(other, facts | {"send": "1", "files": paper("id.pdf")})
    sent = [json.loads(decrypt(item.payload)) for item in OutboxItem.objects.filter(kind=Kind.DOCUMENT)]
    assert [one["name"] for one in sent] == ["sp2.pdf", "id.pdf"]
    assert {one["kept_name"] for one in sent} == set(kept())
    assert not Draft.objects.exists()


def test_a_wrong_code_shows_no_name_of_a_paper(client: Client, facts: dict[str, Any]) -> None:
    reference, _secret = receipt_in(post(client, facts | {"save": "check", "files": paper()}).content.decode())
    wrong = Client().post("/en/case/", {"reference": reference, "secret": "0" * 16}, **ORIGIN).content.decode()
    assert "sp2.pdf" not in wrong


def test_a_paper_is_taken_out_again(client: Client, facts: dict[str, Any]) -> None:
    post(client, facts | {"save": "check", "files": paper()})
    number = str(DraftFile.objects.get().pk)
    post(client, said() | {"drop": number})  # from another form
    assert DraftFile.objects.exists()
    assert "sp2.pdf" not in post(client, facts | {"drop": number}).content.decode()
    assert kept() == []


def test_a_dangerous_file_is_not_saved_either(client: Client, facts: dict[str, Any]) -> None:
    answer = post(client, facts | {"save": "check", "files": [paper(), paper("x.pdf", b"MZ")]})
    assert answer.status_code == 422
    assert kept() == []
    assert not Draft.objects.exists()


def test_five_at_once_are_five_in_all(client: Client, facts: dict[str, Any]) -> None:
    post(client, facts | {"save": "check", "files": [paper(f"{n}.pdf") for n in range(4)]})
    more = [paper("a.pdf"), paper("b.pdf")]
    assert post(client, facts | {"save": "check", "files": more}).status_code == 422
    assert post(client, facts | {"send": "1", "files": [paper("a.pdf"), paper("b.pdf")]}).status_code == 422
    assert not access.everything().exists()
    assert DraftFile.objects.count() == len(kept()) == 4


def test_after_its_days_the_papers_go_with_the_draft(client: Client, facts: dict[str, Any]) -> None:
    post(client, facts | {"save": "check", "files": paper()})
    retention.forget_begun(clock.now() - dt.timedelta(days=1))
    assert len(kept()) == 1
    retention.forget_begun(clock.now() + dt.timedelta(seconds=1))
    assert kept() == []
    assert not DraftFile.objects.exists()
