"""Saving a request that is not finished, and coming back to it by its receipt."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.cases.models import Draft, DraftFile
from portal.cases.requests.steps import Typed
from portal.cases.retention import DRAFT_DAYS
from portal.core import clock, receipts, uploads
from portal.core.crypto import Unreadable, decrypt, encrypt
from portal.core.receipts import Receipt

PREFIX = "S"
TOO_MANY = _("At most five files can be sent at once. Choose the ones that matter most.")


def save(typed: Typed, *, language: str, files: Sequence[UploadedFile[bytes]] = ()) -> Receipt:
    """Keep what was typed and chosen; the same form saved again is the same draft with the same receipt.

    Raises uploads.Refused, and then nothing of it is kept.
    """
    if len(files) + len(files_of(typed.key)) > uploads.AT_ONCE:
        raise uploads.Refused(TOO_MANY)
    kept = uploads.take_in_all(files)
    receipt = _save(typed, language=language)
    draft = Draft.objects.get(key=typed.key)
    DraftFile.objects.bulk_create(
        DraftFile(draft=draft, name=(file.name or one.name)[-120:], kept=one.name, size=one.size, at=clock.now())
        for file, one in zip(files, kept, strict=True)
    )
    return receipt


def files_of(key: str) -> list[DraftFile]:
    """The papers that lie with the draft of this form."""
    return list(DraftFile.objects.filter(draft__key=key)) if key else []


def drop_file(key: str, number: str) -> None:
    """The resident takes a paper out again; one that is not theirs is no trouble and stays."""
    found = DraftFile.objects.filter(draft__key=key, pk=number).first() if key and number.isdecimal() else None
    if found is not None:
        found.delete()
        uploads.forget([found.kept])


def _save(typed: Typed, *, language: str) -> Receipt:
    text = encrypt(json.dumps(dict(typed.values), ensure_ascii=False))
    known = _known(typed.key, text)
    if known is not None:
        return known
    receipt = receipts.derived(PREFIX, typed.key, purpose="draft-secret")
    try:
        with transaction.atomic():
            Draft.objects.create(
                reference=receipt.reference,
                secret_digest=receipts.digest(receipt.secret),
                key=typed.key,
                typed=text,
                language=language,
                saved_at=clock.now(),
            )
    except IntegrityError:
        known = _known(typed.key, text)
        if known is None:
            raise
        return known
    return receipt


def _known(key: str, text: str) -> Receipt | None:
    found = Draft.objects.filter(key=key)
    if not found.update(typed=text, saved_at=clock.now()):
        return None
    return receipts.derived(PREFIX, key, purpose="draft-secret", known=found.values_list("reference", flat=True)[0])


def typed_in(draft: Draft) -> Typed:
    """What was typed. Raises Unreadable when its key is gone."""
    try:
        return Typed(json.loads(decrypt(draft.typed)))
    except ValueError as broken:
        raise Unreadable("no draft") from broken


def kept_until() -> dt.date:
    """The last day of what is saved today."""
    return clock.today() + dt.timedelta(days=DRAFT_DAYS)


def forget(key: str) -> None:
    """What was sent needs no draft. Its papers went along and are the outbox's now."""
    Draft.objects.filter(key=key).delete()
