"""Alice sends a paper, Bob sends one back; nobody else has them, and they go with the words."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.test import Client

from chat import transcript
from chat.actions import attachments, consultations
from chat.actions.starting import Started
from chat.models import Attachment
from portal.core import audit, uploads
from tests.chat import ground
from tests.chat.desk.ground import address, at_the_desk
from tests.people import bob

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def alice(client: Client) -> Started:
    begun = ground.alice_asks()
    client.cookies["consultation"] = begun.token
    return begun


def paper(name: str = "Pažyma.pdf", content: bytes = b"%PDF-1.7 x") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client: Client, alice: Started, *files: SimpleUploadedFile, key: str = "") -> Any:
    form = {"files": list(files), "client_id": key or str(uuid4())}
    return client.post(f"/en/chat/{alice.consultation.public_id}/files/", form)


def kept() -> int:
    return len(list(uploads.folder().iterdir()))


def content(answer: Any) -> bytes:
    return b"".join(cast("FileResponse", answer).streaming_content)  # type: ignore[arg-type]


def test_a_paper_stands_in_the_conversation_and_bob_opens_it(client: Client, alice: Started) -> None:
    assert send(client, alice, paper()).status_code == 302

    page = client.get(f"/en/chat/{alice.consultation.public_id}/").content.decode()
    one = Attachment.objects.get()
    assert f"/en/chat/{alice.consultation.public_id}/files/{one.public_id}/" in page
    assert "Pažyma.pdf" in at_the_desk().get(address("consultation", alice.consultation)).content.decode()
    fetched = at_the_desk().get(address("consultation", alice.consultation) + f"files/{one.public_id}/")
    assert content(fetched) == b"%PDF-1.7 x"
    assert fetched["Content-Disposition"].startswith("attachment")


def test_bob_sends_a_paper_and_alice_fetches_it(client: Client, alice: Started) -> None:
    consultations.claim(alice.consultation, by=bob())

    answer = at_the_desk().post(address("attach", alice.consultation), {"files": [paper()], "key": str(uuid4())})

    assert answer.status_code == 302
    one = Attachment.objects.get()
    assert content(client.get(f"/en/chat/{alice.consultation.public_id}/files/{one.public_id}/")) == b"%PDF-1.7 x"
    assert transcript.since_for_resident(alice.consultation, 0)[-1].look == "attachment-consultant"


def test_a_colleague_who_does_not_hold_it_sends_nothing(alice: Started) -> None:
    answer = at_the_desk().post(address("attach", alice.consultation), {"files": [paper()], "key": str(uuid4())})

    assert answer.status_code == 409
    assert kept() == 0


def test_the_same_form_twice_is_one_paper(client: Client, alice: Started) -> None:
    key = str(uuid4())
    for _time in range(2):
        send(client, alice, paper(), key=key)

    assert Attachment.objects.count() == 1
    assert kept() == 1


def test_what_is_no_paper_is_refused_beside_the_field_with_its_neighbours(client: Client, alice: Started) -> None:
    answer = send(client, alice, paper(), paper("x.pdf", b"MZ program"))

    assert answer.status_code == 422
    assert 'id="files-error"' in answer.content.decode()
    assert (Attachment.objects.count(), kept()) == (0, 0)


@pytest.mark.parametrize("answer", [b"stream: Eicar-Signature FOUND\0", b"stream: OK\0"])
def test_what_the_scanner_calls_infected_reaches_nobody(
    client: Client, alice: Started, settings: Any, tmp_path: Path, answer: bytes
) -> None:
    with scanner(tmp_path / "clamd", answer) as address:
        settings.CLAMAV_SOCKET = address
        status = send(client, alice, paper()).status_code

    is_clean = b"OK" in answer
    assert status == (302 if is_clean else 422)
    assert (Attachment.objects.count(), kept()) == ((1, 1) if is_clean else (0, 0))


def test_a_file_too_large_is_refused_and_leaves_nothing_behind(
    client: Client, alice: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    answer = send(client, alice, paper(), paper("large.pdf", b"%PDF-" + b"x" * 2000))

    assert answer.status_code == 422
    assert (Attachment.objects.count(), kept()) == (0, 0)


@contextmanager
def scanner(path: Path, answer: bytes) -> Iterator[str]:
    """A scanner that says the same of every file."""

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.rfile.read(len(b"zINSTREAM\0"))
            while size := int.from_bytes(self.rfile.read(4), "big"):
                self.rfile.read(size)
            self.wfile.write(answer)

    with socketserver.ThreadingUnixStreamServer(str(path), Talk) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield str(path)
        server.shutdown()
        thread.join()


def test_no_file_at_all_is_asked_for(client: Client, alice: Started) -> None:
    answer = send(client, alice)

    assert answer.status_code == 409
    assert "Choose a file first" in answer.content.decode()


def test_after_the_end_nothing_is_taken(client: Client, alice: Started) -> None:
    consultations.end_by_resident(alice.consultation)

    assert send(client, alice, paper()).status_code == 409
    assert kept() == 0


def test_a_conversation_holds_so_many(client: Client, alice: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "AT_MOST", 1)
    send(client, alice, paper())

    assert "as many files as it can" in send(client, alice, paper()).content.decode()
    assert kept() == 1


def test_a_foreign_paper_is_not_there(client: Client, alice: Started) -> None:
    other = ground.alice_asks("Kitas žmogus").consultation
    (foreign,) = attachments.attach(other, [paper()], client_id=uuid4(), by=audit.RESIDENT)

    assert client.get(f"/en/chat/{alice.consultation.public_id}/files/{foreign.public_id}/").status_code == 404
    assert client.get(f"/en/chat/{other.public_id}/files/{foreign.public_id}/").status_code == 404
    theirs = address("consultation", alice.consultation) + f"files/{foreign.public_id}/"
    assert at_the_desk().get(theirs).status_code == 404


def test_they_go_with_the_words(client: Client, alice: Started, django_capture_on_commit_callbacks: Any) -> None:
    send(client, alice, paper())
    consultations.end_by_resident(alice.consultation)
    with django_capture_on_commit_callbacks(execute=True):
        consultations.erase(alice.consultation, by=audit.RESIDENT)

    assert (Attachment.objects.count(), kept()) == (0, 0)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\fakepath\\Pažyma 1.exe", "Pažyma 1.pdf"),
        ('a"<b>\u202e.pdf', "ab.pdf"),
        ("...", "file.pdf"),
    ],
)
def test_a_name_is_only_a_name(given: str, shown: str) -> None:
    assert attachments.shown_name(given, kind="pdf") == shown
