"""What residents do with an appeal: send it, add to it, rate the answer, withdraw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from charter.feedback.actions import publishable
from charter.feedback.appeals import access, deadlines
from charter.feedback.appeals.errors import Closed, Unfit
from charter.feedback.models import (
    Appeal,
    AppealAnswer,
    AppealEvent,
    AppealFile,
    AppealKind,
    AppealState,
    Deed,
)
from charter.models import Institution, Service, ServiceStandard
from portal.core import audit, clock, receipts, uploads
from portal.core.crypto import encrypt
from portal.core.models import User
from portal.core.receipts import Receipt

LONGEST = 6000
LOW = 2
LAST_LEVEL = 2
WEB = "web"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told us. `received_on`: the day it came, today where it is sent here."""

    kind: str
    text: str
    language: str
    channel: str = WEB
    happened_on: dt.date | None = None
    name: str = ""
    contact: str = ""
    is_quotable: bool = False
    service: Service | None = None
    institution: Institution | None = None
    standard: ServiceStandard | None = None
    subject: str = ""
    received_on: dt.date | None = None
    is_demo: bool = False

    def entered(self, *, channel: str, received_on: dt.date) -> Told:
        """The same, entered by staff."""
        return replace(self, channel=channel, received_on=received_on)


def send(told: Told, *, key: str, by: User | str, files: Sequence[UploadedFile[bytes]] = ()) -> Receipt:
    """Keep an appeal, give it to the institution it names and start its term; the receipt is shown once.

    The same form sent again, even at the same moment, gives the same receipt and no second appeal.
    Raises Unfit, uploads.Refused.
    """
    _check(told)
    known = receipt_of(key)
    if known is not None:
        return known
    receipt = receipts.derived("A", key, purpose="appeal-secret")
    kept = uploads.take_in_all(files)
    appeal = _new(told, key, receipt)
    try:
        with transaction.atomic():
            appeal.save(force_insert=True)
            note(appeal, Deed.RECEIVED, by=by)
            _keep_files(appeal, list(zip(files, kept, strict=True)))
            audit.record("appeal.received", appeal, by=by, kind=appeal.kind, channel=appeal.channel)
    except IntegrityError:
        uploads.forget(one.name for one in kept)
        known = receipt_of(key)
        if known is None:
            raise
        return known
    return receipt


def receipt_of(key: str) -> Receipt | None:
    """The receipt this form was answered with before."""
    reference = access.everything().filter(key=key).values_list("reference", flat=True).first()
    return receipts.derived("A", key, purpose="appeal-secret", known=reference) if reference else None


@transaction.atomic
def add(appeal: Appeal, text: str, *, files: Sequence[UploadedFile[bytes]] = ()) -> None:
    """The resident adds words or papers; a clock that stood for them goes on. Raises Unfit, Closed, uploads.Refused."""
    text = text.strip()[:LONGEST]
    if not text and not files:
        raise Unfit("text")
    appeal = locked(appeal)
    if not appeal.is_open:
        raise Closed
    _keep_files(appeal, list(zip(files, uploads.take_in_all(files), strict=True)))
    note(appeal, Deed.REPLIED, by=audit.RESIDENT, text=text)
    if appeal.state == AppealState.WAITING:
        appeal.state = AppealState.WORKING
        appeal.due_on = deadlines.due_of(appeal)
        appeal.save(update_fields=["state", "due_on"])
        audit.record("appeal.continued", appeal, by=audit.RESIDENT)


@transaction.atomic
def rate(appeal: Appeal, score: int, text: str = "") -> bool:
    """The resident rates the answer, once; a low rating reopens the appeal on the next level, once.

    Returns whether it was reopened. Raises Closed when there is no answer to rate.
    """
    appeal = locked(appeal)
    answer = appeal.answers.filter(sent_at__isnull=False, score=None, level=appeal.level).first()
    if answer is None or appeal.state != AppealState.ANSWERED:
        raise Closed
    answer.score, answer.score_text = score, publishable(text)
    answer.save(update_fields=["score", "score_text"])
    note(appeal, Deed.RATED, by=audit.RESIDENT, text=str(score))
    is_reopened = score <= LOW and appeal.level < LAST_LEVEL and appeal.kind != AppealKind.THANKS
    if is_reopened:
        _reopen(appeal)
    audit.record("appeal.rated", appeal, by=audit.RESIDENT, reopened=is_reopened)
    return is_reopened


@transaction.atomic
def withdraw(appeal: Appeal) -> None:
    """The resident takes it back. Raises Closed."""
    appeal = locked(appeal)
    if not appeal.is_open:
        raise Closed
    appeal.state, appeal.closed_at = AppealState.WITHDRAWN, clock.now()
    appeal.save(update_fields=["state", "closed_at"])
    note(appeal, Deed.WITHDRAWN, by=audit.RESIDENT)
    audit.record("appeal.withdrawn", appeal, by=audit.RESIDENT)


def locked(appeal: Appeal) -> Appeal:
    """The row as it is now, ours until the transaction ends."""
    return access.everything().select_for_update().get(pk=appeal.pk)


def note(
    appeal: Appeal, deed: Deed, *, by: User | str, text: str = "", institution: Institution | None = None
) -> AppealEvent:
    """Put one deed on the appeal's record."""
    return AppealEvent.objects.create(
        appeal=appeal,
        deed=deed,
        at=clock.now(),
        day=clock.today(),
        by=by if isinstance(by, User) else None,
        text=text,
        institution=institution,
    )


def _check(told: Told) -> None:
    if told.kind not in AppealKind.values:
        raise Unfit("kind")
    if not told.text.strip():
        raise Unfit("text")
    today = clock.today()
    if told.happened_on and told.happened_on > today:
        raise Unfit("happened_on")
    if told.received_on and told.received_on > today:
        raise Unfit("received_on")


def _new(told: Told, key: str, receipt: Receipt) -> Appeal:
    received = told.received_on or clock.today()
    appeal = Appeal(
        reference=receipt.reference,
        secret_digest=receipts.digest(receipt.secret),
        key=key,
        kind=told.kind,
        text=told.text.strip()[:LONGEST],
        happened_on=told.happened_on,
        name=told.name.strip()[:120],
        contact=encrypt(told.contact.strip()[:200]),
        language=told.language,
        channel=told.channel,
        is_quotable=told.is_quotable,
        service=told.service,
        institution=told.institution or (told.service.provider if told.service else None),
        standard=told.standard,
        subject=told.subject[:12],
        received_on=received,
        entered_at=clock.now(),
        confirmed_on=clock.today(),  # the receipt is the confirmation
        is_demo=told.is_demo,
    )
    deadlines.begin(appeal, on=received)
    return appeal


def _keep_files(appeal: Appeal, files: Sequence[tuple[UploadedFile[bytes], uploads.Kept]]) -> None:
    AppealFile.objects.bulk_create(
        AppealFile(appeal=appeal, name=(file.name or kept.name)[-120:], kept=kept.name, size=kept.size, at=clock.now())
        for file, kept in files
    )


def _reopen(appeal: Appeal) -> None:
    """Once more, at the next level: another person, a term of its own."""
    appeal.level += 1
    appeal.state, appeal.closed_at, appeal.responsible = AppealState.RECEIVED, None, None
    deadlines.begin(appeal, on=clock.today())
    appeal.save(
        update_fields=[
            "level",
            "state",
            "closed_at",
            "responsible",
            "term_from",
            "days",
            "clock",
            "due_on",
            "extended_days",
            "extension_reason",
        ]
    )
    note(appeal, Deed.REOPENED, by=audit.RESIDENT)


def unsent_answer(appeal: Appeal) -> AppealAnswer | None:
    """The answer that waits for the second pair of eyes."""
    return appeal.answers.filter(sent_at=None, level=appeal.level, returned_because="").first()
