"""Saving a request that is not finished, and coming back to it by its receipt."""

from __future__ import annotations

import datetime as dt
import json

from django.db import IntegrityError, transaction

from portal.cases.models import Draft
from portal.cases.requests.steps import Typed
from portal.cases.retention import DRAFT_DAYS
from portal.core import clock, receipts
from portal.core.crypto import Unreadable, decrypt, encrypt
from portal.core.receipts import Receipt

PREFIX = "S"


def save(typed: Typed, *, language: str) -> Receipt:
    """Keep what was typed; the same form saved again is the same draft with the same receipt."""
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
    """What was sent needs no draft."""
    Draft.objects.filter(key=key).delete()
