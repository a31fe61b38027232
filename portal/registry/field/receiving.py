"""What a tablet brings: each record once, kept as a visit or laid before the head – never dropped."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from portal.core import audit, clock
from portal.core.crypto import encrypt
from portal.registry.access import May, may
from portal.registry.field import keys, reading, tablets
from portal.registry.field.sealing import NotOpened
from portal.registry.models import FieldRecord, FieldState, Post, Recipient, Tablet
from portal.registry.posts import post_of
from portal.registry.refusals import Refused
from portal.registry.visits import actions as visits
from portal.registry.visits.actions import Entry

# Why a record waits though nobody refused the visit itself; its sentence stands in `refusals`.
OTHER = "another_visit_has_this_id"
SEALED_WRONG = frozenset({"cannot_be_opened", "not_by_the_worker"})


@dataclass(frozen=True, slots=True)
class Sent:
    """One sealed record as it came."""

    client_id: UUID
    key_id: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the tablet is told of one record: a state of the protocol, and why."""

    client_id: UUID
    state: str
    why: str = ""
    sentence: str = ""
    mended: int = 0


def receive(tablet: Tablet, sent: Sent, *, skew: int) -> Answer:
    """Take one record. The same one again, also at the same moment, gives the answer of the one that is there."""
    try:
        record, is_new = _receive(tablet, sent, skew)
    except IntegrityError:  # it came twice at once: now the other one is there
        record, is_new = _receive(tablet, sent, skew)
    if record.digest != _digest(sent):  # two records under one number: the one that is there stays, the other is told
        return Answer(sent.client_id, "conflict", OTHER, Refused(OTHER).sentence)
    return answer_of(record, is_new=is_new)


def states_of(asked: list[UUID]) -> list[Answer]:
    """What became of records that were in conflict when they were sent; only who wrote one knows its number."""
    found = FieldRecord.objects.filter(client_id__in=asked).select_related("worker")
    return [answer_of(record, is_new=False) for record in found]


def answer_of(record: FieldRecord, *, is_new: bool) -> Answer:
    """A record in the words of the protocol: kept, known, conflict, refused or dismissed."""
    if record.state == FieldState.KEPT:
        return Answer(record.client_id, "kept" if is_new else "known", mended=record.mended_seconds)
    if record.state == FieldState.DISMISSED:
        return Answer(record.client_id, "dismissed", record.why, record.settled_reason)
    state = "refused" if record.why in SEALED_WRONG else "conflict"
    return Answer(record.client_id, state, record.why, sentence_of(record), record.mended_seconds)


def sentence_of(record: FieldRecord) -> str:
    """Why it waits, in the language of the page."""
    return Refused(record.why, **{name: _fact(fact) for name, fact in record.facts.items()}).sentence


@transaction.atomic
def _receive(tablet: Tablet, sent: Sent, skew: int) -> tuple[FieldRecord, bool]:
    known = FieldRecord.objects.filter(client_id=sent.client_id).first()
    if known is not None:
        return known, False
    record = FieldRecord(
        client_id=sent.client_id,
        tablet=tablet,
        worker=tablet.worker,
        department=tablet.department,
        state=FieldState.WAITING,
        key_id=sent.key_id,
        digest=_digest(sent),
        received_at=clock.now(),
    )
    try:
        _open_and_keep(record, sent, skew)
    except Refused as refused:
        record.why, record.facts = refused.why, {name: _plain(fact) for name, fact in refused.facts.items()}
        if refused.why in SEALED_WRONG:
            record.sealed = sent.sealed
    record.save(force_insert=True)
    audit.record("registry.field_record_came", record, by=record.worker, state=record.state, why=record.why)
    return record, True


def _open_and_keep(record: FieldRecord, sent: Sent, skew: int) -> None:
    """Make it a visit. Raises Refused; what was read until then stands in the record."""
    body = _opened(record, sent)
    record.body_encrypted = encrypt(json.dumps(body, ensure_ascii=False))
    told = reading.read(body, client_id=sent.client_id, skew=skew)
    person = still_there(told.entry.recipient)
    record.recipient = person
    record.told_at, record.started_at, record.mended_seconds = told.told_at, told.entry.started_at, told.mended
    record.confirmation = told.confirmation
    post = _writer(record, told.written_at)
    record.visit = kept(told.entry, person, post=post)
    record.state = FieldState.KEPT


def _opened(record: FieldRecord, sent: Sent) -> dict[str, Any]:
    """The body; the record becomes its writer's, who may have had another tablet than the one that delivers."""
    try:
        plain = keys.open_sealed(sent.sealed, key_id=sent.key_id, client_id=str(sent.client_id))
        own = _writing_tablet(plain)
        body = reading.body_of(plain, tablets.pen_of(own)) if own else {}
    except NotOpened:
        raise Refused("cannot_be_opened") from None
    except (reading.NotByTheWorker, ValueError):
        raise Refused("not_by_the_worker") from None
    if own is None:
        raise Refused("not_by_the_worker")
    record.tablet, record.worker, record.department = own, own.worker, own.department
    return body


def _writing_tablet(plain: bytes) -> Tablet | None:
    """The tablet that the record names; whether it is true, its mark says."""
    try:
        named = json.loads(json.loads(plain)["body"])["tablet"]
    except (ValueError, KeyError, TypeError):
        return None
    return Tablet.objects.select_related("worker").filter(public_id=str(named)[:22]).first()


def _writer(record: FieldRecord, written_at: dt.datetime) -> Post:
    """The post of whoever wrote it. Raises Refused when there is none any more, or the tablet was given up."""
    if tablets.is_after_wipe(record.tablet, written_at):
        raise Refused("written_after_the_wipe")
    post = post_of(record.worker)
    if post is None or not may(post, May.VISIT):
        raise Refused("worker_has_left", name=str(record.worker))
    return post


def still_there(recipient: int) -> Recipient | None:
    """The person, also where their record was merged into another meanwhile."""
    person = Recipient.objects.filter(pk=recipient).select_related("merged_into").first()
    while person is not None and person.merged_into is not None:
        person = person.merged_into
    return person


def kept(entry: Entry, person: Recipient | None, *, post: Post) -> Any:
    """The visit, written down as from any other page. Raises Refused."""
    if person is None:
        raise Refused("person_is_not_here", field="recipient")
    if person.pk != entry.recipient:
        entry = replace(entry, recipient=person.pk)
    return visits.record(entry, worker=post.user, by=post).visit


def _digest(sent: Sent) -> str:
    return hashlib.sha256(sent.sealed.encode()).hexdigest()


def _plain(fact: Any) -> Any:
    return fact.isoformat() if isinstance(fact, dt.date) else str(fact)


def _fact(fact: Any) -> Any:
    try:
        return dt.date.fromisoformat(fact)
    except (TypeError, ValueError):
        return fact
