"""The upload door: what a file is by its content, how it is kept, and how it is handed out.

PDF, JPG, PNG and DOCX, 10 MB each, five at a time. Pictures are written anew without what the camera told; names are
random and outside the web root; nothing is seen before the virus scanner, where there is one, has called it clean.
"""

from __future__ import annotations

import io
import secrets
import socket
import struct
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _
from PIL import Image

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
AT_ONCE = 5
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Refused(ValueError):
    """This file can't be taken; the text tells the sender why and what to do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file taken in: its random name under DATA_DIR/uploads, kind and size in bytes."""

    name: str
    kind: str
    size: int


def take_in(file: UploadedFile[bytes]) -> Kept:
    """Check, clean and keep one file. Raises Refused."""
    if (file.size or 0) > LARGEST:
        raise Refused(_("The file is larger than 10 MB. Send a smaller one, or several parts."))
    content = file.read()
    kind = kind_of(content)
    if kind is None:
        raise Refused(_("Only PDF, JPG, PNG and DOCX files can be sent. Save it as one of these and try again."))
    if kind in {"jpg", "png"}:
        content = without_metadata(content, kind)
    if not is_clean(content):
        raise Refused(_("The virus scanner did not let this file through. Send another one."))
    name = f"{secrets.token_hex(16)}.{kind}"
    folder().joinpath(name).write_bytes(content)
    return Kept(name=name, kind=kind, size=len(content))


def take_in_all(files: Sequence[UploadedFile[bytes]]) -> list[Kept]:
    """Several files, or none of them: what was kept already goes when a later one is refused. Raises Refused."""
    kept: list[Kept] = []
    try:
        for file in files:
            kept.append(take_in(file))
    except Exception:
        forget(one.name for one in kept)
        raise
    return kept


def forget(kept_names: Iterable[str]) -> None:
    """Erase files that were kept under these random names; one that is gone already is no trouble."""
    for name in kept_names:
        folder().joinpath(Path(name).name).unlink(missing_ok=True)


def folder() -> Path:
    """Where uploads lie; made when first needed, readable by us alone."""
    path = Path(settings.DATA_DIR) / "uploads"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def hand_out(kept_name: str, *, shown_name: str) -> FileResponse:
    """The file as a download that no browser runs. The caller has checked who may have it."""
    path = folder() / Path(kept_name).name
    return _download(path.open("rb"), path.suffix.lstrip("."), shown_name)


def hand_out_content(content: bytes, *, shown_name: str) -> FileResponse:
    """The same for a file that lies elsewhere; what it is shows by its content, anything else is just bytes."""
    return _download(io.BytesIO(content), kind_of(content) or "", shown_name)


def _download(file: IO[bytes], kind: str, shown_name: str) -> FileResponse:
    content_type = TYPES.get(kind, "application/octet-stream")
    response = FileResponse(file, as_attachment=True, filename=shown_name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response


def kind_of(content: bytes) -> str | None:
    """pdf, jpg, png or docx by content, None for anything else – names and declared types are not believed."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"PK") and _is_docx(content):
        return "docx"
    return None


def _is_docx(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
    except zipfile.BadZipFile:
        return False
    return "word/document.xml" in names and not any(name.endswith("vbaProject.bin") for name in names)


def without_metadata(content: bytes, kind: str) -> bytes:
    """The picture painted anew, with nothing the camera told. Raises Refused for one that can't be read."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            fresh = picture.convert("RGB" if kind == "jpg" else "RGBA")
    except Exception as broken:  # a broken file can bring anything out of a decoder: SyntaxError, ValueError …
        raise Refused(_("The picture can’t be opened. Save it again and send it once more.")) from broken
    out = io.BytesIO()
    fresh.save(out, format="JPEG" if kind == "jpg" else "PNG")
    return out.getvalue()


def is_clean(content: bytes) -> bool:
    """What ClamAV says, when CLAMAV_SOCKET is set; an unreachable scanner lets nothing through."""
    path = settings.CLAMAV_SOCKET
    if not path:
        return True
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as scanner:
            scanner.settimeout(30)
            scanner.connect(path)
            scanner.sendall(b"zINSTREAM\0" + struct.pack("!I", len(content)) + content + struct.pack("!I", 0))
            return scanner.recv(1024).endswith(b"OK\0")
    except OSError:
        return False
