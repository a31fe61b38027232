"""Files in a conversation: through the upload door, stored with their event or not at all, gone with the words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID, uuid5

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from chat import access
from chat.actions.errors import Unfit
from chat.actions.storing import Draft, store_one
from chat.models import Attachment, Consultation, EventKind
from portal.core import clock, uploads
from portal.core.models import User

AT_MOST = 25  # files of one conversation


class Enough(Unfit):
    """The conversation holds as many files as one may."""

    def __init__(self) -> None:
        super().__init__("enough_files")


def attach(
    consultation: Consultation, files: Sequence[UploadedFile[bytes]], *, client_id: UUID, by: User | str
) -> list[Attachment]:
    """Take files in and show them, all or none; sent again with the same `client_id` nothing is added.

    Raises uploads.Refused for a file that can't be taken; Unfit, Enough, Ended, NotYours.
    """
    if not files:
        raise Unfit("no_file")
    if access.files_of(consultation).count() + len(files) > AT_MOST:
        raise Enough
    kept = uploads.take_in_all(files[: uploads.AT_ONCE])
    added: list[Attachment] = []
    try:
        with transaction.atomic():
            for number, (file, one) in enumerate(zip(files, kept, strict=False)):
                name = shown_name(file.name or "", kind=one.kind)
                made = _add(consultation, one, name, client_id=uuid5(client_id, str(number)), by=by)
                added += [made] if made else []
    except BaseException:
        uploads.forget(one.name for one in kept)
        raise
    shown = {one.kept for one in added}
    uploads.forget(one.name for one in kept if one.name not in shown)
    return added


def shown_name(given: str, *, kind: str) -> str:
    """What the sender called it, as a plain name ending in what the file really is."""
    stem = Path(given.replace("\\", "/")).stem
    clean = "".join(sign for sign in stem if sign.isprintable() and sign not in '<>:"/|?*').strip(". ")
    return f"{clean[:100] or 'file'}.{kind}"


def erase_all(consultation: Consultation) -> None:
    """Rows at once, files once that is committed."""
    kept = list(access.files_of(consultation).values_list("kept", flat=True))
    access.files_of(consultation).all().delete()
    if kept:
        transaction.on_commit(lambda: uploads.forget(kept))


def _add(
    consultation: Consultation, kept: uploads.Kept, name: str, *, client_id: UUID, by: User | str
) -> Attachment | None:
    """The row and its event; None when an earlier try has stored it."""
    made = Attachment(consultation=consultation, kept=kept.name, name=name, size=kept.size, at=clock.now())
    data = {"id": made.public_id, "name": name, "size": kept.size}
    sent = store_one(
        consultation.pk,
        Draft(EventKind.ATTACHMENT, by=by, client_id=client_id, text=name, data=data),
    )
    if sent.is_duplicate:
        return None
    made.save(force_insert=True)
    return made
