"""How a resident's consultation begins: one form, one record, one receipt – however often it is sent.

What the resident holds is derived, not stored: the browser's token from the form's key, the receipt's secret from
that token, both under the server's key. So the same form sent fifty times gives fifty times the same receipt, and
the browser that began the conversation can show its receipt again; the table knows only digests.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from charter.models import Institution, Service
from chat import access, events, hours, presence, queue, transcript
from chat.actions import alerts, messages, tasks
from chat.actions.errors import Ended
from chat.actions.messages import fit
from chat.models import AlertKind, Author, Channel, Consultation, EventKind, Grant, Presence, TaskReason
from kb.models import Article, SearchEvent, Topic
from kb.search.analysis import words
from kb.search.synonyms import word_lists
from portal.core import audit, clock, receipts
from portal.core.crypto import keyed

AGAIN = dt.timedelta(minutes=10)  # so long a repeated form is answered with the same receipt
TRIES = 5


class FormIsOld(Exception):
    """This form began a consultation that is over or long ago; only its receipt opens it now."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the form says. `key` was made with the form and is known to that browser only."""

    key: UUID
    text: str
    language: str
    name: str = ""
    topic: Topic | None = None
    service: Service | None = None
    article: Article | None = None
    institution: Institution | None = None
    search: SearchEvent | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The consultation, and the token for the browser's cookie."""

    consultation: Consultation
    token: str
    is_new: bool


def start(question: Question) -> Started:
    """Begin a consultation, or find the one this form has begun; other words on the same form are added to it.

    Raises Unfit, FormIsOld.
    """
    text = fit(question.text)
    form_digest = keyed("form", question.key.hex)
    token = keyed("grant of a form", question.key.hex)
    for _try in range(TRIES):
        begun = access.by_form(form_digest)
        if begun is not None:
            if begun.started_at < clock.now() - AGAIN:
                raise FormIsOld
            _add(begun, question, text)
            return Started(begun, token, is_new=False)
        try:
            return Started(_begin(question, text=text, form_digest=form_digest, token=token), token, is_new=True)
        except IntegrityError:  # the same form in parallel, or a reference that exists: look again
            continue
    raise RuntimeError("no free reference was found")


def _add(begun: Consultation, question: Question, text: str) -> None:
    """Whoever goes back and changes the words means to say them."""
    if access.public_events(begun).filter(author=Author.RESIDENT, text=text).exists():
        return
    client_id = uuid5(question.key, text)
    try:
        messages.send(begun, text=text, language=question.language, client_id=client_id, by=audit.RESIDENT)
    except Ended:
        raise FormIsOld from None


@transaction.atomic
def _begin(question: Question, *, text: str, form_digest: str, token: str) -> Consultation:
    now = clock.now()
    consultation = Consultation(
        reference=receipts.issue("K").reference,
        secret_digest=receipts.digest(secret_of(token)),
        form_digest=form_digest,
        channel=Channel.CHAT,
        language=question.language,
        name=question.name.strip()[:60],
        topic=question.topic,
        service=question.service,
        article=question.article,
        institution=office_for(question.institution, question.service, language=question.language),
        from_search=question.search,
        is_urgent=is_urgent(text),
        started_at=now,
        started_in_hours=hours.opening_now(now=now).is_open,
        changed_at=now,
    )
    consultation.save(force_insert=True)
    Grant(consultation=consultation, token_digest=access.token_digest(token), given_at=now).save(force_insert=True)
    body = transcript.Body(text=text, language=question.language)
    transcript.append(consultation, kind=EventKind.MESSAGE, author=Author.RESIDENT, body=body)
    if question.search is not None:
        question.search.led_to_consultation = True
        question.search.save(update_fields=["led_to_consultation"])
    if consultation.is_urgent:
        alerts.raise_alert(AlertKind.CRISIS, subject=consultation.public_id, consultation=consultation)
    if (reason := why_not_now(consultation, is_in_hours=consultation.started_in_hours)) is not None:
        tasks.promise_at_once(consultation, reason=reason)
    audit.record("consultation.started", consultation, by=audit.RESIDENT, channel=Channel.CHAT)
    events.publish_on_commit(consultation, is_queue_changed=True)
    return consultation


def why_not_now(consultation: Consultation, *, is_in_hours: bool) -> TaskReason | None:
    """Why nobody can answer at once; None while somebody can."""
    if not is_in_hours:
        return TaskReason.OUT_OF_HOURS
    language, office = consultation.language, consultation.institution_id
    if not presence.count_available(language, institution=office):
        return TaskReason.ABSENT
    return TaskReason.FULL if access.queue_of(language, institution=office).count() > queue.LONG else None


def receipt_for(consultation: Consultation, *, token: str) -> receipts.Receipt | None:
    """The receipt, for the browser that began the conversation; None for one that came back by it."""
    secret = secret_of(token)
    if not receipts.fits(secret, consultation.secret_digest):
        return None
    return receipts.Receipt(reference=consultation.reference, secret=secret)


def secret_of(token: str) -> str:
    """The receipt's secret belonging to a browser's token: 80 bits under the server's key."""
    digest = bytes.fromhex(keyed("secret of a grant", token))
    return "".join(receipts.ALPHABET[byte % len(receipts.ALPHABET)] for byte in digest[:16])


def is_urgent(text: str) -> bool:
    """Whether a word of danger stands in the text, in any language (the editors' list)."""
    return word_lists().is_crisis(words(text))


def office_for(institution: Institution | None, service: Service | None, *, language: str) -> Institution | None:
    """Whose desk answers: the institution that was asked or provides the service, if somebody there speaks so.

    None is the common queue, which every consultant sees.
    """
    asked = institution or (service.provider if service else None)
    if asked is None:
        return None
    spoken = Presence.objects.filter(
        user__is_active=True,
        user__memberships__institution=asked,
        user__memberships__role__in=access.ROLES,
    ).values_list("languages", flat=True)
    return asked if any(language in languages for languages in spoken) else None
