"""The upload door believes content, not names."""

import contextlib
import io
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image

from portal.core import uploads


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def picture() -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "the camera knows where Alice lives"
    Image.new("RGB", (8, 8), "red").save(out, format="JPEG", exif=exif)
    return out.getvalue()


def picture_of_noise() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((40, 40), 50).convert("RGB").save(out, format="PNG")
    return out.getvalue()


def docx(extra: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("word/document.xml", "<w/>")
        if extra:
            parts.writestr(extra, "x")
    return out.getvalue()


@pytest.mark.parametrize(("content", "kind"), [(b"%PDF-1.7 x", "pdf"), (docx(), "docx"), (picture(), "jpg")])
def test_a_paper_is_taken_in_under_a_random_name(content: bytes, kind: str) -> None:
    kept = uploads.take_in(SimpleUploadedFile("../../evil.exe", content))
    assert kept.kind == kind
    assert (uploads.folder() / kept.name).exists()
    assert "evil" not in kept.name


@pytest.mark.parametrize(
    "content", [b"MZ\x90", b"<svg onload=alert(1)>", docx("word/vbaProject.bin"), b"PK broken", b""]
)
def test_anything_else_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(uploads.Refused, match="PDF"):
        uploads.take_in(SimpleUploadedFile("paper.pdf", content))


def test_a_picture_that_is_broken_anywhere_is_refused_and_breaks_nothing() -> None:
    whole = picture_of_noise()
    chance = random.Random(3)
    for _ in range(1500):
        broken = bytearray(whole)
        for place in (chance.randrange(8, 90), chance.randrange(8, len(whole))):
            broken[place] = chance.randrange(256)
        with contextlib.suppress(uploads.Refused):
            uploads.without_metadata(bytes(broken), "png")


def test_several_papers_are_taken_in_together_or_none_is_kept() -> None:
    papers = [SimpleUploadedFile("a.pdf", b"%PDF-1.7 x"), SimpleUploadedFile("b.exe", b"MZ")]
    with pytest.raises(uploads.Refused):
        uploads.take_in_all(papers)
    assert not list(uploads.folder().iterdir())


def test_a_picture_forgets_what_the_camera_told() -> None:
    kept = uploads.take_in(SimpleUploadedFile("photo.jpg", picture()))
    assert b"Alice" not in (uploads.folder() / kept.name).read_bytes()


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 10)
    with override("en"), pytest.raises(uploads.Refused, match="larger"):
        uploads.take_in(SimpleUploadedFile("paper.pdf", b"%PDF-" + b"x" * 20))


def test_no_file_passes_while_the_scanner_is_away(settings: Any, tmp_path: Path) -> None:
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody")
    with override("en"), pytest.raises(uploads.Refused, match="scanner"):
        uploads.take_in(SimpleUploadedFile("paper.pdf", b"%PDF-1.7"))


@pytest.mark.django_db  # closing a response is the end of a request
def test_a_file_is_handed_out_as_a_download_only() -> None:
    kept = uploads.take_in(SimpleUploadedFile("paper.pdf", b"%PDF-1.7"))
    response = uploads.hand_out(kept.name, shown_name="pažyma.pdf")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()
