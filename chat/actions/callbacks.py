"""Asking to be phoned: one form, one record, one receipt – like a written question, with a window for the call."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from charter.models import Service
from chat import access, hours, transcript
from chat.actions import tasks
from chat.actions.messages import fit
from chat.actions.starting import AGAIN, TRIES, FormIsOld, Started, is_urgent, office_for, secret_of
from chat.actions.tasks import Ring
from chat.models import Author, Channel, Consultation, EventKind, Grant, State
from kb.models import Topic
from portal.core import audit, clock, receipts
from portal.core.crypto import keyed


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form says. `text` may be empty: people who phone often do not like to write."""

    key: UUID
    ring: Ring
    language: str
    text: str = ""
    name: str = ""
    topic: Topic | None = None
    service: Service | None = None


def ask(wish: Wish) -> Started:
    """Promise a call, or find the one this form has asked for. Raises Unfit, FormIsOld."""
    text = fit(wish.text) if wish.text.strip() else ""
    form_digest = keyed("form", wish.key.hex)
    token = keyed("grant of a form", wish.key.hex)
    for _try in range(TRIES):
        begun = access.by_form(form_digest)
        if begun is not None:
            if begun.started_at < clock.now() - AGAIN:
                raise FormIsOld
            return Started(begun, token, is_new=False)
        try:
            return Started(_begin(wish, text=text, form_digest=form_digest, token=token), token, is_new=True)
        except IntegrityError:  # the same form in parallel, or a reference that exists: look again
            continue
    raise RuntimeError("no free reference was found")


@transaction.atomic
def _begin(wish: Wish, *, text: str, form_digest: str, token: str) -> Consultation:
    now = clock.now()
    consultation = Consultation(
        reference=receipts.issue("K").reference,
        secret_digest=receipts.digest(secret_of(token)),
        form_digest=form_digest,
        channel=Channel.PHONE,
        language=wish.language,
        name=wish.name.strip()[:60],
        topic=wish.topic,
        service=wish.service,
        institution=office_for(None, wish.service, language=wish.language),
        is_urgent=bool(text) and is_urgent(text),
        state=State.PROMISED,
        started_at=now,
        started_in_hours=hours.opening_now(now=now).is_open,
        changed_at=now,
    )
    consultation.save(force_insert=True)
    Grant(consultation=consultation, token_digest=access.token_digest(token), given_at=now).save(force_insert=True)
    if text:
        body = transcript.Body(text=text, language=wish.language)
        transcript.append(consultation, kind=EventKind.MESSAGE, author=Author.RESIDENT, body=body)
    audit.record("consultation.started", consultation, by=audit.RESIDENT, channel=Channel.PHONE)
    return tasks.promise_call(consultation, wish.ring, by=audit.RESIDENT).consultation
